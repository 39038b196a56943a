/**
 * Finds places in a sealed file by what stands there, for whoever wants to damage exactly that.
 *
 * @module
 */
import { ok } from "node:assert/strict";
import { readSignedData } from "../../lib/pades/cms_reader.ts";
import { memorySource } from "../../lib/pdf/byte_source.ts";
import { latin1, latin1Bytes } from "../../lib/pdf/characters.ts";
import { openPdf } from "../../lib/pdf/pdf_file.ts";
import { sealsIn } from "../../lib/pades/seals_in.ts";

/** Bytes of a file. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** Where a text begins; the `nth` of them, from the end when that is negative. */
export function placeOf(file: Bytes, text: string, nth = 0): number {
  const places = Array.from(
    latin1(file).matchAll(new RegExp(RegExp.escape(text), "g")),
    ({ index }) => index,
  );
  const at = places.at(nth);
  ok(at !== undefined, text);
  return at;
}

/** The file with other bytes at one place. */
export function patched(file: Bytes, at: number, text: string): Bytes {
  const copy = file.slice();
  copy.set(latin1Bytes(text), at);
  return copy;
}

/** The file with one bit of one byte turned. */
export function flipped(file: Bytes, at: number): Bytes {
  const copy = file.slice();
  copy[at]! ^= 1;
  return copy;
}

/** The file with the digit of one place made another. */
export function otherDigit(file: Bytes, at: number): Bytes {
  return patched(file, at, latin1(file.subarray(at, at + 1)) === "1" ? "2" : "1");
}

/** The slot of the `nth` signature: where its digits begin and end. */
export function slotOf(file: Bytes, nth: number): { readonly from: number; readonly to: number } {
  const from = placeOf(file, "/Contents<", nth) + "/Contents<".length;
  return { from, to: file.indexOf(0x3e, from) };
}

/** Turns one bit of a part of the CMS of the `nth` signature, in its digits. */
export function flippedIn(file: Bytes, nth: number, partOf: (cms: Bytes) => Bytes): Bytes {
  const cms = sealsIn(openPdf(memorySource(file))).at(nth)!.contents;
  const part = partOf(cms);
  const { from } = slotOf(file, nth);
  const middle = part.byteOffset - cms.byteOffset + (part.length >> 1);
  const at = from + middle * 2 + 1;
  const digit = latin1(file.subarray(at, at + 1));
  return patched(file, at, digit === "0" ? "1" : "0");
}

/** Parts of a CMS, as views of its bytes. */
export const PARTS = {
  signature: (cms: Bytes): Bytes => within(cms, readSignedData(cms).signers[0]!.signature),
  attributes: (cms: Bytes): Bytes => {
    const [digest] = readSignedData(cms).signers[0]!.signedAttributes.get("1.2.840.113549.1.9.4")!;
    return within(cms, digest!.content);
  },
  certificate: (cms: Bytes): Bytes => within(cms, readSignedData(cms).certificates[0]!.der),
  token: (cms: Bytes): Bytes => {
    const [token] = readSignedData(cms).signers[0]!.unsignedAttributes.get("1.2.840.113549.1.9.16.2.14")!;
    return within(cms, token!.content);
  },
} as const;

function within(cms: Bytes, part: Bytes): Bytes {
  ok(part.buffer === cms.buffer);
  return part;
}
