import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { verifyPdf } from "../../lib/pades/verify.ts";
import { memorySource } from "../../lib/pdf/byte_source.ts";
import { checkUpload } from "../../lib/pdf/check_upload.ts";
import { producerPdf, producerPdfs } from "../support/producer_pdfs.ts";
import { AFTER, devRoots, sealedFile } from "../support/sealed_pdf.ts";

const LIMITS = { maxPdfBytes: 50_000_000, maxPages: 2000 };

Deno.test("every file of the table is there, and small", () => {
  const folder = new URL("../fixtures/pdf/producers/", import.meta.url);
  const there = Array.from(Deno.readDirSync(folder), ({ name }) => name).filter((name) =>
    /\.pdf$/.test(name)
  );
  deepEqual(there.toSorted(), producerPdfs().map(({ file }) => file).toSorted());
  ok(there.every((file) => producerPdf(file).length <= 60_000));
});

for (const { file, producer, pages, warnings } of producerPdfs()) {
  Deno.test(`${producer}: taken as it is, sealed, and found valid`, async () => {
    const bytes = producerPdf(file);
    const check = await checkUpload(memorySource(bytes), LIMITS);
    deepEqual(check.ok && { ...check, fonts: check.fonts.length > 0 }, {
      ok: true,
      pages,
      warnings,
      fonts: warnings.includes("fonts_not_embedded"),
      normalised: null,
    });
    const sealed = await sealedFile(bytes);
    await sealed.sign("Sender");
    await sealed.sign("Conclusion", { timestamp: true, lockFields: ["Sender"] });
    await sealed.addData();
    await sealed.stamp();
    deepEqual(sealed.bytes.subarray(0, bytes.length), bytes);
    const report = await verifyPdf(memorySource(sealed.bytes), { trustRoots: await devRoots(), at: AFTER });
    equal(report.verdict, "valid");
    deepEqual(report.revisions.map(({ faults }) => faults), [[], [], []]);
  });
}
