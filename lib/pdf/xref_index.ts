/**
 * Where every object of a file is, eight bytes an object, since a file of 50 MB may hold a million.
 *
 * @module
 */
import { UnreadableError } from "../domain/unreadable.ts";

/** Where an object is. */
export type XrefEntry =
  | { readonly in: "file"; readonly offset: number; readonly generation: number }
  | { readonly in: "stream"; readonly container: number; readonly index: number };

/** The highest object number that may be used (ISO 32000-1 Annex C; other readers rely on it). */
export const MAX_OBJECT_NUMBER = 8_388_607;

/** The most entries that all sections may have together. */
const MAX_ENTRIES = 2_000_000;
/** The most runs of entries: careless producers write one for each object. */
const MAX_RUNS = 250_000;
const MAX_PLACE = 2 ** 35;
const FREE = 1;
const IN_FILE = 2;
const IN_STREAM = 3;

/** The merged sections. The first entry given for an object stays: sections are read newest first. */
export class XrefIndex {
  #packed = new Float64Array(1024);
  #entries = 0;
  #runs = 0;
  #highest = 0;

  /** The highest object number that any section lists. */
  get highest(): number {
    return this.#highest;
  }

  /** Says that `count` entries from `first` on will follow. Throws `malformed` when there are too many. */
  expect(first: number, count: number): void {
    this.#entries += count;
    this.#runs++;
    const last = first + count - 1;
    if (last > MAX_OBJECT_NUMBER || this.#entries > MAX_ENTRIES || this.#runs > MAX_RUNS) {
      throw new UnreadableError("malformed", "Cannot read cross-reference: object numbers are too large");
    }
    if (count > 0 && last > this.#highest) this.#highest = last;
    if (last < this.#packed.length) return;
    const grown = new Float64Array(Math.max(last + 1, this.#packed.length * 2));
    grown.set(this.#packed);
    this.#packed = grown;
  }

  /** The object is not in use. */
  free(number: number): void {
    this.#set(number, 0, 0, FREE);
  }

  /** The object stands at `offset`. */
  inFile(number: number, offset: number, generation: number): void {
    this.#set(number, offset, generation, IN_FILE);
  }

  /** The object is the `index`th of object stream `container`. */
  inStream(number: number, container: number, index: number): void {
    this.#set(number, container, index, IN_STREAM);
  }

  /** Where the object is; null when it is free or unknown. */
  get(number: number): XrefEntry | null {
    const packed = this.#packed[number] ?? 0;
    const kind = packed % 4;
    if (kind < IN_FILE) return null;
    const rest = (packed - kind) / 4;
    const low = rest % 65536;
    const high = (rest - low) / 65536;
    return kind === IN_FILE
      ? { in: "file", offset: high, generation: low }
      : { in: "stream", container: high, index: low };
  }

  /** Every object number in use, in order. */
  *numbers(): Generator<number> {
    for (let number = 0; number <= this.#highest; number++) {
      if (this.#packed[number]! % 4 >= IN_FILE) yield number;
    }
  }

  #set(number: number, high: number, low: number, kind: number): void {
    if (this.#packed[number] !== 0) return;
    if (high >= MAX_PLACE) {
      throw new UnreadableError("bad_xref", "Cannot read cross-reference: it points beyond the file");
    }
    this.#packed[number] = (high * 65536 + Math.min(low, 65535)) * 4 + kind;
  }
}
