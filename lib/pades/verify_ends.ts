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
    const end = start + at + END_MARK.length;
    const after = /^(?:\r\n?|\n)?/.exec(latin1(source.read(end, 2)))?.[0] ?? "";
    return end + after.length;
  }
  return null;
}
