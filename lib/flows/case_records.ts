/**
 * Where a case and its history stand in the store. Keys begin with a shard of the case number, so that one
 * case's records stay together and no range takes all writes.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Case, CaseNumber } from "../domain/case.ts";
import type { CaseEvent, RecordedEvent } from "../domain/case_event.ts";
import type { Entry, Key, Store } from "../ports.ts";

/** How many ranges the cases are spread over. */
export const CASE_SHARDS = 16;

/** The shard of a case: a number below 16, spread evenly, the same for ever. */
export function shardOf(number: CaseNumber): number {
  return (createHash("sha256").update(number).digest()[0] ?? 0) % CASE_SHARDS;
}

/** Key of the case as it now is. */
export const headKey = (number: CaseNumber): Key => ["case", shardOf(number), number, "head"];

const eventPrefix = (number: CaseNumber): Key => ["case", shardOf(number), number, "event"];

/** Key of one event of the history. */
export const eventKey = (number: CaseNumber, seq: number): Key => [...eventPrefix(number), seq];

/** The case as it now is, or null for a number that no case has. */
export function readCase(store: Store, number: CaseNumber): Promise<Entry<Case> | null> {
  return store.get<Case>(headKey(number));
}

/** One event of a case; null where there is none. */
export async function eventOf(
  { store }: { readonly store: Store },
  number: CaseNumber,
  seq: number,
): Promise<CaseEvent | null> {
  return (await store.get<RecordedEvent>(eventKey(number, seq)))?.value.event ?? null;
}

/** The whole history of a case, first event first. */
export async function readHistory(store: Store, number: CaseNumber): Promise<RecordedEvent[]> {
  const history: RecordedEvent[] = [];
  for await (const entry of store.list<RecordedEvent>({ prefix: eventPrefix(number) })) {
    history.push(entry.value);
  }
  return history;
}
