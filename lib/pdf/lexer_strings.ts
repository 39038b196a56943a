/**
 * String values (ISO 32000-2 §7.3.4): literal with its escapes, and hexadecimal.
 *
 * @module
 */
import { UnreadableError } from "../domain/unreadable.ts";
import { isSpace } from "./characters.ts";
import { UnexpectedEnd } from "./unexpected_end.ts";

/** Bytes and the place reached in them. */
export type Cursor = { readonly bytes: Uint8Array<ArrayBuffer>; position: number };

const ESCAPES: Readonly<Record<number, number>> = { 0x6e: 10, 0x72: 13, 0x74: 9, 0x62: 8, 0x66: 12 };
const BACKSLASH = 0x5c;
const RETURN = 13;
const OPEN = 0x28;
const CLOSE = 0x29;
const GREATER = 0x3e;

/** Reads `(…)` at the cursor's position and moves past it. */
export function literalString(cursor: Cursor): Uint8Array<ArrayBuffer> {
  const { bytes } = cursor;
  const start = cursor.position + 1;
  const { end, plain } = endOfLiteral(bytes, start);
  cursor.position = end + 1;
  return plain ? bytes.slice(start, end) : decoded(bytes, start, end);
}

/** Where the closing parenthesis stands, and whether all before it stands for itself. */
function endOfLiteral(bytes: Uint8Array<ArrayBuffer>, start: number): { end: number; plain: boolean } {
  let depth = 1;
  let plain = true;
  for (let at = start; at < bytes.length; at++) {
    switch (bytes[at]) {
      case BACKSLASH:
        at++;
        plain = false;
        break;
      case RETURN:
        plain = false;
        break;
      case OPEN:
        depth++;
        break;
      case CLOSE:
        if (--depth === 0) return { end: at, plain };
    }
  }
  throw new UnexpectedEnd();
}

/** What the bytes from `start` up to `end` stand for: never more than they are. */
function decoded(bytes: Uint8Array<ArrayBuffer>, start: number, end: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(end - start);
  let length = 0;
  for (let at = start; at < end;) {
    const code = bytes[at++]!;
    if (code === BACKSLASH) {
      const escaped = escape(bytes, at);
      if (escaped.code !== null) out[length++] = escaped.code;
      at = escaped.end;
    } else if (code === RETURN) {
      // ISO 32000-2 §7.3.4.2: an end of line within a string counts as one line feed.
      if (bytes[at] === 10) at++;
      out[length++] = 10;
    } else out[length++] = code;
  }
  return out.slice(0, length);
}

/** What follows a backslash at `at - 1`: the byte it stands for, if any, and the place after it. */
function escape(bytes: Uint8Array<ArrayBuffer>, at: number): { code: number | null; end: number } {
  const code = bytes[at]!;
  if (isOctal(code)) {
    let value = 0;
    let end = at;
    while (end < at + 3 && isOctal(bytes[end])) value = value * 8 + bytes[end++]! - 0x30;
    return { code: value & 0xff, end };
  }
  if (code === RETURN) return { code: null, end: bytes[at + 1] === 10 ? at + 2 : at + 1 };
  if (code === 10) return { code: null, end: at + 1 };
  return { code: ESCAPES[code] ?? code, end: at + 1 };
}

function isOctal(code: number | undefined): boolean {
  return code !== undefined && code >= 0x30 && code <= 0x37;
}

/** Reads `<…>` at the cursor's position and moves past it. */
export function hexString(cursor: Cursor): Uint8Array<ArrayBuffer> {
  const start = cursor.position + 1;
  const end = cursor.bytes.indexOf(GREATER, start);
  if (end < 0) throw new UnexpectedEnd();
  const decoded = new Uint8Array((end - start + 1) >> 1);
  let digits = 0;
  for (let at = start; at < end; at++) {
    const code = cursor.bytes[at]!;
    if (isSpace(code)) continue;
    const digit = hexDigit(code);
    if (digit < 0) throw new UnreadableError("malformed", "Cannot read PDF value: not a hexadecimal digit");
    // An odd last digit counts as if 0 followed it.
    decoded[digits >> 1]! |= digits % 2 === 0 ? digit << 4 : digit;
    digits++;
  }
  cursor.position = end + 1;
  return decoded.slice(0, (digits + 1) >> 1);
}

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}
