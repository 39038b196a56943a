/**
 * Strict DER, read lazily: an element is looked into only when it is asked for, so that no input, however
 * deeply nested, costs more than its own length (ITU-T X.690 §10: definite lengths, shortest form).
 *
 * @module
 */
import { UnreadableError } from "../domain/unreadable.ts";

/** Bytes of our own, never shared. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** One DER element. */
export type DerNode = {
  /** The identifier octet: class, constructed bit and number (≤ 30). */
  readonly tag: number;
  /** What the element holds. */
  readonly content: Bytes;
  /** The element itself with tag and length. */
  readonly whole: Bytes;
};

/** Identifier octets of the universal types that certificates and signatures use. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  visibleString: 0x1a,
  universalString: 0x1c,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Most children of one element that are read at once; longer lists are gone through with `eachChild`. */
const MAX_CHILDREN = 10_000;

/** The identifier octet of the context-specific tag `[number]`. */
export function contextTag(number: number, constructed: boolean): number {
  return (constructed ? 0xa0 : 0x80) | number;
}

/** The fault that every reader of this folder throws. */
export function unreadableDer(where: string, problem: string): UnreadableError {
  return new UnreadableError("der_invalid", `Cannot read ${where}: ${problem}`, { where });
}

/** Reads bytes that are exactly one element. Throws `UnreadableError`. */
export function readDer(bytes: Bytes, where = "DER"): DerNode {
  const node = readDerPrefix(bytes, where);
  if (node.whole.length !== bytes.length) throw unreadableDer(where, "bytes follow the element");
  return node;
}

/** Reads the element that bytes begin with; a PDF pads what it holds with zeros. Throws `UnreadableError`. */
export function readDerPrefix(bytes: Bytes, where = "DER"): DerNode {
  return elementAt(bytes, 0, where);
}

/** The elements within an element, one by one. Throws `UnreadableError`. */
export function* eachChild(node: DerNode, where = "DER"): Generator<DerNode> {
  for (let at = 0; at < node.content.length;) {
    const child = elementAt(node.content, at, where);
    yield child;
    at += child.whole.length;
  }
}

/** The elements within an element. Throws `UnreadableError`. */
export function childrenOf(node: DerNode, where = "DER"): DerNode[] {
  const children: DerNode[] = [];
  for (const child of eachChild(node, where)) {
    if (children.length === MAX_CHILDREN) throw unreadableDer(where, "too many elements");
    children.push(child);
  }
  return children;
}

function elementAt(bytes: Bytes, at: number, where: string): DerNode {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined) throw unreadableDer(where, "it ends too early");
  if ((tag & 0x1f) === 0x1f) throw unreadableDer(where, "a tag of more than one byte");
  const { length, size } = first < 0x80
    ? { length: first, size: 0 }
    : longLength(bytes, at + 2, first, where);
  const start = at + 2 + size;
  const end = start + length;
  if (end > bytes.length) throw unreadableDer(where, "an element is longer than what holds it");
  return { tag, content: bytes.subarray(start, end), whole: bytes.subarray(at, end) };
}

/** X.690 §8.1.3.5, §10.1: the long form only where the short one does not do, without leading zeros. */
function longLength(
  bytes: Bytes,
  at: number,
  first: number,
  where: string,
): { length: number; size: number } {
  const size = first & 0x7f;
  if (size === 0 || size > 4) throw unreadableDer(where, "an indefinite or huge length");
  let length = 0;
  for (let i = 0; i < size; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) throw unreadableDer(where, "it ends too early");
    length = length * 256 + byte;
  }
  if (length < 0x80 || bytes[at] === 0) throw unreadableDer(where, "a length not in its shortest form");
  return { length, size };
}
