/**
 * Names of fonts as people know them.
 *
 * @module
 */
import { latin1Bytes } from "./characters.ts";

/** Before the name of a font of which only a part is in the file (ISO 32000-2 §9.9.2). */
const SUBSET_TAG = /^[A-Z]{6}\+/;
const MAX_LENGTH = 60;

/**
 * The name of a font for /BaseFont, whose characters stand for bytes: UTF-8 as §7.3.5 recommends, or Shift_JIS, in
 * which Japanese programs write `ＭＳ 明朝`. Empty when there is none.
 */
export function fontNameOf(baseFont: string): string {
  const bytes = latin1Bytes(baseFont.replace(SUBSET_TAG, ""));
  const text = decoded(bytes, "utf-8") ?? decoded(bytes, "shift_jis") ?? baseFont;
  return text.replace(/\p{C}/gu, "").trim().slice(0, MAX_LENGTH);
}

function decoded(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
