/**
 * The message inside an opaque-signed S/MIME part (RFC 8551 §3.5.2). The signature is not verified: what is
 * found counts as unsigned mail.
 *
 * @module
 */

/** DER of the OID `1.2.840.113549.1.7.2`, signedData (RFC 5652 §5.1). */
const SIGNED_DATA = "42,134,72,134,247,13,1,7,2";

/** Content octets in pieces: programs that stream write them so. */
const MAX_PIECES = 100_000;

type Element = { readonly tag: number; readonly start: number; readonly end: number; readonly open: boolean };

/** The content in pieces; null for what is no signed data, encrypted data above all. */
export function signedContent(bytes: Uint8Array): Uint8Array[] | null {
  const outer = element(bytes, 0);
  const type = outer && element(bytes, outer.start);
  if (!type || type.tag !== 0x06) return null;
  if (bytes.subarray(type.start, type.end).join() !== SIGNED_DATA) return null;
  // [0] { SEQUENCE { version, digestAlgorithms, encapContentInfo { type, [0] { OCTET STRING } } } }
  const content = element(bytes, type.end);
  const signed = content && element(bytes, content.start);
  const version = signed && element(bytes, signed.start);
  const digests = version && element(bytes, version.end);
  const inner = digests && element(bytes, afterElement(bytes, digests));
  const innerType = inner && element(bytes, inner.start);
  const wrapped = innerType && element(bytes, innerType.end);
  if (!wrapped || wrapped.tag !== 0xa0) return null;
  return octets(bytes, wrapped.start);
}

function octets(bytes: Uint8Array, at: number): Uint8Array[] | null {
  const string = element(bytes, at);
  if (string?.tag === 0x04) return [bytes.subarray(string.start, string.end)];
  if (string?.tag !== 0x24) return null;
  const pieces: Uint8Array[] = [];
  let piece = element(bytes, string.start);
  while (piece?.tag === 0x04 && piece.start <= string.end && pieces.length < MAX_PIECES) {
    pieces.push(bytes.subarray(piece.start, piece.end));
    piece = piece.end < string.end ? element(bytes, piece.end) : null;
  }
  return pieces;
}

/** Where an element of known or, as programs that stream write it, unknown length is followed by the next. */
function afterElement(bytes: Uint8Array, { start, end, open }: Element): number {
  if (!open) return end;
  let at = start;
  for (let child = element(bytes, at); child !== null && child.tag !== 0; child = element(bytes, at)) {
    if (child.open) return bytes.length; // Nobody nests these in a set of algorithms.
    at = child.end;
  }
  return at + 2;
}

/** An element of BER; null when it is cut off. An open one is said to reach to the end. */
function element(bytes: Uint8Array, at: number): Element | null {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined) return null;
  if (first === 0x80) return { tag, start: at + 2, end: bytes.length, open: true };
  const count = first < 0x80 ? 0 : first & 0x7f;
  if (count > 4) return null;
  let length = count === 0 ? first : 0;
  for (let digit = 0; digit < count; digit++) length = length * 256 + (bytes[at + 2 + digit] ?? 0);
  const start = at + 2 + count;
  return start + length <= bytes.length ? { tag, start, end: start + length, open: false } : null;
}
