import { strictEqual as equal, throws } from "node:assert/strict";
import { appendUpdate } from "../../lib/pades/append_signature.ts";
import { verifyPdf } from "../../lib/pades/verify.ts";
import { joinBytes, memorySource } from "../../lib/pdf/byte_source.ts";
import { formFields } from "../../lib/pdf/form_fields.ts";
import type { Increment } from "../../lib/pdf/increment.ts";
import { pagesOf } from "../../lib/pdf/page_tree.ts";
import { openPdf, type PdfFile } from "../../lib/pdf/pdf_file.ts";
import { dictOf, nameOf, type PdfRef } from "../../lib/pdf/values.ts";
import { plainPdf } from "../support/plain_pdf.ts";
import { AFTER } from "../support/sealed_pdf.ts";

function withUpdate(change: (pdf: PdfFile, update: Increment) => void) {
  const base = memorySource(plainPdf({}));
  return memorySource(joinBytes([plainPdf({}), appendUpdate(base, change).bytes]));
}

/** Many nodes, all with the same long list of kids: a small file that takes hours to go through. */
function manyWithSameKids(update: Increment, leaf: PdfRef, type: "Pages" | null): PdfRef[] {
  const kids = update.add(Array.from({ length: 20_000 }, () => leaf));
  return Array.from(
    { length: 1_000 },
    () => update.add(dictOf({ ...type && { Type: nameOf(type) }, Kids: kids })),
  );
}

Deno.test("fields that share their kids are gone through only so far", async () => {
  const source = withUpdate((pdf, update) => {
    const fields = manyWithSameKids(update, update.add(dictOf({ T: 1 })), null);
    update.edit(pdf.catalogRef).set("AcroForm", update.add(dictOf({ Fields: fields })));
  });
  throws(() => [...formFields(openPdf(source))], { code: "bomb" });
  equal((await verifyPdf(source, { trustRoots: [], at: AFTER })).verdict, "unreadable");
});

Deno.test("nodes of pages that share their kids are gone through only so far", () => {
  const source = withUpdate((pdf, update) => {
    const kids = manyWithSameKids(update, update.add(null), "Pages");
    update.edit(pdf.catalogRef).set(
      "Pages",
      update.add(dictOf({ Type: nameOf("Pages"), Kids: kids, Count: 1 })),
    );
  });
  throws(() => [...pagesOf(openPdf(source))], { code: "bomb" });
});
