/**
 * Goes through a source byte by byte, from any place on.
 *
 * @module
 */
import type { ByteSource } from "../ports.ts";
import { isDigit, isRegular, isSpace } from "./characters.ts";

const WINDOW = 1 << 16;

/** A place in a source. Beyond the end every byte is −1. */
export class ByteCursor {
  readonly #source: ByteSource;
  #window: Uint8Array = new Uint8Array(0);
  #start = 0;
  #at: number;

  /** Begins at `position`. */
  constructor(source: ByteSource, position: number) {
    this.#source = source;
    this.#at = position;
  }

  /** Where it stands. */
  get position(): number {
    return this.#at;
  }

  /** The byte where it stands. */
  peek(): number {
    const index = this.#at - this.#start;
    const code = index >= 0 ? this.#window[index] : undefined;
    if (code !== undefined) return code;
    this.#start = this.#at;
    this.#window = this.#source.read(this.#at, WINDOW);
    return this.#window[0] ?? -1;
  }

  /** Moves on by one byte, or by some. */
  next(bytes = 1): void {
    this.#at += bytes;
  }

  /** Passes white space. */
  skipSpace(): void {
    while (this.peek() >= 0 && isSpace(this.peek())) this.next();
  }

  /** A whole number ≥ 0 of at most 12 digits, after white space; −1 when there is none. */
  natural(): number {
    this.skipSpace();
    if (!isDigit(this.peek())) return -1;
    let value = 0;
    for (let digits = 0; isDigit(this.peek()); digits++) {
      if (digits === 12) return -1;
      value = value * 10 + this.peek() - 0x30;
      this.next();
    }
    return value;
  }

  /** The run of regular characters after white space, of at most 16. */
  word(): string {
    this.skipSpace();
    let word = "";
    while (word.length < 16 && this.peek() >= 0 && isRegular(this.peek())) {
      word += String.fromCharCode(this.peek());
      this.next();
    }
    return word;
  }
}
