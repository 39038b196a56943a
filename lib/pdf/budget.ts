/**
 * A bound on the work that one file may cause. Hostile files overlap their objects, so that a few megabytes
 * are read a million times; an honest one is read about once.
 *
 * @module
 */
import { UnreadableError } from "../domain/unreadable.ts";
import { inflate, MAX_INFLATED } from "./inflate.ts";

const FREE_BYTES = 32 << 20;
const TIMES_READ = 4;
const MAX_INFLATED_IN_ALL = 256 << 20;

/** What is left to spend on one file. */
export class Budget {
  #bytes: number;
  #inflated = MAX_INFLATED_IN_ALL;

  /** For a file of `size` bytes. */
  constructor(size: number) {
    this.#bytes = FREE_BYTES + TIMES_READ * size;
  }

  /** Accounts for bytes that were gone through. Throws `malformed` when nothing is left. */
  spend(bytes: number): void {
    this.#bytes -= bytes;
    if (this.#bytes < 0) throw new UnreadableError("malformed", "Cannot read PDF: its parts overlap");
  }

  /** Inflates a stream. Throws `bomb` when it, or all streams together, grow too far. */
  inflate(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
    const out = inflate(bytes, Math.min(MAX_INFLATED, this.#inflated));
    this.#inflated -= out.length;
    return out;
  }
}
