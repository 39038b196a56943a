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
/** What the values may cost that are read in all revisions of a file together; 2,000 tagged pages cost some millions. */
const MAX_COST = 10_000_000;

/** What is left of the work that all revisions of one file may cause together. */
export class Work {
  #left: number;

  /** So much, in what values cost; by default as much as any file gets. */
  constructor(cost: number = MAX_COST) {
    this.#left = cost;
  }

  /** What is left. */
  get left(): number {
    return this.#left;
  }

  /** Accounts for values that were read. Throws `bomb` when nothing is left. */
  spend(cost: number): void {
    this.#left -= cost;
    if (this.#left < 0) throw new UnreadableError("bomb", "Cannot read PDF: it holds too many values");
  }
}

/** What is left to spend on one file. */
export class Budget {
  #bytes: number;
  #inflated = MAX_INFLATED_IN_ALL;
  readonly #work: Work;

  /** For a file of `size` bytes. */
  constructor(size: number, work: Work = new Work()) {
    this.#bytes = FREE_BYTES + TIMES_READ * size;
    this.#work = work;
  }

  /**
   * Accounts for bytes that were gone through, and for what the values in them cost. Throws `malformed` or `bomb` when
   * nothing is left.
   */
  spend(bytes: number, cost = 0): void {
    this.#work.spend(cost);
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
