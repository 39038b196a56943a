/**
 * Files within plain text as programs before MIME sent them, and as Outlook still does when it is told to
 * (POSIX uuencode).
 *
 * @module
 */

import { Buffer } from "node:buffer";

/** Receives a file that was found; it must read the content to its end. */
export type TakeFile = (name: Uint8Array, content: AsyncIterable<Uint8Array>) => Promise<void>;

/** Longest line that is looked at whole, in bytes; a longer one is text. */
const MAX_LINE = 8_192;

/** How a file begins. */
const BEGIN = "begin ";

/** The text of a part without the files in it, which go to `take` one after the other. */
export async function* withoutUuencoded(
  content: AsyncIterable<Uint8Array>,
  take: TakeFile,
): AsyncGenerator<Uint8Array> {
  const lines = new Lines(content);
  try {
    for (let text = await lines.untilBegin(); text !== null; text = await lines.untilBegin()) {
      if (text.length > 0) yield text;
      const line = text.length > 0 ? null : await lines.next();
      if (line === null) continue;
      const name = nameIn(line);
      const first = name === null ? null : await lines.next();
      if (first !== null) lines.back(first);
      if (name !== null && first !== null && bytesOf(first) !== null) await take(name, fileIn(lines));
      else yield line;
    }
  } finally {
    await lines.leave(); // Who reads only the beginning must leave the rest to be drained.
  }
}

/** What follows `begin 644 `, when a line says just that. */
function nameIn(line: Uint8Array): Uint8Array | null {
  const found = /^begin [0-7]{3,4} (?=\S)/.exec(latin1(line.subarray(0, 20)))?.[0];
  return found === undefined ? null : trimmed(line).subarray(found.length);
}

/** The content up to `end`, or to the first line that can belong to no file. */
async function* fileIn(lines: Lines): AsyncGenerator<Uint8Array> {
  for (let line = await lines.next(); line !== null; line = await lines.next()) {
    if (latin1(trimmed(line)) === "end") return;
    const bytes = bytesOf(line);
    if (bytes === null) return lines.back(line);
    if (bytes.length > 0) yield bytes;
  }
}

/** The bytes of one line: how many, then four characters for three of them; null when it is none. */
function bytesOf(line: Uint8Array): Uint8Array | null {
  const characters = trimmed(line);
  const count = valueOf(characters[0] ?? 0);
  const needed = Math.ceil(count / 3) * 4;
  // Some programs put a checksum behind, of one character.
  if (characters.length < 1 + needed || characters.length > 2 + needed) return null;
  if (characters.some((code) => code < 0x20 || code > 0x60)) return null;
  const bytes = new Uint8Array(Math.ceil(count / 3) * 3);
  for (let group = 0; group * 4 < needed; group++) {
    const [a = 0, b = 0, c = 0, d = 0] = [...characters.subarray(1 + group * 4, 5 + group * 4)].map(valueOf);
    bytes.set([(a << 2) | (b >> 4), (b << 4) | (c >> 2), (c << 6) | d].map((byte) => byte & 255), group * 3);
  }
  return bytes.subarray(0, count);
}

const EMPTY = new Uint8Array();
const valueOf = (code: number): number => (code - 0x20) & 63;
const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

/** Without the end of the line. */
function trimmed(line: Uint8Array): Uint8Array {
  let end = line.length;
  while (end > 0 && (line[end - 1] === 0x0a || line[end - 1] === 0x0d)) end--;
  return line.subarray(0, end);
}

/** Content line by line, each with its end; one line may be given back. */
class Lines {
  readonly #content: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array();
  #ended = false;
  #back: Uint8Array | null = null;
  /** Whether what comes next goes on with a line of which a piece was given. */
  #within = false;

  constructor(content: AsyncIterable<Uint8Array>) {
    this.#content = content[Symbol.asyncIterator]();
  }

  /** Gives a line back, to be the next again. */
  back(line: Uint8Array): void {
    this.#back = line;
  }

  /** As much text as is at hand before a line that begins as a file does; empty at such a line, null at the end. */
  async untilBegin(): Promise<Uint8Array | null> {
    if (this.#back !== null) return latin1(this.#back.subarray(0, 6)) === BEGIN ? EMPTY : await this.next();
    for (;;) {
      const text = Buffer.from(this.#rest.buffer, this.#rest.byteOffset, this.#rest.length);
      if (!this.#within && text.subarray(0, 6).toString("latin1") === BEGIN) return EMPTY;
      const before = text.indexOf(`\n${BEGIN}`) + 1;
      const length = before > 0 ? before : this.#givable(text);
      if (length > 0) return this.#take(length);
      if (this.#ended) return null;
      await this.#more();
    }
  }

  /** Whole lines; a line that is not whole only when it is too long to wait for. */
  #givable(text: Buffer): number {
    return this.#ended || text.length >= MAX_LINE && !text.includes(0x0a)
      ? text.length
      : text.lastIndexOf(0x0a) + 1;
  }

  /** The next line, or a piece of one that is too long; null at the end. */
  async next(): Promise<Uint8Array | null> {
    if (this.#back !== null) {
      const line = this.#back;
      this.#back = null;
      return line;
    }
    for (;;) {
      const end = this.#rest.indexOf(0x0a) + 1;
      const length = end > 0 ? end : this.#ended || this.#rest.length >= MAX_LINE ? this.#rest.length : 0;
      if (length > 0) return this.#take(length);
      if (this.#ended) return null;
      await this.#more();
    }
  }

  /** Reads no more. */
  async leave(): Promise<void> {
    await this.#content.return?.();
  }

  #take(length: number): Uint8Array {
    const line = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    this.#within = line.at(-1) !== 0x0a;
    return line;
  }

  async #more(): Promise<void> {
    const { done, value } = await this.#content.next();
    if (done) this.#ended = true;
    else if (this.#rest.length === 0) this.#rest = value;
    else {
      const joined = new Uint8Array(this.#rest.length + value.length);
      joined.set(this.#rest);
      joined.set(value, this.#rest.length);
      this.#rest = joined;
    }
  }
}
