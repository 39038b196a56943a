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

/** An object stream, decoded. */
export class ObjectStream {
  /** The decoded data. */
  readonly data: Uint8Array<ArrayBuffer>;
  readonly #numbers: readonly number[];
  readonly #offsets: readonly number[];
  readonly #budget: Budget;

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
  object(number: number, index: number): PdfValue {
    const place = this.#numbers[index] === number ? index : this.#numbers.indexOf(number);
    const offset = this.#offsets[place];
    if (offset === undefined) {
      throw new UnreadableError("bad_xref", "Cannot read PDF object: it is not in its stream", {
        where: `object ${number}`,
      });
    }
    const lexer = new Lexer(this.data, offset);
    const value = lexer.value();
    this.#budget.spend(lexer.position - offset);
    return value;
  }
}
