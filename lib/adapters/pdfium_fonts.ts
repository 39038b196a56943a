/**
 * Fonts for PDFs that don't bring their own. PDFium has Latin ones only: without this, Japanese text whose
 * font isn't embedded vanishes from the page, and nothing says so.
 *
 * @module
 */
import { allocate, type Pdfium, type Pointer, writeWords } from "./pdfium_module.ts";

/** Gives a Japanese font in each style (TrueType). */
export type FallbackFonts = { readonly sans: () => Uint8Array; readonly serif: () => Uint8Array };

// Character sets as Windows numbers them (fpdf_sysfontinfo.h): Japanese, and the other Han ones, for which a
// Japanese form of the character is better than none.
const SHIFT_JIS = 128;
const HAN_CHARSETS: ReadonlySet<number> = new Set([SHIFT_JIS, 129, 134, 136]);
const ROMAN_PITCH = 0x10;
const SANS = 1;
const SERIF = 2;
const JAPANESE_NAME = /Hei(sei)?|Min|Goth|Ryumin|Koz|^MS|Meiryo|Yu(Go|Mi)|Jun101|Noto.*JP|IPA|BIZ/i;
/** 明 as UTF-8, Shift_JIS and EUC-JP: font names come in any of them, here one character a byte. */
const MINCHO_NAME = /min|ming|serif|ryumin|song|\xe6\x98\x8e|\x96\xbe|\xcc\xc0/i;
const FACE_NAME = new TextEncoder().encode("Noto JP\0");

/** Which font stands in for a missing one; 0 leaves the choice to PDFium, whose Latin fonts are good. */
export function standIn(name: string, charset: number, pitch: number): 0 | 1 | 2 {
  if (!HAN_CHARSETS.has(charset) && !JAPANESE_NAME.test(name)) return 0;
  if (/goth|gosic|sans/i.test(name)) return SANS;
  return MINCHO_NAME.test(name) || (pitch & ROMAN_PITCH) !== 0 ? SERIF : SANS;
}

/** Gives PDFium the fonts. To be called once, before the first document is opened. */
export function installFonts(pdfium: Pdfium, fonts: FallbackFonts): void {
  const runtime = pdfium.pdfium;
  const fontOf = (handle: number) => handle === SANS ? fonts.sans() : handle === SERIF ? fonts.serif() : null;
  const give = (data: Uint8Array | null, to: Pointer, size: number) => {
    if (data !== null && to !== 0 && size >= data.length) runtime.HEAPU8.set(data, to);
    return data?.length ?? 0;
  };
  // struct FPDF_SYSFONTINFO, version 1, in the order of its members. Each call's first argument is the struct.
  const info = allocate(pdfium, 9 * 4);
  writeWords(pdfium, info, [
    1,
    runtime.addFunction(() => {}, "vi"), // Release
    runtime.addFunction(() => {}, "vii"), // EnumFonts
    runtime.addFunction((_self, _weight, _italic, charset, pitch, face) => {
      return standIn(byteName(pdfium, face!), charset!, pitch!);
    }, "iiiiiiii"), // MapFont
    runtime.addFunction((_self, face) => standIn(byteName(pdfium, face!), SHIFT_JIS, 0), "iii"), // GetFont
    runtime.addFunction((_self, font, tag, to, size) => {
      const file = fontOf(font!);
      return give(file && tag !== 0 ? fontTable(file, tag!) : file, to!, size!);
    }, "iiiiii"), // GetFontData
    runtime.addFunction((_self, _font, to, size) => give(FACE_NAME, to!, size!), "iiiii"), // GetFaceName
    runtime.addFunction(() => SHIFT_JIS, "iii"), // GetFontCharset
    runtime.addFunction(() => {}, "vii"), // DeleteFont
  ]);
  pdfium.FPDF_SetSystemFontInfo(info);
}

function byteName(pdfium: Pdfium, at: Pointer): string {
  if (at === 0) return "";
  const heap = pdfium.pdfium.HEAPU8;
  let end = at;
  while (end < heap.length && end - at < 256 && heap[end] !== 0) end++;
  return String.fromCharCode(...heap.subarray(at, end));
}

/** One table of a TrueType file, found through the table directory at its head. */
function fontTable(file: Uint8Array, tag: number): Uint8Array | null {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const count = view.getUint16(4);
  for (let entry = 12; entry < 12 + count * 16; entry += 16) {
    if (view.getUint32(entry) !== tag >>> 0) continue;
    const start = view.getUint32(entry + 8);
    return file.subarray(start, start + view.getUint32(entry + 12));
  }
  return null;
}
