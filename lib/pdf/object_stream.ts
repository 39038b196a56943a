/**
 * Objects that stand together in a compressed stream (ISO 32000-2 §7.5.7).
 *
 * @module
 */
import { UnreadableError } from "../domain/unreadable.ts";
import type { Budget } from "./budget.ts";
import { Lexer } from "./lexer.ts";
import { isDict, naturalNumber, type PdfValue } from "./values.ts";

/** The most objects in one stream; producers write some hundreds. */
const MAX_OBJECTS = 1 << 16;

/** A value, and what it cost to read. */
export type ReadValue = { readonly value: PdfValue; readonly cost: number };

/** An object stream, decoded. */
export class ObjectStream {
  /** The decoded data. */
  readonly data: Uint8Array<ArrayBuffer>;
  readonly #numbers: readonly number[];
  readonly #offsets: readonly number[];
  readonly #budget: Budget;
  #placeOf: Map<number, number> | null = null;

  /** Reads the directory at the start of `data`. Throws `malformed`. */
  constructor(dict: PdfValue, data: Uint8Array<ArrayBuffer>, budget: Budget) {
    const count = isDict(dict) ? naturalNumber(dict.get("N")) : undefined;
    const first = isDict(dict) ? naturalNumber(dict.get("First")) : undefined;
    if (count === undefined || first === undefined || count > MAX_OBJECTS || first > data.length) {
      throw new UnreadableError("malformed", "Cannot read object stream: its directory is wrong");
    }
    const numbers: number[] = [];
    const offsets: number[] = [];
    const lexer = new Lexer(data.subarray(0, first));
    for (let i = 0; i < count; i++) {
      numbers.push(lexer.natural());
      offsets.push(first + lexer.natural());
    }
    budget.spend(lexer.position);
    this.data = data;
    this.#numbers = numbers;
    this.#offsets = offsets;
    this.#budget = budget;
  }

  /** Object `number`, which the cross-reference holds to be the `index`th. Throws `bad_xref` when it is not here. */
  object(number: number, index: number): ReadValue {
    const place = this.#numbers[index] === number ? index : this.#find(number);
    const offset = place === undefined ? undefined : this.#offsets[place];
    if (offset === undefined) {
      throw new UnreadableError("bad_xref", "Cannot read PDF object: it is not in its stream", {
        where: `object ${number}`,
      });
    }
    return this.#valueAt(offset);
  }

  /** Reads every object; of a key that stands twice, the last counts. Throws `malformed` when one can't be read, or when they overlap. */
  readAll(): void {
    for (const offset of this.#offsets) this.#valueAt(offset, { lastCounts: true });
  }

  #valueAt(offset: number, reading = { lastCounts: false }): ReadValue {
    const lexer = new Lexer(this.data, offset, reading);
    try {
      return { value: lexer.value(), cost: lexer.cost };
    } finally {
      this.#budget.spend(lexer.position - offset, lexer.cost);
    }
  }

  /** Where an object stands whose place the cross-reference has wrong; of several, the first. */
  #find(number: number): number | undefined {
    this.#placeOf ??= new Map(this.#numbers.map((each, place) => [each, place] as const).reverse());
    return this.#placeOf.get(number);
  }
}
