/**
 * What one file may cost: hostile ones are left when the work is spent, which is counted, not timed.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, ok, strictEqual as equal, throws } from "node:assert/strict";
import { lastSignatures } from "../../lib/pades/verify_fields.ts";
import { openNewest, readRevisions } from "../../lib/pades/verify_revisions.ts";
import { memorySource } from "../../lib/pdf/byte_source.ts";
import { Budget, Work } from "../../lib/pdf/budget.ts";
import { latin1Bytes } from "../../lib/pdf/characters.ts";
import { checkUpload } from "../../lib/pdf/check_upload.ts";
import { Lexer } from "../../lib/pdf/lexer.ts";
import { pagesOf } from "../../lib/pdf/page_tree.ts";
import { openPdf } from "../../lib/pdf/pdf_file.ts";
import { reachableDicts } from "../../lib/pdf/reachable.ts";
import { XrefIndex } from "../../lib/pdf/xref_index.ts";
import { handmadePdf } from "../support/handmade_pdf.ts";
import { plainPdf } from "../support/plain_pdf.ts";
import { sealedFile } from "../support/sealed_pdf.ts";

const LIMITS = { maxPdfBytes: 50 << 20, maxPages: 2_000 };

/** A document with so many dense objects that its catalog leads to. */
function denseFile(body: string, count: number) {
  const numbers = Array.from({ length: count }, (_, index) => index + 4);
  return handmadePdf({
    catalog: `/X[${numbers.map((number) => `${number} 0 R`).join(" ")}]`,
    objects: Object.fromEntries(numbers.map((number) => [number, body])),
  });
}

const costOf = (text: string) => {
  const lexer = new Lexer(latin1Bytes(text));
  lexer.value();
  return lexer.cost;
};

Deno.test("a value costs what it takes: a string more than a number, a dictionary its keys", () => {
  equal(costOf("[1 2 3]"), 4);
  equal(costOf("[(a) <61>]"), 17);
  equal(costOf("<</A 1/B 2>>"), 6);
  const many = (count: number) =>
    costOf(`<<${Array.from({ length: count }, (_, i) => `/K${i} 1`).join("")}>>`);
  equal(many(1_000), 2_002);
  equal(many(1_001) - many(1_000), 9);
});

Deno.test("dense objects are read until the work of the file is spent, then it is a bomb", async () => {
  const strings = `[${"()".repeat(200_000)}]`;
  deepEqual(await checkUpload(memorySource(denseFile(strings, 4)), LIMITS), { ok: false, fault: "bomb" });
  equal((await checkUpload(memorySource(denseFile("[1 2 3]", 4)), LIMITS)).ok, true);
});

Deno.test("of large objects few are kept, of small ones many", () => {
  const pdf = openPdf(memorySource(denseFile(`[${"1 ".repeat(150_000)}]`, 2)));
  const costOfReading = (number: number) => {
    const before = pdf.work.left;
    pdf.object(number);
    return before - pdf.work.left;
  };
  const first = costOfReading(4);
  ok(first > 150_000);
  equal(costOfReading(4), 0);
  equal(costOfReading(5), first);
  equal(costOfReading(4), first);
  ok(costOfReading(3) > 0);
  equal(costOfReading(3), 0);
});

Deno.test("the verifier spends the work of one file on all its revisions", async () => {
  const file = await sealedFile(plainPdf({}));
  for (const field of ["Sender", "Confirmer1", "Approver1"]) await file.sign(field);
  const source = memorySource(file.bytes);
  const newest = openNewest(source);
  const found = lastSignatures(newest);
  const before = newest.work.left;
  const { seals } = await readRevisions(source, newest, found);
  equal(seals.length, 3);
  const trailers = 3 * costOf("<</Size 9/Root 1 0 R>>");
  ok(before - newest.work.left > trailers, `${before - newest.work.left}`);
});

Deno.test("revisions of a file share its work", () => {
  const work = new Work(100);
  const source = memorySource(handmadePdf());
  openPdf(source, work);
  const [before] = [work.left];
  ok(before < 100);
  openPdf(source, work);
  equal(work.left, before - (100 - before));
  throws(() => new Budget(1, work).spend(1, 100), { code: "bomb" });
});

Deno.test("all objects of ten thousand pages cost little of what a file may", () => {
  const numbers = Array.from({ length: 10_000 }, (_, index) => index + 4);
  const page =
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 3 0 R/Resources<</Font<</F1 3 0 R>>>>/Rotate 0>>";
  const pdf = openPdf(memorySource(handmadePdf({
    objects: {
      2: `<</Type/Pages/Kids[${numbers.map((number) => `${number} 0 R`).join(" ")}]/Count 10000>>`,
      ...Object.fromEntries(numbers.map((number) => [number, page])),
    },
  })));
  const before = pdf.work.left;
  equal([...pagesOf(pdf)].length, 10_000);
  equal([...reachableDicts(pdf)].length > 10_000, true);
  ok(before - pdf.work.left < 600_000, `${before - pdf.work.left}`);
});

Deno.test("a list of objects in pieces is read up to a bound, however little is in them", () => {
  const index = new XrefIndex();
  for (let run = 0; run < 250_000; run++) index.expect(1, 0);
  throws(() => index.expect(1, 0), { code: "malformed" });
});

Deno.test("a list of objects is gone through once, however many pieces it is in", () => {
  const objects = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [index + 4, "1"]));
  const inner = memorySource(handmadePdf({ objects }));
  let read = 0;
  const counting = {
    ...inner,
    read(offset: number, length: number) {
      const bytes = inner.read(offset, length);
      read += bytes.length;
      return bytes;
    },
  };
  openPdf(counting);
  ok(read < 2 * inner.size, `${read} of ${inner.size}`);
});
