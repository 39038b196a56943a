/**
 * A store that lasts as long as its process: for tests and trials.
 *
 * @module
 */
import { deserialize } from "node:v8";
import {
  type Check,
  type Commit,
  type Entry,
  type Key,
  PortError,
  type Range,
  type Store,
} from "../ports.ts";
import { encodeRange } from "./store_key.ts";
import { assertWithinLimits, checkedKey, checkedKeys, serialised } from "./store_limits.ts";

type Row = { readonly key: Key; readonly bytes: Uint8Array; readonly version: string };

/** Makes an empty store. Values are kept serialised, so nothing is shared with callers. */
export function memoryStore(): Store {
  return new MemoryStore();
}

class MemoryStore implements Store {
  readonly #rows = new Map<string, Row>();
  /** Encoded keys in order. */
  #order: string[] = [];
  #commits = 0;
  #closed = false;

  get<T>(key: Key): Promise<Entry<T> | null> {
    return this.#run(() => this.#entry<T>(checkedKey(key)));
  }

  getMany<T>(keys: readonly Key[]): Promise<(Entry<T> | null)[]> {
    return this.#run(() => checkedKeys(keys).map((text) => this.#entry<T>(text)));
  }

  async *list<T>(range: Range): AsyncIterable<Entry<T>> {
    const found = await this.#run(() => {
      const { from, to } = encodeRange(range);
      const texts = this.#order.slice(position(this.#order, from), position(this.#order, to));
      return (range.reverse ? texts.reverse() : texts).slice(0, range.limit);
    });
    for (const text of found) {
      const entry = await this.#run(() => this.#entry<T>(text));
      if (entry !== null) yield entry;
    }
  }

  commit(commit: Commit): Promise<boolean> {
    return this.#run(() => {
      assertWithinLimits(commit);
      if (!(commit.checks ?? []).every((check) => this.#holds(check))) return false;
      const version = String(++this.#commits).padStart(20, "0");
      const rows = (commit.sets ?? []).map(([key, value]) => ({ key, bytes: serialised(value), version }));
      for (const row of rows) this.#put(checkedKey(row.key), row);
      for (const key of commit.deletes ?? []) this.#remove(checkedKey(key));
      return true;
    });
  }

  close(): void {
    this.#closed = true;
  }

  /** Runs work in one go; what it throws rejects, as it would from an engine outside the process. */
  // deno-lint-ignore require-await
  async #run<R>(work: () => R): Promise<R> {
    if (this.#closed) {
      throw new PortError("unavailable", "Cannot use the store: closed", { retryable: false });
    }
    return work();
  }

  #entry<T>(text: string): Entry<T> | null {
    const row = this.#rows.get(text);
    if (row === undefined) return null;
    return { key: row.key, value: deserialize(row.bytes) as T, version: row.version };
  }

  #holds(check: Check): boolean {
    return (this.#rows.get(checkedKey(check.key))?.version ?? null) === check.version;
  }

  #put(text: string, row: Row): void {
    if (!this.#rows.has(text)) this.#order.splice(position(this.#order, text), 0, text);
    this.#rows.set(text, { ...row, key: [...row.key] });
  }

  #remove(text: string): void {
    if (this.#rows.delete(text)) this.#order.splice(position(this.#order, text), 1);
  }
}

/** Index of the first element not below `text`. */
function position(sorted: readonly string[], text: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < text) low = middle + 1;
    else high = middle;
  }
  return low;
}
