/**
 * Keys as bytes that sort as keys do, in FoundationDB's tuple encoding, which Deno KV uses too: strings before
 * numbers, strings by code point, numbers by size.
 *
 * @module
 */
import type { Key, KeyPart, Range } from "../ports.ts";

const STRING = "\x02";
const NUMBER = "\x21";
const encoder = new TextEncoder();

/**
 * A key as a string of one character (U+0000–U+00FF) per byte, so that `<` compares bytes and `length` counts
 * them. Every part is self-delimiting: one key's text begins with another's exactly when its parts do.
 */
export function encodeKey(key: Key): string {
  return key.map(encodePart).join("");
}

function encodePart(part: KeyPart): string {
  if (typeof part === "string") {
    return STRING + latin1(encoder.encode(part)).replaceAll("\0", "\0\xff") + "\0";
  }
  return NUMBER + encodeNumber(part);
}

/** A double, big-endian, with its bits turned so that smaller numbers sort first. */
function encodeNumber(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const sign = 1n << 63n;
  view.setBigUint64(0, BigInt.asUintN(64, bits & sign ? ~bits : bits | sign));
  return latin1(new Uint8Array(view.buffer));
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

/** Bounds of a range in encoded form: keys `from` (included) to `to` (excluded). Throws `RangeError` when a bound lies outside the prefix. */
export function encodeRange(range: Range): { from: string; to: string } {
  const prefix = encodeKey(range.prefix);
  const bound = (key: Key | undefined, otherwise: string) => {
    if (key === undefined) return otherwise;
    const text = encodeKey(key);
    if (!text.startsWith(prefix) || text === prefix) {
      throw new RangeError("Cannot list: a bound lies outside the prefix");
    }
    return text;
  };
  // The prefix itself is not under the prefix; no part begins with 0x00 or 0xff.
  return { from: bound(range.start, prefix + "\0"), to: bound(range.end, prefix + "\xff") };
}
