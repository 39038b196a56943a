/**
 * Our signatures by `@signpdf`, and signers of its interface on our seals.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import { SignPdf } from "@signpdf/signpdf";
import { Signer as SignpdfSigner } from "@signpdf/utils";
import { CadesSigner, sealBySignpdf } from "../../lib/adapters/cades_signer.ts";
import { p12Signer } from "../../lib/adapters/p12_signer.ts";
import { verifyPdf } from "../../lib/pades/verify.ts";
import { fromPem } from "../../lib/pades/x509_pem.ts";
import { joinBytes, memorySource } from "../../lib/pdf/byte_source.ts";
import { withDevSealing } from "../support/dev_sealing.ts";
import { GOOD_TIME, vector } from "../support/pki_vectors.ts";
import { plainPdf } from "../support/plain_pdf.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** A PDF with a placeholder as `@signpdf`'s helpers put it: an update with a field, and a /Contents of zeros. */
function withPlaceholder(signatureLength: number): Bytes {
  const base = plainPdf({ content: "BT /F1 24 Tf 72 720 Td (Contract) Tj ET" });
  const star = "*".repeat(10);
  const objects: readonly (readonly [number, string])[] = [
    [1, "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [7 0 R] /SigFlags 3 >> >>"],
    [
      6,
      "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached " +
      `/ByteRange [0 /${star} /${star} /${star}] /Contents <${"00".repeat(signatureLength)}> ` +
      "/Reason (Agreed) /M (D:20261201000000Z) >>",
    ],
    [7, "<< /Type /Annot /Subtype /Widget /FT /Sig /Rect [0 0 0 0] /F 132 /T (Signature1) /V 6 0 R >>"],
  ];
  let text = "\n";
  const rows = objects.map(([number, body]) => {
    const offset = base.length + text.length;
    text += `${number} 0 obj\n${body}\nendobj\n`;
    return `${number} 1\n${String(offset).padStart(10, "0")} 00000 n \n`;
  });
  const [, previous] = /startxref\s+(\d+)/.exec(new TextDecoder("latin1").decode(base)) ?? [];
  const xref = base.length + text.length;
  text += `xref\n${
    rows.join("")
  }trailer\n<< /Size 8 /Root 1 0 R /Prev ${previous} >>\nstartxref\n${xref}\n%%EOF`;
  return joinBytes([base, new TextEncoder().encode(text)]);
}

const judge = (file: Uint8Array, trustRoots: readonly Bytes[], at: string) =>
  verifyPdf(memorySource(Uint8Array.from(file)), { trustRoots, at });

Deno.test("SignPdf signs by our CadesSigner, and the result is PAdES", () =>
  withDevSealing("ES256", async ({ signer, authority, root, clock }) => {
    for (const timestamp of [null, authority]) {
      const cades = new CadesSigner(signer, timestamp);
      const pdf = withPlaceholder(cades.signatureLength);
      const signed = await new SignPdf().sign(pdf, cades, new Date(clock.now()));
      const report = await judge(signed, [root.certificate], clock.now());
      equal(report.verdict, "valid", JSON.stringify(report.revisions));
      deepEqual(report.revisions.map(({ level }) => level), [timestamp ? "T" : "B"]);
    }
  }));

Deno.test("so it does with every kind of key in a P12 file", async () => {
  const read = (name: string) => Deno.readFileSync(new URL(`../fixtures/p12/${name}`, import.meta.url));
  const [root] = fromPem("CERTIFICATE", new TextDecoder().decode(read("root.pem")));
  for (
    const [file, algorithm] of [["openssl1", null], ["openssl3", "PS256"], ["openssl3-ec", null]] as const
  ) {
    const cades = new CadesSigner(await p12Signer(read(`${file}.p12`), "test", algorithm));
    const signed = await new SignPdf().sign(withPlaceholder(cades.signatureLength), cades);
    const report = await judge(signed, [root!], GOOD_TIME);
    deepEqual([report.verdict, report.revisions[0]?.level], ["valid", "B"], file);
  }
});

Deno.test("a placeholder that is too small is told by SignPdf", () =>
  withDevSealing("ES256", async ({ signer }) => {
    const cades = new CadesSigner(signer);
    await rejects(new SignPdf().sign(withPlaceholder(100), cades), { message: /exceeds placeholder length/ });
  }));

Deno.test("a signer of that interface seals where ours would", () =>
  withDevSealing("ES256", async ({ signer, root, clock }) => {
    const base = plainPdf({});
    const at = clock.now();
    const request = { field: "Sender", reason: "送信", at, signerName: "Bot", reserveBytes: 4000 };
    const asked: (Date | undefined)[] = [];
    class Theirs extends SignpdfSigner {
      override async sign(pdf: Buffer, time?: Date): Promise<Buffer> {
        asked.push(time);
        return await new CadesSigner(signer).sign(pdf);
      }
    }
    const tail = await sealBySignpdf(memorySource(base), request, new Theirs());
    const report = await judge(joinBytes([base, tail.bytes]), [root.certificate], at);
    deepEqual([report.verdict, report.revisions[0]?.level], ["valid", "B"]);
    deepEqual(asked, [new Date(at)]);
    const tight = { ...request, reserveBytes: 100 };
    await rejects(sealBySignpdf(memorySource(base), tight, new Theirs()), { code: "too_large" });
  }));

Deno.test("a signer of that interface whose CMS is none of CAdES gives a signature, but no PAdES", async () => {
  const base = plainPdf({});
  const request = { field: "Sender", reason: "送信", at: GOOD_TIME, signerName: "Bot", reserveBytes: 4000 };
  class Bare extends SignpdfSigner {
    override sign(): Promise<Buffer> {
      return Promise.resolve(Buffer.from(vector("keyid.cms"))); // names no certificate, and is of other content
    }
  }
  const tail = await sealBySignpdf(memorySource(base), request, new Bare());
  const report = await judge(joinBytes([base, tail.bytes]), [], GOOD_TIME);
  deepEqual([report.verdict, report.revisions[0]?.level], ["tampered", null]);
});
