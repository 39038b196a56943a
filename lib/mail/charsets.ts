/**
 * Text out of bytes whose label may be absent or wrong, as it is in much Japanese mail.
 *
 * @module
 */

import { decodeJisX0213, usesJisX0213 } from "./jisx0213.ts";

/** Labels in use that the Encoding Standard does not know; vendor sets are supersets of what they stand for. */
const ALIASES: Readonly<Record<string, string>> = {
  "cp932": "shift_jis",
  "x-ms-cp932": "shift_jis",
  "shift_jisx0213": "shift_jis",
  "shift_jis-2004": "shift_jis",
  "eucjp": "euc-jp",
  "eucjp-ms": "euc-jp",
  "cp51932": "euc-jp",
  "iso-2022-jp-1": "iso-2022-jp",
  "iso-2022-jp-2": "iso-2022-jp",
  "iso-2022-jp-3": "iso-2022-jp",
  "iso-2022-jp-2004": "iso-2022-jp",
  "iso-2022-jp-ms": "iso-2022-jp",
  "cp50220": "iso-2022-jp",
  "cp50221": "iso-2022-jp",
  "cp50222": "iso-2022-jp",
};

/** What Japanese mail without a trustworthy label is written in, the surest first. */
const GUESSES = ["utf-8", "shift_jis", "euc-jp"] as const;

/** ISO-2022-JP escape sequences (RFC 1468, and the kana and later kanji sets of vendors). */
// deno-lint-ignore no-control-regex
const JIS_ESCAPE = /\x1b(?:\$[@B]|\$\([DOPQ]|\([BJI])/;

/**
 * The text of `bytes`. The label counts where the bytes bear it out; else the text is read as what Japanese mail
 * programs write. Characters that fit nothing become U+FFFD.
 */
export function decodeText(bytes: Uint8Array, label: string | null): string {
  const encoding = encodingOf(label);
  const eightBit = bytes.some((byte) => byte >= 0x80);
  if (!eightBit) {
    const ascii = binaryString(bytes);
    return JIS_ESCAPE.test(ascii) ? decodeJis(ascii) : strictly(bytes, encoding ?? "utf-8") ?? ascii;
  }
  if (encoding !== null && encoding !== "iso-2022-jp" && encoding !== "windows-1252") {
    const text = strictly(bytes, encoding);
    if (text !== null) return text;
  }
  return guessed(bytes) ?? new TextDecoder(encoding ?? "utf-8").decode(bytes);
}

/** The bytes of a string that holds one byte in each character, as mail headers are handed around. */
export function bytesOfBinary(binary: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/** The reverse of `bytesOfBinary`. */
export function binaryString(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return text;
}

/** The name by which `TextDecoder` knows an encoding; null for unknown ones and for those that hide markup. */
function encodingOf(label: string | null): string | null {
  if (label === null) return null;
  const plain = label.trim().toLowerCase();
  try {
    return new TextDecoder(ALIASES[plain] ?? plain).encoding;
  } catch {
    return null; // UTF-7 among others, which is rightly unknown to the Encoding Standard.
  }
}

/** The text when every byte fits the encoding, else null. */
function strictly(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function guessed(bytes: Uint8Array): string | null {
  const [utf8, sjis, euc] = GUESSES.map((encoding) => strictly(bytes, encoding));
  if (utf8 !== null && utf8 !== undefined) return utf8;
  if (sjis && euc) return halfKana(sjis) > halfKana(euc) ? euc : sjis;
  return sjis ?? euc ?? null;
}

/** EUC-JP read as Shift_JIS gives half-width katakana, which nobody writes in such numbers. */
const halfKana = (text: string): number => text.match(/[\uff61-\uff9f]/g)?.length ?? 0;

/** `TextDecoder` takes an escape right after another for an attack; words joined together have them. */
function decodeJis(ascii: string): string {
  if (usesJisX0213(ascii)) return decodeJisX0213(ascii, decodeJis);
  // deno-lint-ignore no-control-regex
  const known = ascii.replace(/\x1b(?:\$[@B]|\([BJI])(?=\x1b)/g, "");
  return new TextDecoder("iso-2022-jp").decode(bytesOfBinary(known));
}
