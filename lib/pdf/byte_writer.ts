/**
 * Gathers text and bytes, and lays them out in one array at the end: an array for each of many small pieces costs
 * more than what is written in it.
 *
 * @module
 */
import { writeLatin1 } from "./characters.ts";

/** Bytes in the making. */
export class ByteWriter {
  readonly #pieces: (string | Uint8Array)[] = [];
  #size = 0;

  /** How many bytes were written so far. */
  get size(): number {
    return this.#size;
  }

  /** Appends bytes, or text of which each character stands for one byte. */
  write(piece: string | Uint8Array): void {
    this.#pieces.push(piece);
    this.#size += piece.length;
  }

  /** All that was written. */
  bytes(): Uint8Array<ArrayBuffer> {
    const whole = new Uint8Array(this.#size);
    let at = 0;
    for (const piece of this.#pieces) {
      if (typeof piece === "string") writeLatin1(piece, whole, at);
      else whole.set(piece, at);
      at += piece.length;
    }
    return whole;
  }
}
