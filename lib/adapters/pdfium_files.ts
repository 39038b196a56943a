/**
 * The files that the drawing process reads: PDFium and the writer of JPEGs as WebAssembly, and two fonts.
 *
 * @module
 */
import { type FontStyle, fontUrl } from "./fonts.ts";
import { jpegWasm } from "./jpeg.ts";

/** Where PDFium's WebAssembly lies. */
export function pdfiumWasm(): URL {
  return new URL("./pdfium.wasm", import.meta.resolve("@embedpdf/pdfium"));
}

const STYLES: readonly FontStyle[] = ["sans", "serif"];

/** All of them, and nothing else. */
export function pdfiumFiles(): readonly URL[] {
  return [pdfiumWasm(), jpegWasm(), ...STYLES.map(fontUrl)];
}
