/**
 * Reads values from bytes (ISO 32000-2 §7.2, §7.3). It reads from a window onto the file; a value that runs
 * past the window is told apart from one that is wrong, so that the caller can widen the window.
 *
 * @module
 */
import { UnreadableError } from "../domain/unreadable.ts";
import { isDelimiter, isDigit, isRegular, isSpace, latin1 } from "./characters.ts";
import { hexString, literalString } from "./lexer_strings.ts";
import { UnexpectedEnd } from "./unexpected_end.ts";
import { nameOf, type PdfDict, type PdfName, type PdfRef, type PdfValue, refTo, stringOf } from "./values.ts";

/** How many values one object may hold: each takes about a hundred bytes of memory, and a microsecond. */
const MAX_VALUES = 250_000;
/** A string takes as long as so many numbers, since it has memory of its own. */
const STRING_VALUES = 8;
/** Keys beyond so many take longer each, since a dictionary is then too large to be found again near at hand. */
const MANY_KEYS = 1_000;
const LATE_KEY_COST = 8;
/** How deep arrays and dictionaries may stand in one another. Real documents stay far below. */
const MAX_DEPTH = 100;

/** A number, in a form that takes no second look at any digit. */
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)$/;

const CODE = { percent: 0x25, open: 0x28, less: 0x3c, greater: 0x3e, slash: 0x2f, left: 0x5b, right: 0x5d };

/** A cursor over bytes. `position` may be set freely. */
export class Lexer {
  /** The bytes read from. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Index of the next byte. */
  position: number;
  readonly #lastCounts: boolean;
  #values = 0;
  #cost = 0;

  /** Starts at `position` of `bytes`. With `lastCounts` a key may stand twice: the last one counts. */
  constructor(bytes: Uint8Array<ArrayBuffer>, position = 0, { lastCounts = false } = {}) {
    this.#lastCounts = lastCounts;
    this.bytes = bytes;
    this.position = position;
  }

  /** What the values cost that it has read: a number 1, a string more, and so on with all else. */
  get cost(): number {
    return this.#values + this.#cost;
  }

  /** Skips white space and comments. */
  skipSpace(): void {
    for (;;) {
      const code = this.bytes[this.position];
      if (code === CODE.percent) this.#skipComment();
      else if (code !== undefined && isSpace(code)) this.position++;
      else return;
    }
  }

  /** The next run of regular characters after white space, such as `obj`; empty before a delimiter. */
  word(): string {
    this.skipSpace();
    const start = this.position;
    this.#passRegular();
    return this.#text(start);
  }

  /** The next whole number ≥ 0. Throws `malformed` when there is none. */
  natural(): number {
    const word = this.word();
    if (!/^\d{1,15}$/.test(word)) throw this.#malformed("a whole number was expected");
    return Number(word);
  }

  /** The next value. Throws `UnexpectedEnd`, or `UnreadableError`: `malformed`, `bomb`, `bad_xref` for a key that stands twice. */
  value(depth = 0): PdfValue {
    if (depth > MAX_DEPTH) throw this.#malformed("values are nested too deep");
    if (++this.#values > MAX_VALUES) {
      throw new UnreadableError("bomb", "Cannot read PDF value: it holds too many others");
    }
    this.skipSpace();
    switch (this.#peek()) {
      case CODE.slash:
        return this.#name();
      case CODE.left:
        return this.#array(depth);
      case CODE.open:
        return this.#string(literalString);
      case CODE.less:
        return this.#peek(1) === CODE.less ? this.#dict(depth) : this.#string(hexString);
      default:
        return this.#scalar(depth);
    }
  }

  #string(read: typeof literalString): PdfValue {
    this.#cost += STRING_VALUES - 1;
    return stringOf(read(this));
  }

  /** The byte `ahead` of the position. Throws `UnexpectedEnd` when there is none. */
  #peek(ahead = 0): number {
    const code = this.bytes[this.position + ahead];
    if (code === undefined) throw new UnexpectedEnd();
    return code;
  }

  #array(depth: number): PdfValue[] {
    this.position++;
    const items: PdfValue[] = [];
    for (;;) {
      this.skipSpace();
      if (this.#peek() === CODE.right) {
        this.position++;
        return items;
      }
      items.push(this.value(depth + 1));
    }
  }

  #dict(depth: number): PdfDict {
    this.position += 2;
    this.#cost++;
    const entries: PdfDict = new Map();
    for (;;) {
      this.skipSpace();
      const code = this.#peek();
      if (code === CODE.greater && this.#peek(1) === CODE.greater) {
        this.position += 2;
        return entries;
      }
      if (code !== CODE.slash) throw this.#malformed("a key was expected");
      const key = this.#name().name;
      this.#cost += entries.size < MANY_KEYS ? 1 : LATE_KEY_COST;
      this.#peek(); // A name that the window cuts may read like another.
      // ISO 32000-2 §7.3.7: no key twice. Readers differ in which they take, so neither can be trusted;
      // when the file is rewritten, one is left.
      if (entries.has(key) && !this.#lastCounts) {
        throw new UnreadableError("bad_xref", "Cannot read PDF value: a key stands twice");
      }
      entries.set(key, this.value(depth + 1));
    }
  }

  #name(): PdfName {
    const start = ++this.position;
    this.#passRegular();
    const raw = this.#text(start);
    const name = raw.includes("#")
      ? raw.replace(/#([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
      : raw;
    return nameOf(name);
  }

  /** A number, reference, `true`, `false`, `null`, or a token that the standard does not know. */
  #scalar(depth: number): PdfValue {
    const reference = this.#plainReference();
    if (reference) return reference;
    if (isDelimiter(this.#peek())) throw this.#malformed("a delimiter stands where a value was expected");
    const start = this.position;
    this.#passRegular();
    const text = this.#text(start);
    const number = NUMBER.test(text) ? Number(text) : NaN;
    // What no double holds stays a token: it can be rewritten, but not be counted with.
    if (Number.isFinite(number)) {
      return /^\d{1,15}$/.test(text) ? this.#reference(number, depth) ?? number : number;
    }
    if (text === "true" || text === "false") return text === "true";
    return text === "null" ? null : { kind: "token", text };
  }

  /**
   * A reference in the form that all producers write, `12 0 R`, without an array or a string on the way: a list of
   * pages is tens of thousands of them. Null for anything else, which is then looked at closely.
   */
  #plainReference(): PdfRef | null {
    const space = this.#digitsFrom(this.position, 10);
    const mark = this.#digitsFrom(space + 1, 5);
    if (this.bytes[space] !== 0x20 || this.bytes[mark] !== 0x20 || this.bytes[mark + 1] !== 0x52) return null;
    const next = this.bytes[mark + 2];
    if (next === undefined || isRegular(next)) return null;
    const reference = refTo(this.#number(this.position, space), this.#number(space + 1, mark));
    this.position = mark + 2;
    return reference;
  }

  /** Where the digits end that stand from `from` on, of at most `most`; the end of all when there are none. */
  #digitsFrom(from: number, most: number): number {
    let at = from;
    while (at < from + most && isDigit(this.bytes[at])) at++;
    return at === from ? this.bytes.length : at;
  }

  #number(from: number, to: number): number {
    let value = 0;
    for (let at = from; at < to; at++) value = value * 10 + this.bytes[at]! - 0x30;
    return value;
  }

  /** After a whole number: the reference it begins, if the next words are `0 R`. Throws `UnexpectedEnd`. */
  #reference(number: number, depth: number): PdfValue | null {
    const after = this.position;
    const digit = this.#afterSpaces(after);
    if (digit > after && isDigit(this.bytes[digit])) {
      this.position = digit;
      this.#passRegular();
      const generation = this.#text(digit);
      const mark = this.#afterSpaces(this.position);
      // Inside of something that is still to be closed, what is missing may be the `R`.
      if (depth > 0 && mark >= this.bytes.length) throw new UnexpectedEnd();
      if (mark > this.position && /^\d{1,5}$/.test(generation) && this.bytes[mark] === 0x52) {
        const next = this.bytes[mark + 1];
        this.position = mark + 1;
        if (next === undefined || !isRegular(next)) return refTo(number, Number(generation));
      }
    }
    this.position = after;
    return null;
  }

  #afterSpaces(from: number): number {
    let at = from;
    while (at < this.bytes.length && isSpace(this.bytes[at]!)) at++;
    return at;
  }

  #skipComment(): void {
    let code = this.bytes[this.position];
    while (code !== undefined && code !== 10 && code !== 13) code = this.bytes[++this.position];
  }

  #passRegular(): void {
    while (this.position < this.bytes.length && isRegular(this.bytes[this.position]!)) this.position++;
  }

  #text(start: number): string {
    return latin1(this.bytes.subarray(start, this.position));
  }

  #malformed(what: string): UnreadableError {
    return new UnreadableError("malformed", `Cannot read PDF value: ${what}`);
  }
}
