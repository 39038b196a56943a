/**
 * Whether a PDF gives a width to more characters than a font can have. Readers take the range of a `/W` or `/W2`
 * array (ISO 32000-2 §9.7.4.3) at its word and lay out a place for each of its characters: a range of thousands of
 * millions takes gigabytes within a second.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { UnreadableError } from "../domain/unreadable.ts";
import { memorySource } from "./byte_source.ts";
import { Lexer } from "./lexer.ts";
import { openPdf, type PdfFile } from "./pdf_file.ts";
import { reachableDicts } from "./reachable.ts";
import { UnexpectedEnd } from "./unexpected_end.ts";
import type { PdfValue } from "./values.ts";

/** The last character of a composite font (CIDs take two bytes, ISO 32000-2 Annex C). Widths stay far below. */
const LAST_CID = 65_535;

const KEYS = ["W", "W2"] as const;

/** Looks at everything that may be such an array, as it stands and within object streams. */
export function holdsWideRange(bytes: Uint8Array<ArrayBuffer>): boolean {
  return inPlain(bytes) || inObjects(bytes);
}

const isWide = (value: PdfValue): boolean =>
  Array.isArray(value) && value.some((each) => typeof each === "number" && Math.abs(each) > LAST_CID);

/** Finds arrays as they stand: a damaged file has no order that one could follow. */
function inPlain(bytes: Uint8Array<ArrayBuffer>): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = buffer.indexOf("/W"); at >= 0; at = buffer.indexOf("/W", at + 2)) {
    const lexer = new Lexer(bytes, at + (bytes[at + 2] === TWO ? 3 : 2));
    if (isWide(valueAt(lexer))) return true;
  }
  return false;
}

const TWO = 0x32;
const LEFT_BRACKET = 0x5b;

function valueAt(lexer: Lexer): PdfValue {
  lexer.skipSpace();
  if (lexer.bytes[lexer.position] !== LEFT_BRACKET) return null;
  return unlessBroken(() => lexer.value(), null);
}

/** Follows the document, where that can be done. */
function inObjects(bytes: Uint8Array<ArrayBuffer>): boolean {
  return unlessBroken(() => {
    const pdf = openPdf(memorySource(bytes));
    for (const dict of reachableDicts(pdf)) {
      for (const key of KEYS) if (isWide(followed(pdf, dict.get(key)))) return true;
    }
    return false;
  }, false);
}

/** What a value leads to, with the references within an array followed as well. */
function followed(pdf: PdfFile, value: PdfValue | undefined): PdfValue {
  const found = pdf.resolve(value) ?? null;
  return Array.isArray(found) ? found.map((each) => pdf.resolve(each) ?? null) : found;
}

function unlessBroken<Result>(look: () => Result, otherwise: Result): Result {
  try {
    return look();
  } catch (error) {
    if (error instanceof UnreadableError || error instanceof UnexpectedEnd) return otherwise;
    throw error;
  }
}
