/**
 * Rows of cross-reference tables in the one form that the standard allows (ISO 32000-2 §7.5.4): 20 bytes each, so
 * that a table of 20,000 is gone through in a fraction of a millisecond. Other forms are left to who reads word
 * by word.
 *
 * @module
 */
import type { ByteSource } from "../ports.ts";
import { isSpace } from "./characters.ts";

/** Bytes of a row: ten digits, a space, five digits, a space, `n` or `f`, and two of white space. */
export const PLAIN_ROW = 20;
/** Rows that are taken at once: as many as the blocks hold in which structure is read. */
const AT_ONCE = 3276;

/** Takes one row: an offset or next free number, a generation, and whether the object is in use. */
export type TakeRow = (place: number, generation: number, inUse: boolean) => void;

/** Gives up to `count` rows from `position` on to `take`, as long as they have this form; says how many. */
export function readPlainRows(source: ByteSource, position: number, count: number, take: TakeRow): number {
  for (let row = 0; row < count;) {
    const wanted = Math.min(count - row, AT_ONCE);
    const bytes = source.read(position + row * PLAIN_ROW, wanted * PLAIN_ROW);
    const taken = takeRows(bytes, take);
    row += taken;
    if (taken < wanted) return row;
  }
  return count;
}

function takeRows(bytes: Uint8Array, take: TakeRow): number {
  let row = 0;
  for (let at = 0; at + PLAIN_ROW <= bytes.length; at += PLAIN_ROW, row++) {
    const mark = bytes[at + 17]!;
    const inUse = mark === 0x6e;
    const spaced = bytes[at + 10] === 0x20 && bytes[at + 16] === 0x20;
    if (!spaced || !(inUse || mark === 0x66) || !isSpace(bytes[at + 18]!) || !isSpace(bytes[at + 19]!)) break;
    const place = digits(bytes, at, 10);
    const generation = digits(bytes, at + 11, 5);
    if (place < 0 || generation < 0) break;
    take(place, generation, inUse);
  }
  return row;
}

/** The number of which these are all the digits; −1 when one is none. */
function digits(bytes: Uint8Array, from: number, count: number): number {
  let value = 0;
  for (let at = from; at < from + count; at++) {
    const digit = bytes[at]! - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}
