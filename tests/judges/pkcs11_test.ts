/**
 * Keys on a real PKCS#11 token: SoftHSM's, by OpenSC's tool. Needs Debian's `softhsm2`, `opensc` and `openssl`.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { type OpenedSigner, openSigner } from "../../lib/adapters/open_signer.ts";
import { openP12 } from "../../lib/adapters/p12_file.ts";
import { systemChance } from "../../lib/adapters/system_chance.ts";
import { algorithmIdentifier, isSignedBy } from "../../lib/pades/cms_algorithm.ts";
import { toPem } from "../../lib/pades/x509_pem.ts";
import type { Signer } from "../../lib/signing_ports.ts";
import { signerConformance } from "../conformance/signer.ts";
import { fakeClock } from "../support/fake_clock.ts";
import { certificate, GOOD_TIME, vector } from "../support/pki_vectors.ts";
import { sealAndVerify } from "../support/seal_and_verify.ts";

const MODULE = "/usr/lib/softhsm/libsofthsm2.so";
const PIN = "43218765";
const KEYS = ["rsa3072", "ec256", "ec384"] as const;
const data = new TextEncoder().encode("to be signed");

async function run(command: string, ...args: readonly string[]): Promise<void> {
  const { code, stderr } = await new Deno.Command(command, { args: [...args], stdout: "null" }).output();
  if (code !== 0) {
    throw new Error(`Cannot prepare the token: ${command}: ${new TextDecoder().decode(stderr)}`);
  }
}

/** A token with the keys and certificates of `tests/fixtures/pki`, made once for all tests of this file. */
async function makeToken(): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "warifu-softhsm-" });
  globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
  await Deno.mkdir(`${folder}/tokens`);
  const configuration = `${folder}/softhsm2.conf`;
  await Deno.writeTextFile(
    configuration,
    `directories.tokendir = ${folder}/tokens\nobjectstore.backend = file\n`,
  );
  Deno.env.set("SOFTHSM2_CONF", configuration);
  await run(
    "softhsm2-util",
    "--init-token",
    "--free",
    "--label",
    "割符",
    "--so-pin",
    "12345678",
    "--pin",
    PIN,
  );
  for (const [i, name] of KEYS.entries()) {
    const id = `0${i + 1}`;
    await Deno.writeTextFile(
      `${folder}/key.pem`,
      toPem("PRIVATE KEY", openP12(vector(`${name}.p12`), "test").pkcs8),
    );
    await Deno.writeFile(`${folder}/cert.der`, certificate(name).der);
    const key = [
      "--import",
      `${folder}/key.pem`,
      "--token",
      "割符",
      "--label",
      name,
      "--id",
      id,
      "--pin",
      PIN,
    ];
    await run("softhsm2-util", ...key);
    const place = ["--module", MODULE, "--token-label", "割符", "--login", "--pin", PIN];
    const object = ["--write-object", `${folder}/cert.der`, "--type", "cert", "--label", name, "--id", id];
    await run("pkcs11-tool", ...place, ...object);
  }
  return folder;
}

let token: Promise<string> | null = null;

async function open(
  object: string,
  { pin = PIN, more = "", label = "割符", module = MODULE } = {},
): Promise<OpenedSigner> {
  await (token ??= makeToken());
  const url = `pkcs11:token=${encodeURIComponent(label)};object=${object};type=private` +
    `?module-path=${module}&env=SOFTHSM2_CONF${more}`;
  const clock = fakeClock(GOOD_TIME);
  const certificates = [certificate("int").der, certificate("root").der];
  const tools = { clock, trueClock: clock, chance: systemChance, fetch };
  return await openSigner({ url, passphrase: pin, certificates, dataDir: "" }, tools);
}

const signerOf = async (...of: Parameters<typeof open>): Promise<Signer> => (await open(...of)).signer;

for (const name of KEYS) {
  signerConformance(`SoftHSM ${name}`, async (test) => await test(await signerOf(name)));
}

Deno.test("SoftHSM: an RSA key signs by PSS where that is wanted", async () => {
  const signer = await signerOf("rsa3072", { more: "&algorithm=PS256" });
  equal(signer.algorithm, "PS256");
  const { publicKey } = certificate("rsa3072");
  ok(isSignedBy(publicKey, algorithmIdentifier("PS256"), data, await signer.sign(data)));
});

Deno.test("SoftHSM: key and certificate are found by label; the chain is the operator's", async () => {
  const { signer, trustRoots } = await open("ec256");
  deepEqual(signer.certificate, certificate("ec256").der);
  deepEqual(signer.chain, [certificate("int").der, certificate("root").der]);
  deepEqual(trustRoots, [certificate("root").der]);
});

Deno.test("SoftHSM: a whole PDF is sealed through it, and our verifier finds nothing amiss", async () => {
  for (const name of KEYS) {
    const { report } = await sealAndVerify(await signerOf(name), GOOD_TIME);
    equal(report.verdict, "valid", name);
    deepEqual(report.revisions.map(({ level }) => level), ["B", "T"], name);
  }
});

Deno.test("SoftHSM: a wrong PIN, key, token or module stops the start in plain words", async () => {
  await rejects(open("ec256", { pin: "00000000" }), {
    code: "misconfigured",
    retryable: false,
    message: /the PIN was refused \(CKR_PIN_INCORRECT\)/,
  });
  await rejects(open("sealing"), { code: "misconfigured", message: /it has no such private key/ });
  ok(await open("ec256"));
  const unavailable = { code: "unavailable", retryable: true };
  await rejects(open("ec256", { label: "印" }), { ...unavailable, message: /no such token is there/ });
  await rejects(open("ec256", { module: "/lib/none.so" }), {
    ...unavailable,
    message: /its module cannot be loaded/,
  });
});

Deno.test("the service may run the tool, and nothing else, when it is allowed to besides", async () => {
  const folder = await (token ??= makeToken());
  const script = `${folder}/start.ts`;
  const signer = new URL("../../lib/adapters/open_signer.ts", import.meta.url).href;
  await Deno.writeTextFile(
    script,
    `import { openSigner } from ${JSON.stringify(signer)};
const clock = { now: () => ${JSON.stringify(GOOD_TIME)} };
const url = "pkcs11:token=%E5%89%B2%E7%AC%A6;object=ec256?module-path=${MODULE}&env=SOFTHSM2_CONF";
const settings = { url, passphrase: ${JSON.stringify(PIN)}, dataDir: "" };
const tools = { clock, trueClock: clock, chance: { bytes: (n) => new Uint8Array(n) }, fetch };
console.log(await openSigner(settings, tools).then(() => "opened", (error) => error.message));`,
  );
  const started = async (...allowed: readonly string[]) => {
    const config = fileURLToPath(new URL("../../deno.json", import.meta.url));
    const args = ["run", "--config", config, "-P=service", ...allowed, script];
    const { stdout } = await new Deno.Command(Deno.execPath(), { args }).output();
    return new TextDecoder().decode(stdout).trim();
  };
  equal(
    await started(),
    "Cannot use the token: pkcs11-tool may not be run; start with --allow-run=pkcs11-tool besides",
  );
  equal(await started("--allow-run=pkcs11-tool"), "opened");
});
