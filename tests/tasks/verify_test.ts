import { deepStrictEqual as deepEqual, match, strictEqual as equal } from "node:assert/strict";
import { instantOf, plusMs } from "../../lib/domain/instant.ts";
import { readCertificate } from "../../lib/pades/x509.ts";
import { toPem } from "../../lib/pades/x509_pem.ts";
import { readOrder, runVerify } from "../../lib/tasks/verify.ts";
import { plainPdf } from "../support/plain_pdf.ts";
import { devTrust } from "../support/dev_trust.ts";
import { crlBy } from "../support/revocation_maker.ts";
import { AFTER, devRoots, executedFile, SEALED_AT, sealedFile } from "../support/sealed_pdf.ts";

/** A folder with a valid, a changed, an unsigned and an unreadable file, and the root. */
async function inFolder(test: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    const { bytes } = await executedFile(plainPdf({}));
    await Deno.writeFile(`${folder}/valid.pdf`, bytes);
    await Deno.writeFile(`${folder}/changed.pdf`, bytes.with(20, bytes[20]! ^ 1));
    await Deno.writeFile(`${folder}/unsigned.pdf`, plainPdf({}));
    await Deno.writeTextFile(`${folder}/text.pdf`, "no PDF");
    await Deno.mkdir(`${folder}/pki`);
    await Deno.writeTextFile(`${folder}/pki/root.pem`, toPem("CERTIFICATE", (await devRoots())[0]!));
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function run(folder: string, ...args: string[]) {
  const printed: string[] = [], complaints: string[] = [];
  const code = await runVerify(args.map((arg) => arg.replace("@", folder)), {
    print: (line) => void printed.push(line),
    complain: (line) => void complaints.push(line),
    defaultTrust: [`${folder}/absent`, `${folder}/pki`],
    nowMs: Date.parse(AFTER),
  });
  return { code, printed, complaints };
}

Deno.test("verify ends with 0 when all files are valid, 1 when one is not, 2 when one can't be read", () =>
  inFolder(async (folder) => {
    equal((await run(folder, "@/valid.pdf")).code, 0);
    equal((await run(folder, "@/valid.pdf", "@/changed.pdf")).code, 1);
    equal((await run(folder, "@/unsigned.pdf", "@/valid.pdf")).code, 1);
    equal((await run(folder, "@/changed.pdf", "@/text.pdf")).code, 2);
    equal((await run(folder, "@/nowhere.pdf")).code, 2);
    equal((await run(folder, "@")).code, 2);
  }));

Deno.test("verify reports in words, or as JSON, one object a line", () =>
  inFolder(async (folder) => {
    const { printed } = await run(folder, "@/valid.pdf", "@/unsigned.pdf");
    match(printed[0]!, /検証結果: 有効です/);
    match(printed[1]!, /検証結果: 電子署名がありません/);
    const json = await run(folder, "--json", "@/valid.pdf");
    const report = JSON.parse(json.printed.join("\n"));
    equal(report.verdict, "valid");
    equal(report.revisions.length, 6);
    equal(report.file, `${folder}/valid.pdf`);
  }));

Deno.test("verify counts lists of revoked certificates that are given, PEM or DER", () =>
  inFolder(async (folder) => {
    const { root, signer } = await devTrust();
    const { serial } = readCertificate(signer.certificate);
    const list = await crlBy(root, { thisUpdate: plusMs(SEALED_AT, -60_000) }, { revoked: [serial] });
    await Deno.writeFile(`${folder}/list.crl`, list);
    await Deno.writeTextFile(`${folder}/list.pem`, toPem("X509 CRL", list));
    for (const name of ["--crl=@/list.crl", "--crl=@/list.pem"]) {
      const { code, printed } = await run(folder, name, "@/valid.pdf");
      equal(code, 1);
      match(printed[0]!, /失効しています/);
    }
    equal((await run(folder, "--crl", "@/absent.crl", "@/valid.pdf")).code, 2);
  }));

Deno.test("verify trusts the roots that are given, a file or a folder, and no others then", () =>
  inFolder(async (folder) => {
    equal((await run(folder, "--trust", "@/pki/root.pem", "@/valid.pdf")).code, 0);
    equal((await run(folder, "--trust=@/pki", "@/valid.pdf")).code, 0);
    await Deno.writeTextFile(`${folder}/none.pem`, "");
    equal((await run(folder, "--trust", "@/none.pem", "@/valid.pdf")).code, 1);
    const { code, complaints } = await run(folder, "--trust", "@/absent.pem", "@/valid.pdf");
    equal(code, 2);
    match(complaints[0]!, /^読み取れません/);
  }));

Deno.test("verify ends with 1 when a signature is below the level that is asked for", () =>
  inFolder(async (folder) => {
    const timed = await sealedFile(plainPdf({}));
    await timed.sign("Sender", { timestamp: true });
    await Deno.writeFile(`${folder}/timed.pdf`, timed.bytes);
    const mixed = await sealedFile(timed.bytes);
    await mixed.sign("Confirmer1");
    await Deno.writeFile(`${folder}/mixed.pdf`, mixed.bytes);
    for (const level of ["B", "T", "LT", "LTA"]) {
      equal((await run(folder, "--require-level", level, "@/valid.pdf")).code, 0, level);
    }
    equal((await run(folder, "@/mixed.pdf", "@/timed.pdf")).code, 0);
    equal((await run(folder, "--require-level=B", "@/mixed.pdf")).code, 0);
    equal((await run(folder, "--require-level=T", "@/timed.pdf")).code, 0);
    for (const [level, name] of [["LT", "timed"], ["LTA", "timed"], ["T", "mixed"], ["B", "unsigned"]]) {
      equal((await run(folder, `--require-level=${level}`, `@/${name}.pdf`)).code, 1, `${level} ${name}`);
    }
    const { code, complaints } = await run(folder, "@/valid.pdf", "@/timed.pdf", "--require-level", "LT");
    equal(code, 1);
    deepEqual(complaints, [`${folder}/timed.pdf: 水準LTに達していない電子署名があります`]);
    equal((await run(folder, "--require-level=B", "@/text.pdf")).code, 2);
  }));

Deno.test("verify explains itself when the arguments make no sense", async () => {
  equal(readOrder([]), null);
  equal(readOrder(["--trust"]), null);
  equal(readOrder(["a.pdf", "--require-level"]), null);
  equal(readOrder(["a.pdf", "--require-level", "XL"]), null);
  equal(readOrder(["a.pdf", "--require-level=B", "--require-level=T"]), null);
  equal(readOrder(["a.pdf", "--unknown"]), null);
  deepEqual(readOrder(["a.pdf", "--json"]), {
    files: ["a.pdf"],
    json: true,
    trust: [],
    lists: [],
    level: null,
  });
  const { code, complaints } = await run("");
  equal(code, 2);
  match(complaints[0]!, /^使い方/);
  equal(instantOf(Date.parse(AFTER)), AFTER);
});
