import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import { openDevPki } from "../../lib/adapters/dev_pki.ts";
import { systemChance } from "../../lib/adapters/system_chance.ts";
import { isTimestampAuthority } from "../../lib/pades/timestamp_token.ts";
import { readCertificate } from "../../lib/pades/x509.ts";
import { chainTo } from "../../lib/pades/x509_chain.ts";
import { signerConformance } from "../conformance/signer.ts";
import { withDevSealing } from "../support/dev_sealing.ts";

signerConformance("development signer", (test) => withDevSealing("ES256", ({ signer }) => test(signer)));

async function withDirectory(test: (directory: string) => Promise<void>): Promise<void> {
  const directory = await Deno.makeTempDir();
  try {
    await test(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

const names = (directory: string) => Array.from(Deno.readDirSync(directory), ({ name }) => name).toSorted();

Deno.test("the development authority is made once and opened again", () =>
  withDirectory(async (directory) => {
    const made = await openDevPki(`${directory}/data/pki`, systemChance);
    const opened = await openDevPki(`${directory}/data/pki`, systemChance);
    deepEqual(opened.signer.certificate, made.signer.certificate);
    deepEqual(opened.tsa.chain, [made.root.certificate]);
    deepEqual(names(`${directory}/data`), ["pki"]);
  }));

Deno.test("roots alone are named .pem, and keys are for their owner only", () =>
  withDirectory(async (directory) => {
    await openDevPki(`${directory}/pki`, systemChance);
    const files = names(`${directory}/pki`);
    deepEqual(files.filter((name) => name.endsWith(".pem")), ["root.pem"]);
    for (const name of files.filter((each) => each.endsWith(".key"))) {
      equal(Deno.statSync(`${directory}/pki/${name}`).mode! & 0o777, 0o600);
    }
  }));

Deno.test("of several that make it at once, one wins and all have the same", () =>
  withDirectory(async (directory) => {
    const all = await Promise.all(
      Array.from({ length: 4 }, () => openDevPki(`${directory}/pki`, systemChance)),
    );
    equal(new Set(all.map((each) => each.root.certificate.toHex())).size, 1);
    deepEqual(names(directory), ["pki"]);
  }));

Deno.test("its certificates say plainly that they are for development, and hold for clocks that move", () =>
  withDevSealing("ES256", ({ root, signer, tsa }) => {
    for (const der of [root, signer, tsa].map((each) => each.certificate)) {
      const certificate = readCertificate(der);
      ok(certificate.subject.commonName?.startsWith("開発用"));
      ok(new TextDecoder().decode(der).includes("DEVELOPMENT ONLY"));
      for (const at of ["2020-01-01T00:00:00.000Z", "2049-12-31T00:00:00.000Z"]) {
        ok(chainTo([readCertificate(root.certificate)], certificate, [], at));
      }
    }
    ok(isTimestampAuthority(readCertificate(tsa.certificate)));
    return Promise.resolve();
  }));

Deno.test("an RSA authority is told from an elliptic one when it is opened again", () =>
  withDirectory(async (directory) => {
    await openDevPki(`${directory}/pki`, systemChance, "RS256");
    equal((await openDevPki(`${directory}/pki`, systemChance)).signer.algorithm, "RS256");
  }));

Deno.test("damaged or missing key files are a fault that nothing mends by itself", () =>
  withDirectory(async (directory) => {
    await openDevPki(`${directory}/pki`, systemChance);
    const fault = { name: "PortError", code: "misconfigured", retryable: false };
    await Deno.writeTextFile(`${directory}/pki/tsa.key`, "");
    await rejects(openDevPki(`${directory}/pki`, systemChance), fault);
    await Deno.remove(`${directory}/pki/tsa.key`);
    await rejects(openDevPki(`${directory}/pki`, systemChance), fault);
  }));
