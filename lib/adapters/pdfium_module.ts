/**
 * PDFium as WebAssembly: started with a bound on its memory, and the few of its functions that we call
 * (`fpdfview.h`, `fpdf_formfill.h`, `fpdf_annot.h`,
 * `fpdf_text.h`, `fpdf_sysfontinfo.h`), with types that say what the numbers are.
 *
 * @module
 */
import { init, type PdfiumModule as Overrides } from "@embedpdf/pdfium";

/** An address in PDFium's memory; 0 is none. */
export type Pointer = number;

/** The calls into PDFium. */
export type Pdfium = {
  readonly FPDF_LoadCustomDocument: (access: Pointer, password: string) => Pointer;
  readonly FPDF_CloseDocument: (document: Pointer) => void;
  readonly FPDF_GetPageCount: (document: Pointer) => number;
  readonly FPDF_GetPageSizeByIndexF: (document: Pointer, index: number, size: Pointer) => boolean;
  readonly FPDF_LoadPage: (document: Pointer, index: number) => Pointer;
  readonly FPDF_ClosePage: (page: Pointer) => void;
  readonly FPDFBitmap_CreateEx: (
    w: number,
    h: number,
    format: number,
    first: Pointer,
    row: number,
  ) => Pointer;
  readonly FPDFBitmap_FillRect: (
    bitmap: Pointer,
    left: number,
    top: number,
    width: number,
    height: number,
    argb: number,
  ) => void;
  readonly FPDFBitmap_GetBuffer: (bitmap: Pointer) => Pointer;
  readonly FPDFBitmap_Destroy: (bitmap: Pointer) => void;
  readonly FPDF_RenderPageBitmap: (
    bitmap: Pointer,
    page: Pointer,
    left: number,
    top: number,
    width: number,
    height: number,
    quarterTurns: number,
    flags: number,
  ) => void;
  readonly FPDF_FFLDraw: (
    form: Pointer,
    bitmap: Pointer,
    page: Pointer,
    left: number,
    top: number,
    width: number,
    height: number,
    quarterTurns: number,
    flags: number,
  ) => void;
  readonly FPDFPage_GetAnnotCount: (page: Pointer) => number;
  readonly FPDFPage_GetAnnot: (page: Pointer, index: number) => Pointer;
  readonly FPDFPage_CloseAnnot: (annotation: Pointer) => void;
  readonly FPDFAnnot_GetFlags: (annotation: Pointer) => number;
  readonly FPDFAnnot_GetFormFieldType: (form: Pointer, annotation: Pointer) => number;
  readonly FPDFAnnot_GetFormFieldValue: (
    form: Pointer,
    annotation: Pointer,
    to: Pointer,
    bytes: number,
  ) => number;
  readonly FORM_OnBeforeClosePage: (page: Pointer, form: Pointer) => void;
  readonly PDFiumExt_OpenFormFillInfo: () => Pointer;
  readonly PDFiumExt_CloseFormFillInfo: (info: Pointer) => void;
  readonly PDFiumExt_InitFormFillEnvironment: (document: Pointer, info: Pointer) => Pointer;
  readonly PDFiumExt_ExitFormFillEnvironment: (form: Pointer) => void;
  readonly FPDFText_LoadPage: (page: Pointer) => Pointer;
  readonly FPDFText_ClosePage: (text: Pointer) => void;
  readonly FPDFText_CountChars: (text: Pointer) => number;
  readonly FPDFText_GetText: (text: Pointer, from: number, count: number, to: Pointer) => number;
  readonly FPDF_SetSystemFontInfo: (info: Pointer) => void;
  readonly PDFiumExt_Init: () => void;
  readonly pdfium: {
    /** The memory as it is now: a new view after each growth, so never keep it over a call. */
    readonly HEAPU8: Uint8Array<ArrayBuffer>;
    readonly wasmExports: {
      readonly malloc: (bytes: number) => Pointer;
      readonly free: (at: Pointer) => void;
    };
    /** Makes a function that PDFium can call; the signature's letters are result, then arguments. */
    readonly addFunction: (call: (...args: number[]) => number | void, signature: string) => Pointer;
    readonly removeFunction: (at: Pointer) => void;
  };
};

/** Starts PDFium. Where it asks for more memory than `maxMemoryBytes`, it is told that there is none. */
export async function startPdfium(compiled: WebAssembly.Module, maxMemoryBytes: number): Promise<Pdfium> {
  const overrides = {
    print: () => {},
    printErr: () => {},
    instantiateWasm(
      imports: { env: Record<string, WebAssembly.ImportValue> },
      started: (instance: WebAssembly.Instance) => void,
    ) {
      const grow = imports.env["emscripten_resize_heap"];
      if (typeof grow !== "function") throw new Error("Cannot bound PDFium's memory: it has no such call");
      imports.env["emscripten_resize_heap"] = (bytes: number) =>
        bytes >>> 0 > maxMemoryBytes ? 0 : Number(grow(bytes));
      const instance = new WebAssembly.Instance(compiled, imports);
      started(instance);
      return instance.exports;
    },
  };
  const pdfium = await init(overrides as unknown as Partial<Overrides>) as unknown as Pdfium;
  pdfium.PDFiumExt_Init();
  return pdfium;
}

/** Takes memory of PDFium's; never 0. Throws `RangeError` when there is none left. */
export function allocate(pdfium: Pdfium, bytes: number): Pointer {
  const at = pdfium.pdfium.wasmExports.malloc(bytes);
  if (at === 0) throw new RangeError(`Cannot take ${bytes} bytes: PDFium's memory is full`);
  return at;
}

/** Writes 32-bit words, as C structures of pointers and numbers are made of. */
export function writeWords(pdfium: Pdfium, at: Pointer, words: readonly number[]): void {
  const view = new DataView(pdfium.pdfium.HEAPU8.buffer);
  for (const [index, word] of words.entries()) view.setUint32(at + index * 4, word, true);
}
