/**
 * A blank form as PDF to fill in (ISO 32000-2 §12.7): text fields beside their labels. It prints well too.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { BlankForm } from "../forms/blank_form.ts";
import { startSheet } from "./certificate_sheet.ts";

const BODY = 10;
const SMALL = 8.5;
const LABEL_WIDTH = 190;

/** Makes the file (A4). The same form gives the same bytes. `font` is a TrueType font with all JIS kanji. */
export async function blankPdf(
  { title, mark, consent, rows, notes }: BlankForm,
  font: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const sheet = await startSheet(font);
  sheet.paragraph({ text: mark, size: BODY });
  sheet.title(title, 18);
  sheet.paragraph({ text: consent, size: BODY });
  sheet.gap(8);
  for (const { label, help } of rows) {
    const small = help === "" ? [] : [{ text: help, size: SMALL, quiet: true }];
    sheet.field(label, { width: LABEL_WIDTH, texts: [{ text: label, size: BODY }, ...small] });
  }
  sheet.gap(8);
  for (const note of notes) sheet.paragraph({ text: `※ ${note}`, size: SMALL });
  const id = createHash("sha256").update(JSON.stringify({ title, mark, consent, rows, notes })).digest("hex");
  return await sheet.finish({ title, author: "", id: id.slice(0, 32), fillable: true }, mark);
}
