/**
 * The two ends of a PDF: its header and the `startxref` before the last `%%EOF` (ISO 32000-2 §7.5.2, §7.5.5).
 *
 * @module
 */
import { UnreadableError } from "../domain/unreadable.ts";
import type { ByteSource } from "../ports.ts";
import { latin1 } from "./characters.ts";

/** How many bytes may follow the last `%%EOF`; more, and readers no longer agree where the file ends. */
const MAX_TRAILING = 1024;
const TAIL = 2 * MAX_TRAILING;
const END_MARK = "%%EOF";

/** What the ends say. */
export type FileEnds = {
  /** Offset of the newest cross-reference section. */
  readonly startxref: number;
  /** Bytes after the last `%%EOF` that are more than white space; else 0. */
  readonly trailingBytes: number;
};

/** Reads both ends. Throws `not_pdf`, `truncated` or `bad_xref`. */
export function readFileEnds(source: ByteSource): FileEnds {
  if (latin1(source.read(0, 5)) !== "%PDF-") {
    throw new UnreadableError("not_pdf", "Cannot read PDF: it does not begin as one");
  }
  const tail = latin1(source.read(Math.max(0, source.size - TAIL), TAIL));
  const end = tail.lastIndexOf(END_MARK);
  const mark = end < 0 ? -1 : tail.lastIndexOf("startxref", end);
  const after = tail.slice(end + END_MARK.length);
  if (mark < 0 || after.length > MAX_TRAILING) {
    throw new UnreadableError("truncated", "Cannot read PDF: its end is missing");
  }
  const offset = /^startxref[\0\t\n\f\r ]+(\d{1,15})[\0\t\n\f\r %]/.exec(tail.slice(mark))?.[1];
  if (offset === undefined || Number(offset) >= source.size) {
    throw new UnreadableError("bad_xref", "Cannot read PDF: startxref points nowhere");
  }
  return {
    startxref: Number(offset),
    trailingBytes: /^[\0\t\n\f\r ]*$/.test(after) ? 0 : after.length,
  };
}
