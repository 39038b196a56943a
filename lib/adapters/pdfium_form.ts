/**
 * The fields of a PDF opened in PDFium. PDFium draws a page without them: what is filled in, and what a signature
 * looks like, is drawn over it by its part for forms (`fpdf_formfill.h`).
 *
 * @module
 */
import { allocate, type Pdfium, type Pointer } from "./pdfium_module.ts";

/** The form of an open document. It must be closed before the document is. */
export type Form = {
  /** Draws the fields of a page over the whole of a bitmap. */
  readonly draw: (bitmap: Pointer, page: Pointer, extent: { width: number; height: number }) => void;
  /** What is filled in and seen on a page, field by field in the page's order. */
  readonly values: (page: Pointer) => string[];
  /** Gives its memory back. */
  readonly close: () => void;
};

/** fpdfview.h: draw annotations, red before blue. */
const FIELD_FLAGS = 0x01 | 0x10;

/** fpdf_formfill.h: list boxes, combo boxes, text fields. */
const WITH_TEXT: ReadonlySet<number> = new Set([4, 5, 6]);
/** ISO 32000-2 §12.5.3: hidden, or not shown on a screen. */
const UNSEEN = 0x02 | 0x20;
/** A page with more is no contract; each costs a walk through the form. */
const MAX_FIELDS = 2_000;

/** Opens the form of a document; null where PDFium cannot. Nothing in it is run: this PDFium has no scripts. */
export function openForm(pdfium: Pdfium, document: Pointer): Form | null {
  const info = pdfium.PDFiumExt_OpenFormFillInfo();
  if (info === 0) return null;
  const form = pdfium.PDFiumExt_InitFormFillEnvironment(document, info);
  if (form === 0) {
    pdfium.PDFiumExt_CloseFormFillInfo(info);
    return null;
  }
  return {
    draw(bitmap, page, { width, height }) {
      pdfium.FPDF_FFLDraw(form, bitmap, page, 0, 0, width, height, 0, FIELD_FLAGS);
      pdfium.FORM_OnBeforeClosePage(page, form);
    },
    values(page) {
      const count = Math.min(pdfium.FPDFPage_GetAnnotCount(page), MAX_FIELDS);
      return Array.from({ length: count }, (_, index) => valueOf(pdfium, form, page, index))
        .filter((value) => value.trim() !== "");
    },
    close() {
      pdfium.PDFiumExt_ExitFormFillEnvironment(form);
      pdfium.PDFiumExt_CloseFormFillInfo(info);
    },
  };
}

function valueOf(pdfium: Pdfium, form: Pointer, page: Pointer, index: number): string {
  const annotation = pdfium.FPDFPage_GetAnnot(page, index);
  if (annotation === 0) return "";
  try {
    if (!WITH_TEXT.has(pdfium.FPDFAnnot_GetFormFieldType(form, annotation))) return "";
    if ((pdfium.FPDFAnnot_GetFlags(annotation) & UNSEEN) !== 0) return "";
    const bytes = pdfium.FPDFAnnot_GetFormFieldValue(form, annotation, 0, 0);
    if (bytes <= 2) return "";
    const at = allocate(pdfium, bytes);
    try {
      pdfium.FPDFAnnot_GetFormFieldValue(form, annotation, at, bytes);
      // The answer counts bytes of UTF-16, the closing zero among them.
      return new TextDecoder("utf-16le").decode(pdfium.pdfium.HEAPU8.slice(at, at + bytes - 2));
    } finally {
      pdfium.pdfium.wasmExports.free(at);
    }
  } finally {
    pdfium.FPDFPage_CloseAnnot(annotation);
  }
}
