/**
 * A text field with its widget (ISO 32000-2 §12.7.5.3).
 *
 * @module
 */
import {
  type PDFDict,
  type PDFDocument,
  type PDFFont,
  PDFHexString,
  PDFName,
  type PDFPage,
  type PDFRef,
  PDFString,
} from "pdf-lib";

/** Where a field lies on its page, in points from the lower left corner. */
export type FieldBox = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** A field of a form. */
export type TextField = {
  /** Unique in the file. */
  readonly name: string;
  /** What a screen reader says, and viewers show over the field. */
  readonly tip: string;
  readonly box: FieldBox;
  readonly lines: 1 | 2;
  /** What is in it; empty when absent. */
  readonly value?: string | undefined;
};

const FONT = "NotoJP";
/** Annotation flag: printed. */
const PRINT = 4;
/** Field flag: the text wraps. */
const MULTILINE = 1 << 12;

const appearance = (size: number) => PDFString.of(`/${FONT} ${size} Tf 0.106 0.153 0.2 g`);

/** Adds a field, `size` points its letters. The form must have been begun with {@linkcode beginForm}. */
export function addTextField(
  document: PDFDocument,
  page: PDFPage,
  field: TextField,
  size: number,
): { ref: PDFRef; dict: PDFDict } {
  const { context } = document;
  const { x, y, width, height } = field.box;
  const dict = context.obj({
    Type: "Annot",
    Subtype: "Widget",
    FT: "Tx",
    T: PDFHexString.fromText(field.name),
    TU: PDFHexString.fromText(field.tip),
    F: PRINT,
    Ff: field.lines === 1 ? 0 : MULTILINE,
    Rect: [x, y, x + width, y + height],
    P: page.ref,
    DA: appearance(size),
    ...field.value === undefined ? {} : { V: PDFHexString.fromText(field.value) },
  });
  const ref = context.register(dict);
  page.node.addAnnot(ref);
  document.catalog.getAcroForm()?.addField(ref);
  return { ref, dict };
}

/**
 * Makes the document a form whose fields are written in `font`. Viewers are to draw what is in the fields themselves:
 * some tools that fill forms in set values only. For the same end no field has a drawing at first: MuPDF keeps an empty
 * one, and draws the value where there is none.
 */
export function beginForm(document: PDFDocument, font: PDFFont, size: number): void {
  const form = document.catalog.getOrCreateAcroForm().dict;
  const { context } = document;
  form.set(PDFName.of("DR"), context.obj({ Font: { [FONT]: font.ref } }));
  form.set(PDFName.of("DA"), appearance(size));
  form.set(PDFName.of("NeedAppearances"), context.obj(true));
}
