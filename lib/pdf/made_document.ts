/**
 * What all PDFs that are made here have in common: one font that comes along, a name, a language, and bytes that
 * depend on nothing but what stands in them.
 *
 * @module
 */
import fontkit from "@cantoo/fontkit";
import { PDFDocument, type PDFFont, PDFHexString } from "pdf-lib";

/** Begins a document with a TrueType font of which only the glyphs that are used will be embedded. */
export async function beginDocument(
  font: Uint8Array,
): Promise<{ readonly document: PDFDocument; readonly embedded: PDFFont }> {
  // With its own metadata the document would carry the time at which it was made.
  const document = await PDFDocument.create({ updateMetadata: false });
  document.registerFontkit(fontkit);
  const embedded = await document.embedFont(font, {
    subset: true,
    // ISO 32000-2 §9.9.2: a subset's name begins with six capitals
    customName: "WARIFU+NotoJP",
    // A ligature's glyph stands for no character that a tool would look for, and mail addresses are compared.
    features: { liga: false },
  });
  return { document, embedded };
}

/** Names a document; `id` is 32 hexadecimal digits that identify it. */
export function nameDocument(document: PDFDocument, title: string, id: string): void {
  document.setTitle(title, { showInWindowTitleBar: true });
  document.setLanguage("ja-JP");
  const both = PDFHexString.of(id);
  document.context.trailerInfo.ID = document.context.obj([both, both]);
}

/** The finished file. */
export async function documentBytes(document: PDFDocument): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await document.save({ useObjectStreams: false, updateFieldAppearances: false }));
}
