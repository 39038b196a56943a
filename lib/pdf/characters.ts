/**
 * Character classes of PDF syntax (ISO 32000-2 §7.2.3) and bytes as text one to one.
 *
 * @module
 */
import { Buffer } from "node:buffer";

const SPACE = 1;
const DELIMITER = 2;
const CLASS_OF = new Uint8Array(256);
for (const code of [0, 9, 10, 12, 13, 32]) CLASS_OF[code] = SPACE;
for (const mark of "()<>[]{}/%") CLASS_OF[mark.charCodeAt(0)] = DELIMITER;

/** Whether a byte is white space: NUL, tab, line feed, form feed, carriage return, space. */
export function isSpace(code: number): boolean {
  return CLASS_OF[code] === SPACE;
}

/** Whether a byte is one of `()<>[]{}/%`. */
export function isDelimiter(code: number): boolean {
  return CLASS_OF[code] === DELIMITER;
}

/** Whether a byte is neither white space nor delimiter. */
export function isRegular(code: number): boolean {
  return CLASS_OF[code] === 0;
}

/** Whether a byte is a decimal digit; false for none. */
export function isDigit(code: number | undefined): boolean {
  return code !== undefined && code >= 0x30 && code <= 0x39;
}

/** Up to this many bytes, as most words of a PDF have, it is quicker to do without a call to native code. */
const SHORT = 24;

/** Bytes as text, one character a byte (ISO 8859-1). */
export function latin1(bytes: Uint8Array): string {
  if (bytes.length <= SHORT) {
    let text = "";
    for (let i = 0; i < bytes.length; i++) text += String.fromCharCode(bytes[i]!);
    return text;
  }
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
}

/** Text as bytes, one byte a character. Characters above U+00FF lose their high bits. */
export function latin1Bytes(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  writeLatin1(text, bytes, 0);
  return bytes;
}

const encoder = new TextEncoder();

/** Writes text into `target` from `at` on, as {@linkcode latin1Bytes} has it. There must be room. */
export function writeLatin1(text: string, target: Uint8Array, at: number): void {
  // ASCII is the same in UTF-8, and native code is ten times as fast; nearly all that a PDF has is ASCII.
  const { read, written } = encoder.encodeInto(text, target.subarray(at, at + text.length));
  if (read === text.length && written === read) return;
  for (let i = 0; i < text.length; i++) target[at + i] = text.charCodeAt(i);
}
