/**
 * Turns BER into DER as far as CMS of other programs needs it (ITU-T X.690 §8): indefinite lengths, lengths with
 * leading zeros, strings in pieces. Old Java libraries write signatures so, and RFC 5652 §2 allows it; what is
 * signed is DER all the same (§5.4), so nothing that proves anything is altered.
 *
 * @module
 */
import { type Bytes, TAG, unreadableDer } from "./der.ts";
import { element } from "./der_write.ts";

/** What stood at the beginning of some bytes, as DER. */
export type FromBer = {
  readonly der: Bytes;
  /** How many bytes it took as BER. */
  readonly length: number;
};

const CONSTRUCTED = 0x20;
const INDEFINITE = 0x80;
/** Deepest nesting: a signature with a timestamp and its certificates has about twenty. */
const MAX_DEPTH = 64;
/** Most elements within one. */
const MAX_CHILDREN = 10_000;
/** Most elements in all. */
const MAX_ELEMENTS = 100_000;
/** Most bytes that may come out of all levels together: every level copies what it holds. */
const MAX_COPIED = 64 << 20;

type Read = { readonly end: number; readonly der: Bytes };

/** The element that bytes begin with. Throws `UnreadableError` for what is no BER either. */
export function derFromBer(bytes: Bytes, where = "BER"): FromBer {
  const { end, der } = new BerReader(bytes, where).elementAt(0, bytes.length, 0);
  return { der, length: end };
}

class BerReader {
  readonly #bytes: Bytes;
  readonly #where: string;
  #left = MAX_COPIED;
  #elementsLeft = MAX_ELEMENTS;

  constructor(bytes: Bytes, where: string) {
    this.#bytes = bytes;
    this.#where = where;
  }

  elementAt(at: number, limit: number, depth: number): Read {
    const tag = this.#byteAt(at, limit);
    const first = this.#byteAt(at + 1, limit);
    if ((tag & 0x1f) === 0x1f) throw this.#fault("a tag of more than one byte");
    if (depth > MAX_DEPTH) throw this.#fault("it is nested too deeply");
    if (this.#elementsLeft-- === 0) throw this.#fault("too many elements");
    const constructed = (tag & CONSTRUCTED) !== 0;
    if (first === INDEFINITE) {
      if (!constructed) throw this.#fault("a value without an end");
      const { parts, end } = this.#children(at + 2, limit, null, depth);
      return { end, der: this.#join(tag, parts) };
    }
    const { length, start } = this.#lengthAt(at + 1, limit);
    const end = start + length;
    if (end > limit) throw this.#fault("an element is longer than what holds it");
    if (!constructed) return { end, der: this.#join(tag, [this.#bytes.subarray(start, end)]) };
    return { end, der: this.#join(tag, this.#children(start, end, end, depth).parts) };
  }

  /** The elements up to `end`, or up to the two zeros that end an indefinite length (§8.1.5). */
  #children(at: number, limit: number, end: number | null, depth: number): { parts: Bytes[]; end: number } {
    const parts: Bytes[] = [];
    while (end === null || at < end) {
      if (end === null && this.#byteAt(at, limit) === 0 && this.#byteAt(at + 1, limit) === 0) {
        return { parts, end: at + 2 };
      }
      if (parts.length === MAX_CHILDREN) throw this.#fault("too many elements");
      const child = this.elementAt(at, limit, depth + 1);
      parts.push(child.der);
      at = child.end;
    }
    return { parts, end: at };
  }

  /** §8.7.3: an OCTET STRING in pieces is the pieces' contents in a row. */
  #join(tag: number, parts: readonly Bytes[]): Bytes {
    const inPieces = tag === (TAG.octetString | CONSTRUCTED);
    const contents = inPieces ? parts.map((part) => contentOf(part)) : parts;
    this.#left -= contents.reduce((sum, part) => sum + part.length, 0);
    if (this.#left < 0) throw this.#fault("it is too large");
    return element(inPieces ? TAG.octetString : tag, ...contents);
  }

  #lengthAt(at: number, limit: number): { length: number; start: number } {
    const first = this.#byteAt(at, limit);
    if (first < 0x80) return { length: first, start: at + 1 };
    let length = 0;
    const size = first & 0x7f;
    for (let i = 1; i <= size; i++) {
      length = length * 256 + this.#byteAt(at + i, limit);
      if (length > this.#bytes.length) throw this.#fault("an element is longer than what holds it");
    }
    return { length, start: at + 1 + size };
  }

  #byteAt(at: number, limit: number): number {
    const byte = at < limit ? this.#bytes[at] : undefined;
    if (byte === undefined) throw this.#fault("it ends too early");
    return byte;
  }

  #fault(problem: string): Error {
    return unreadableDer(this.#where, problem);
  }
}

/** What an element of DER holds; it was written here, so its length is in its shortest form. */
function contentOf(der: Bytes): Bytes {
  const first = der[1]!;
  return der.subarray(first < 0x80 ? 2 : 2 + (first & 0x7f));
}
