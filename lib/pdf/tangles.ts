/**
 * Whether a damaged file would keep its rewriting busy for ever: between objects, the library that rewrites looks
 * at a run of digits, blanks or comments again from each of its bytes.
 *
 * @module
 */
import { isDigit, isSpace } from "./characters.ts";

/** Looks at bytes that are granted to any file, in all, and for each of its bytes: a comment or so in 256 is chance. */
const FREE_LOOKS = 1 << 24;
const LOOKS_PER_BYTE = 128;

const PERCENT = 0x25;

/** Whether so many bytes stand in long runs that looking at each from each would take seconds. */
export function isTangled(bytes: Uint8Array): boolean {
  const limit = FREE_LOOKS + LOOKS_PER_BYTE * bytes.length;
  let looks = 0;
  let digits = 0;
  let blanks = 0;
  let inComment = false;
  for (const code of bytes) {
    if (inComment) inComment = code !== 10 && code !== 13;
    else inComment = code === PERCENT;
    digits = isDigit(code) ? digits + 1 : 0;
    blanks = inComment || isSpace(code) ? blanks + 1 : 0;
    // The sum of a run's places is about half its square: what each of its bytes costs.
    looks += digits + blanks;
    if (looks > limit) return true;
  }
  return false;
}
