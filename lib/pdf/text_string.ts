/**
 * Text and dates as PDF strings (ISO 32000-2 §7.9.2.2, §7.9.4).
 *
 * @module
 */
import { epochMs, type Instant } from "../domain/instant.ts";
import { latin1, latin1Bytes } from "./characters.ts";
import { type PdfString, stringOf } from "./values.ts";

/** Text as a string value: ASCII as it is, anything else as UTF-16BE with its mark. */
export function textString(text: string): PdfString {
  if (/^[\x20-\x7e]*$/.test(text)) return stringOf(latin1Bytes(text));
  const bytes = new Uint8Array(2 + text.length * 2);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xfeff);
  for (let i = 0; i < text.length; i++) view.setUint16(2 + i * 2, text.charCodeAt(i));
  return stringOf(bytes);
}

/** The text of a string value: UTF-16BE or UTF-8 with their marks, else taken as Latin-1. */
export function textOf(value: PdfString): string {
  const [first, second, third] = value.bytes;
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(value.bytes);
  if (first === 0xef && second === 0xbb && third === 0xbf) return new TextDecoder().decode(value.bytes);
  return latin1(value.bytes);
}

/** An instant as a date string in UTC, to the second: `D:20261201050322Z`. */
export function dateString(at: Instant): PdfString {
  const digits = new Date(epochMs(at)).toISOString().replace(/\D/g, "").slice(0, 14);
  return stringOf(latin1Bytes(`D:${digits}Z`));
}
