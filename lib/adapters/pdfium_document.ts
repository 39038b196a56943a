/**
 * A PDF opened in PDFium: its pages' sizes, drawings and text.
 *
 * @module
 */
import { type PageSize, PortError, type PortFault } from "../ports.ts";
import { type Form, openForm } from "./pdfium_form.ts";
import { allocate, type Pdfium, type Pointer, writeWords } from "./pdfium_module.ts";
import type { Drawing } from "./png.ts";

const BGRX = 3;
const WHITE = 0xffffffff;
// fpdfview.h: draw annotations (stamps), bound the cache of images, red before blue
const DRAW_FLAGS = 0x01 | 0x200 | 0x10;

/** An open document. It must be closed; afterwards nothing of it may be called. */
export type PdfDocument = {
  /** Sizes of all pages. */
  readonly sizes: () => PageSize[];
  /**
   * Gives `use` a page on white, `width` pixels wide, or narrower where it would have more than `maxPixels`. The
   * drawing lies in PDFium's memory and is gone afterwards: copies of nine megabytes each pile up.
   */
  readonly draw: <T>(page: number, width: number, maxPixels: number, use: (drawing: Drawing) => T) => T;
  /** The characters of a page in the order of its content, with line feeds between lines; then its fields' values. */
  readonly text: (page: number) => string;
  /** Gives its memory back. */
  readonly close: () => void;
};

function fault(code: PortFault, message: string): PortError {
  return new PortError(code, message, { retryable: false });
}

/**
 * Opens a PDF. Its bytes stay outside of PDFium's memory, which cannot shrink, and are read where PDFium looks.
 * Throws `PortError`: `corrupt` when it is none or wants a password, `too_large` above `maxPages`.
 */
export function openDocument(
  pdfium: Pdfium,
  content: Uint8Array<ArrayBuffer>,
  maxPages: number,
): PdfDocument {
  const { addFunction, removeFunction, wasmExports } = pdfium.pdfium;
  const read = addFunction((_param, offset, to, size) => {
    const start = offset! >>> 0;
    const end = start + (size! >>> 0);
    if (end > content.length) return 0;
    pdfium.pdfium.HEAPU8.set(content.subarray(start, end), to! >>> 0);
    return 1;
  }, "iiiii");
  const access = allocate(pdfium, 3 * 4);
  writeWords(pdfium, access, [content.length, read, 0]); // struct FPDF_FILEACCESS
  const document = pdfium.FPDF_LoadCustomDocument(access, "");
  const form = document === 0 ? null : openForm(pdfium, document);
  const close = () => {
    form?.close();
    if (document !== 0) pdfium.FPDF_CloseDocument(document);
    wasmExports.free(access);
    removeFunction(read);
  };
  const pageCount = document === 0 ? 0 : pdfium.FPDF_GetPageCount(document);
  if (pageCount < 1 || pageCount > maxPages) {
    close();
    throw pageCount > maxPages
      ? fault("too_large", `Cannot open the PDF: it has more than ${maxPages} pages`)
      : fault("corrupt", "Cannot open the PDF: it is damaged, locked or has no pages");
  }
  return {
    sizes: () => Array.from({ length: pageCount }, (_, index) => sizeOf(pdfium, document, index)),
    draw: (page, width, maxPixels, use) =>
      withPage(pdfium, document, pageCount, page, (handle) => {
        const extent = extentOf(sizeOf(pdfium, document, page - 1), width, maxPixels);
        return drawPage(pdfium, handle, extent, form, use);
      }),
    text: (page) =>
      withPage(
        pdfium,
        document,
        pageCount,
        page,
        (handle) => tidy([textOf(pdfium, handle), ...form?.values(handle) ?? []].join("\n")),
      ),
    close,
  };
}

function sizeOf(pdfium: Pdfium, document: Pointer, index: number): PageSize {
  const at = allocate(pdfium, 8); // struct FS_SIZEF
  try {
    const known = pdfium.FPDF_GetPageSizeByIndexF(document, index, at);
    const view = new DataView(pdfium.pdfium.HEAPU8.buffer);
    const width = view.getFloat32(at, true);
    const height = view.getFloat32(at + 4, true);
    if (!known || !(width > 0) || !(height > 0)) {
      throw fault("corrupt", `Cannot measure page ${index + 1}: it is damaged`);
    }
    return { width, height };
  } finally {
    pdfium.pdfium.wasmExports.free(at);
  }
}

/** Whole pixels in the page's proportions; a very long or wide page is made smaller until it fits. */
function extentOf(size: PageSize, width: number, maxPixels: number): { width: number; height: number } {
  const ratio = size.height / size.width;
  const fitting = Math.min(width, Math.max(1, Math.floor(Math.sqrt(maxPixels / ratio))));
  return { width: fitting, height: Math.min(Math.max(1, Math.round(fitting * ratio)), maxPixels) };
}

function withPage<T>(
  pdfium: Pdfium,
  document: Pointer,
  pageCount: number,
  page: number,
  use: (handle: Pointer) => T,
): T {
  if (page < 1 || page > pageCount) {
    throw fault("not_found", `Cannot find page ${page}: there are ${pageCount}`);
  }
  const handle = pdfium.FPDF_LoadPage(document, page - 1);
  if (handle === 0) throw fault("corrupt", `Cannot open page ${page}: it is damaged`);
  try {
    return use(handle);
  } finally {
    pdfium.FPDF_ClosePage(handle);
  }
}

function drawPage<T>(
  pdfium: Pdfium,
  page: Pointer,
  extent: { width: number; height: number },
  form: Form | null,
  use: (drawing: Drawing) => T,
): T {
  const { width, height } = extent;
  const bitmap = pdfium.FPDFBitmap_CreateEx(width, height, BGRX, 0, 0);
  if (bitmap === 0) throw fault("too_large", "Cannot draw the page: PDFium's memory is full");
  try {
    pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE);
    pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, DRAW_FLAGS);
    form?.draw(bitmap, page, extent);
    const first = pdfium.FPDFBitmap_GetBuffer(bitmap);
    return use({ width, height, rgbx: pdfium.pdfium.HEAPU8.subarray(first, first + width * height * 4) });
  } finally {
    pdfium.FPDFBitmap_Destroy(bitmap);
  }
}

function textOf(pdfium: Pdfium, page: Pointer): string {
  const text = pdfium.FPDFText_LoadPage(page);
  if (text === 0) throw fault("corrupt", "Cannot read the page's text: it is damaged");
  try {
    const count = Math.max(0, pdfium.FPDFText_CountChars(text));
    const at = allocate(pdfium, (count + 1) * 2);
    try {
      // The answer counts UTF-16 units, the closing zero among them.
      const units = Math.max(0, pdfium.FPDFText_GetText(text, 0, count, at) - 1);
      const utf16 = pdfium.pdfium.HEAPU8.slice(at, at + units * 2);
      return new TextDecoder("utf-16le").decode(utf16);
    } finally {
      pdfium.pdfium.wasmExports.free(at);
    }
  } finally {
    pdfium.FPDFText_ClosePage(text);
  }
}

/** Without what PDFium puts in for itself: U+FFFE for a hyphen at a line's end, and other control characters. */
function tidy(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replaceAll(/\r\n?/g, "\n").replaceAll(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g, "");
}
