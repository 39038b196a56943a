/**
 * What may be appended to a sealed file while every signed byte stays as it is.
 *
 * @module
 */
import { ok } from "node:assert/strict";
import { latin1Bytes } from "../../lib/pdf/characters.ts";
import { signedFields } from "../../lib/pdf/form_fields.ts";
import type { Increment } from "../../lib/pdf/increment.ts";
import { firstPage } from "../../lib/pdf/page_tree.ts";
import type { PdfFile } from "../../lib/pdf/pdf_file.ts";
import { dictOf, isRef, nameOf, type PdfRef, refTo } from "../../lib/pdf/values.ts";
import { textString } from "../../lib/pdf/text_string.ts";

/** A new stream. */
export const stream = (update: Increment, text: string): PdfRef => update.addStream(latin1Bytes(text));
/** A value that must be a reference. */
export const ref = (value: unknown): PdfRef => {
  ok(isRef(value as PdfRef));
  return value as PdfRef;
};

/** Each attack leaves all signed bytes as they are. */
export const ATTACKS: Readonly<Record<string, (pdf: PdfFile, update: Increment) => void>> = {
  "another content of the first page": (pdf, update) => {
    update.edit(firstPage(pdf).ref).set("Contents", stream(update, "BT ET"));
  },
  "another content in place of the old": (pdf, update) => {
    const { ref: page, dict } = firstPage(pdf);
    const contents = dict.get("Contents");
    const [first = contents] = pdf.array(contents) ?? [];
    if (!first) return void update.edit(page).set("Rotate", 90);
    update.setWritten(refTo(ref(first).number), "<</Length 0>>\nstream\n\nendstream");
  },
  "a page more": (pdf, update) => {
    const pages = ref(pdf.catalog.get("Pages"));
    const page = update.add(dictOf({ Type: nameOf("Page"), Parent: pages, MediaBox: [0, 0, 9, 9] }));
    const kids = pdf.array(pdf.dict(pages)?.get("Kids")) ?? [];
    update.edit(pages).set("Kids", [...kids, page]);
  },
  "the pages in another order": (pdf, update) => {
    update.edit(pdf.catalogRef).set(
      "Pages",
      update.add(dictOf({ Type: nameOf("Pages"), Kids: [], Count: 0 })),
    );
  },
  "a note on a page": (pdf, update) => {
    const { ref: page, dict } = firstPage(pdf);
    const note = update.add(
      dictOf({ Type: nameOf("Annot"), Subtype: nameOf("FreeText"), Rect: [0, 0, 99, 99] }),
    );
    update.edit(page).set("Annots", [...pdf.array(dict.get("Annots")) ?? [], note]);
  },
  "a field that is filled in": (pdf, update) => {
    const form = pdf.dict(pdf.catalog.get("AcroForm"))!;
    const field = update.add(dictOf({ FT: nameOf("Tx"), T: textString("amount"), V: textString("1") }));
    const fields = ref(form.get("Fields"));
    update.set(fields, [...pdf.array(fields) ?? [], field]);
  },
  "an empty signature field that shows something": (pdf, update) => {
    const fields = ref(pdf.dict(pdf.catalog.get("AcroForm"))!.get("Fields"));
    const looks = dictOf({ N: stream(update, "BT ET") });
    const field = dictOf({ FT: nameOf("Sig"), T: textString("x"), Rect: [0, 0, 99, 99], AP: looks });
    update.set(fields, [...pdf.array(fields) ?? [], update.add(field)]);
  },
  "an action when it is opened": (pdf, update) => {
    update.edit(pdf.catalogRef).set("OpenAction", dictOf({ S: nameOf("Named"), N: nameOf("Print") }));
  },
  "layers": (pdf, update) => {
    update.edit(pdf.catalogRef).set("OCProperties", dictOf({ OCGs: [], D: new Map() }));
  },
  "another 理由 of a signature": (pdf, update) => {
    const [{ value }] = signedFields(pdf) as [ReturnType<typeof signedFields>[number]];
    update.edit(ref(value)).set("Reason", textString("nobody agreed"));
  },
  "a field without its signature": (pdf, update) => {
    const [field] = signedFields(pdf);
    update.edit(field!.ref!).delete("V");
  },
  "an object that nothing needs": (_, update) => {
    update.add(dictOf({ Hidden: true }));
  },
  "something else in the store of validation data": (pdf, update) => {
    update.edit(ref(pdf.catalog.get("DSS"))).set("Other", 1);
  },
  "other properties": (pdf, update) => {
    const info = pdf.trailer.get("Info");
    if (isRef(info)) update.edit(info).set("Title", textString("other"));
    else update.edit(pdf.catalogRef).set("Metadata", stream(update, "<dc:title>other</dc:title>"));
  },
};
