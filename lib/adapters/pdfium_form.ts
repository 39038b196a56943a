/**
 * The fields of a PDF opened in PDFium. PDFium draws a page without them: what is filled in, and what a signature
 * looks like, is drawn over it by its part for forms (`fpdf_formfill.h`).
 *
 * @module
 */
import type { Pdfium, Pointer } from "./pdfium_module.ts";

/** The form of an open document. It must be closed before the document is. */
export type Form = {
  /** Draws the fields of a page over the whole of a bitmap. */
  readonly draw: (bitmap: Pointer, page: Pointer, extent: { width: number; height: number }) => void;
  /** Gives its memory back. */
  readonly close: () => void;
};

/** fpdfview.h: draw annotations, red before blue. */
const FIELD_FLAGS = 0x01 | 0x10;

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
    close() {
      pdfium.PDFiumExt_ExitFormFillEnvironment(form);
      pdfium.PDFiumExt_CloseFormFillInfo(info);
    },
  };
}
