/**
 * Watches the lines of a message as it goes by. Hashing what no honest mail holds, a line without end or millions of
 * bare line feeds, would keep the checks of all other mails waiting.
 *
 * @module
 */

/** Longest line, in bytes; RFC 5322 §2.1.1 allows 998, careless programs write more. */
const MAX_LINE = 100_000;

/** Line feeds without a carriage return: a whole mail of 50 MB that a pipe has rewritten. */
const MAX_BARE = 1_000_000;

/** Watches one message. */
export class LineWatch {
  #length = 0;
  #bare = 0;
  #last = 0;

  /** Takes the next piece; whether all is well so far. */
  take(piece: Uint8Array): boolean {
    let at = 0;
    for (let end = piece.indexOf(10); end >= 0; end = piece.indexOf(10, at)) {
      if ((end === 0 ? this.#last : piece[end - 1]) !== 13) this.#bare++;
      if (this.#length + end - at > MAX_LINE) return false;
      this.#length = 0;
      at = end + 1;
    }
    this.#length += piece.length - at;
    this.#last = piece.at(-1) ?? this.#last;
    return this.#length <= MAX_LINE && this.#bare <= MAX_BARE;
  }
}
