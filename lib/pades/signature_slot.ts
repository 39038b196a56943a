/**
 * Signature dictionaries with room for what is known only later: the byte range and the signature itself
 * (ISO 32000-2 §12.8.1).
 *
 * @module
 */
import type { PdfDict } from "../pdf/values.ts";
import { writeValue } from "../pdf/write_value.ts";

/** A written signature dictionary, and where its gaps are, counted from its beginning. */
export type SignatureSlot = {
  readonly text: string;
  /** Where the three open numbers of /ByteRange are to be written. */
  readonly rangeAt: number;
  /** Where /Contents begins with `<`; it ends `reserve * 2 + 2` bytes later. */
  readonly contentsAt: number;
  /** Bytes that the signature may have. */
  readonly reserve: number;
};

/** A gap in a file: from `start` up to `end`. */
export type Gap = { readonly start: number; readonly end: number };

const RANGE_START = "\n/ByteRange[0 ";
/** Three numbers of up to 10 digits and the spaces between them. */
const RANGE_ROOM = 32;

/** The dictionary of these entries with a /ByteRange and a /Contents for `reserve` bytes. */
export function signatureSlot(entries: PdfDict, reserve: number): SignatureSlot {
  const open = writeValue(entries).slice(0, -">>".length);
  const head = `${open}${RANGE_START}${" ".repeat(RANGE_ROOM)}]\n/Contents`;
  return {
    text: `${head}<${"0".repeat(reserve * 2)}>>>`,
    rangeAt: open.length + RANGE_START.length,
    contentsAt: head.length,
    reserve,
  };
}

/** The numbers of /ByteRange after its first: all of `size` bytes but the gap. */
export function rangeText(gap: Gap, size: number): string {
  return `${gap.start} ${gap.end} ${size - gap.end}`;
}
