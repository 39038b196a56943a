import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { heedSignatures } from "../../lib/flows/signed_before.ts";
import { appendSignature, appendUpdate } from "../../lib/pades/append_signature.ts";
import { joinBytes, memorySource } from "../../lib/pdf/byte_source.ts";
import { checkUpload } from "../../lib/pdf/check_upload.ts";
import { firstPage } from "../../lib/pdf/page_tree.ts";
import { openPdf } from "../../lib/pdf/pdf_file.ts";
import { textString } from "../../lib/pdf/text_string.ts";
import { dictOf, nameOf, refTo } from "../../lib/pdf/values.ts";
import { echo } from "../support/growing_pdf.ts";
import { handmadePdf } from "../support/handmade_pdf.ts";
import { paperWorld } from "../support/paper_world.ts";
import { pdfFixture } from "../support/pdf_fixtures.ts";

async function outcome(bytes: Uint8Array<ArrayBuffer>) {
  const { world } = paperWorld();
  const check = await checkUpload(memorySource(bytes), { maxPdfBytes: 50_000_000, maxPages: 100 });
  const heeded = await heedSignatures(world, memorySource(bytes), check);
  return heeded.ok ? heeded.warnings : heeded.fault;
}

/** A page turned in one more update. */
async function turned(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const tail = await appendUpdate(memorySource(bytes), (pdf, update) => {
    update.edit(firstPage(pdf).ref).set("Rotate", 90);
  });
  return joinBytes([bytes, tail.bytes]);
}

Deno.test("whole signatures of others are told, whoever made them; unsigned files are left as they are", async () => {
  deepEqual(await outcome(pdfFixture("signed-pyhanko.pdf")), ["already_signed"]);
  deepEqual(await outcome(pdfFixture("certified-p2.pdf")), ["already_signed"]);
  deepEqual(await outcome(pdfFixture("pdf-lib.pdf")), []);
});

Deno.test("a broken signature is told", async () => {
  const bytes = pdfFixture("signed-crlf.pdf");
  const at = new TextDecoder("latin1").decode(bytes).indexOf("/MediaBox");
  bytes[at + 1] = "m".charCodeAt(0);
  deepEqual(await outcome(bytes), ["already_signed", "signature_broken"]);
});

Deno.test("a page that was changed after it was signed is told", async () => {
  deepEqual(await outcome(await turned(pdfFixture("certified-p2.pdf"))), [
    "already_signed",
    "signature_broken",
  ]);
});

Deno.test("a change that a signature forbids is refused now, not when the contract is to be sealed", async () => {
  const form = handmadePdf({
    catalog: "/AcroForm<</Fields[4 0 R]>>",
    objects: { 4: "<</FT/Tx/T(memo)/V(before)>>" },
  });
  const lock = dictOf({ Action: nameOf("Include"), Fields: [textString("memo")] });
  const entries = dictOf({
    Type: nameOf("Sig"),
    Filter: nameOf("Adobe.PPKLite"),
    SubFilter: nameOf("ETSI.CAdES.detached"),
    Reference: [dictOf({ TransformMethod: nameOf("FieldMDP"), TransformParams: lock })],
  });
  const draft = { field: "Theirs", reserveBytes: 64, entries, lock: null };
  const signature = await appendSignature(openPdf(memorySource(form)), draft, echo);
  const signed = joinBytes([form, signature.bytes]);
  deepEqual(await outcome(signed), ["already_signed", "signature_broken"]);
  const tail = await appendUpdate(memorySource(signed), (_, update) => {
    update.edit(refTo(4)).set("V", textString("after"));
  });
  equal(await outcome(joinBytes([signed, tail.bytes])), "docmdp_locked");
});
