/**
 * Goes through all cases without reading their histories.
 *
 * @module
 */
import type { Case, CaseNumber } from "../domain/case.ts";
import type { Key, Store } from "../ports.ts";
import { CASE_SHARDS, headKey, readCase } from "./case_records.ts";

/** The number of every case, in no particular order. One that begins meanwhile may be missed. */
export async function* eachNumber(store: Store): AsyncGenerator<CaseNumber> {
  for (let shard = 0; shard < CASE_SHARDS; shard++) {
    const prefix: Key = ["case", shard];
    let number = await firstAfter(store, prefix, null);
    while (number !== null) {
      yield number;
      number = await firstAfter(store, prefix, number);
    }
  }
}

/** Every case as it now is, likewise. */
export async function* eachCase(store: Store): AsyncGenerator<Case> {
  for await (const number of eachNumber(store)) {
    const head = await readCase(store, number);
    if (head) yield head.value;
  }
}

/** The first case behind the records of another one. */
async function firstAfter(store: Store, prefix: Key, number: CaseNumber | null): Promise<CaseNumber | null> {
  // The head is the last record of a case, and what lies under its key comes right behind it.
  const start = number === null ? {} : { start: [...headKey(number), ""] };
  for await (const { key } of store.list({ prefix, ...start, limit: 1 })) return String(key[2]);
  return null;
}
