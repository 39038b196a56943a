/**
 * A PDF opened for reading in place: its structure is followed by small jumps, so memory does not grow with
 * the file.
 *
 * @module
 */
import { UnreadableError } from "../domain/unreadable.ts";
import type { ByteSource } from "../ports.ts";
import type { PdfDict, PdfRef, PdfValue } from "./values.ts";

/** One cross-reference section: what one revision changed. */
export type XrefSection = {
  /** Where it begins. */
  readonly offset: number;
  readonly kind: "table" | "stream";
  /** Its trailer dictionary. */
  readonly trailer: PdfDict;
  /** Runs of object numbers that it lists: the first and how many. */
  readonly runs: readonly (readonly [first: number, count: number])[];
};

/** Where an object is. */
export type XrefEntry =
  | { readonly in: "file"; readonly offset: number; readonly generation: number }
  | { readonly in: "stream"; readonly container: number; readonly index: number };

/** An indirect object; of a stream, `value` is the dictionary. */
export type PdfObject = {
  readonly value: PdfValue;
  readonly generation: number;
  /** Where a stream's raw bytes begin; null for what is no stream. */
  readonly dataAt: number | null;
};

/** An opened PDF. Its methods throw `UnreadableError` with the code of an `UploadFault`. */
export interface PdfFile {
  /** The bytes. */
  readonly source: ByteSource;
  /** The newest trailer. */
  readonly trailer: PdfDict;
  /** Offset of the newest cross-reference section. */
  readonly startxref: number;
  /** All sections, newest first. */
  readonly sections: readonly XrefSection[];
  /** The lowest object number that no revision has used, nor any higher one. */
  readonly nextNumber: number;
  /** Bytes after the last `%%EOF` and its line end. */
  readonly trailingBytes: number;
  /** Reference to the catalog. */
  readonly catalogRef: PdfRef;
  /** The catalog. */
  readonly catalog: PdfDict;
  /** Where object `number` is; null when it is free or unknown. */
  entry(number: number): XrefEntry | null;
  /** Object `number`; null when it is free or unknown. */
  object(number: number): PdfObject | null;
  /** The value itself, or what it refers to; null when that is absent. */
  resolve(value: PdfValue | undefined): PdfValue;
  /** The dictionary (also of a stream) that the value is or refers to. */
  dict(value: PdfValue | undefined): PdfDict | null;
  /** The array that the value is or refers to. */
  array(value: PdfValue | undefined): PdfValue[] | null;
  /** The decoded bytes of the stream that the value refers to; null when it refers to none. */
  streamBytes(value: PdfValue | undefined): Uint8Array<ArrayBuffer> | null;
}

/** Opens a PDF. Throws `UnreadableError` with the code of an `UploadFault`. */
export function openPdf(source: ByteSource): PdfFile {
  throw new UnreadableError("not_pdf", `Cannot read PDF of ${source.size} bytes: not built yet`);
}
