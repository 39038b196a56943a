/**
 * Finds where a PDF ends when other bytes follow: gateways append notices, and attackers anything.
 *
 * @module
 */
import { latin1 } from "../pdf/characters.ts";
import type { ByteSource } from "../ports.ts";

const END_MARK = "%%EOF";
const STEP = 1 << 16;

/** Where the last `%%EOF` and its line end stop; null when there is none. */
export function lastEndMark(source: ByteSource): number | null {
  for (let start = source.size; start > 0;) {
    start = Math.max(0, start - STEP);
    const text = latin1(source.read(start, STEP + END_MARK.length));
    const at = text.lastIndexOf(END_MARK);
    if (at < 0) continue;
    return lineEndAfter(source, start + at + END_MARK.length);
  }
  return null;
}

/** Most bytes of a cross-reference section and its trailer that are gone through. */
const MAX_SECTION = 4 << 20;

/** Where the revision ends whose cross-reference section begins at `offset`; null when no end mark is near. */
export function endMarkAfter(source: ByteSource, offset: number): number | null {
  for (let start = offset; start < Math.min(source.size, offset + MAX_SECTION); start += STEP) {
    const at = latin1(source.read(start, STEP + END_MARK.length)).indexOf(END_MARK);
    if (at >= 0) return lineEndAfter(source, start + at + END_MARK.length);
  }
  return null;
}

function lineEndAfter(source: ByteSource, end: number): number {
  const [lineEnd = ""] = /^(?:\r\n?|\n)?/.exec(latin1(source.read(end, 2))) ?? [];
  return end + lineEnd.length;
}
