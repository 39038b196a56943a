/**
 * The store's side of the due worker: which entries are due, claiming them, and what becomes of a claim. A claim
 * moves the entry to the end of its lease, so that an entry whose worker died is due again by itself.
 *
 * @module
 */
import { type Instant, plusMs } from "../domain/instant.ts";
import type { Entry, Store } from "../ports.ts";
import { DUE_SHARDS, type DueEntry, dueKey } from "./due_index.ts";

/** An entry as it stands in the index; `leased` while a worker has it. */
export type IndexedEntry = DueEntry & { readonly leased?: true };

/** Most claims of one commit: the store's limit of checks. */
export const MAX_CLAIMS = 10;

/** Entries of one shard that a scan looks at before it leaves the rest to the next scan. */
const SCAN = 1_000;

/** Tries after which an entry that took the process down with it no longer comes back at once. */
const SUSPECT_AFTER = 3;

/** How long such an entry rests, in ms. */
const SUSPECT_REST_MS = 30_000;

const afterNow = (at: Instant): Instant => plusMs(at, 1);

/** What is due at `at`, in the order of its times: of each shard as much as a scan looks at. */
export async function dueNow(store: Store, at: Instant): Promise<Entry<IndexedEntry>[]> {
  const found: Entry<IndexedEntry>[] = [];
  for (let shard = 0; shard < DUE_SHARDS; shard++) {
    const range = { prefix: ["due", shard], end: ["due", shard, afterNow(at)], limit: SCAN };
    for await (const entry of store.list<IndexedEntry>(range)) found.push(entry);
  }
  return found.sort((a, b) => a.value.at < b.value.at ? -1 : a.value.at > b.value.at ? 1 : 0);
}

/** When the next entry after `at` is due; null when none is. */
export async function nextDue(store: Store, at: Instant): Promise<Instant | null> {
  let next: Instant | null = null;
  for (let shard = 0; shard < DUE_SHARDS; shard++) {
    const range = { prefix: ["due", shard], start: ["due", shard, afterNow(at)], limit: 1 };
    for await (const entry of store.list<IndexedEntry>(range)) {
      if (next === null || entry.value.at < next) next = entry.value.at;
    }
  }
  return next;
}

function moved(entry: IndexedEntry, change: Partial<DueEntry>, leased: boolean): IndexedEntry {
  const { leased: _, ...plain } = entry;
  return leased ? { ...plain, ...change, leased: true } : { ...plain, ...change };
}

/** Puts entries where their new time says, unless someone else has moved one of them meanwhile. */
function move(store: Store, moves: readonly (readonly [Entry<IndexedEntry>, IndexedEntry])[]) {
  const inPlace = (from: Entry<IndexedEntry>, to: IndexedEntry) => from.value.at === to.at;
  return store.commit({
    checks: moves.map(([from]) => ({ key: from.key, version: from.version })),
    sets: moves.map(([, to]) => [dueKey(to), to] as const),
    deletes: moves.filter(([from, to]) => !inPlace(from, to)).map(([from]) => from.key),
  });
}

/** Claims entries until `until`; what was claimed, or nothing when someone else took one of them. */
export async function claim(
  store: Store,
  entries: readonly Entry<IndexedEntry>[],
  until: Instant,
): Promise<IndexedEntry[]> {
  const claimed = entries.map((entry) => [entry, moved(entry.value, { at: until }, true)] as const);
  return await move(store, claimed) ? claimed.map(([, entry]) => entry) : [];
}

/**
 * Ends a claim: the entry goes. A claim that was lost meanwhile is left to whoever has it: the end of a lease is part
 * of the key, so theirs is another.
 */
export async function complete(store: Store, claimed: IndexedEntry): Promise<void> {
  await store.commit({ deletes: [dueKey(claimed)] });
}

/** How an entry comes back. */
export type Comeback = Pick<DueEntry, "at" | "attempts"> & Partial<Pick<DueEntry, "firstAt">>;

/** Ends a claim: the entry comes back at its new time. A claim that was lost is left to whoever has it. */
export async function release(store: Store, claimed: IndexedEntry, change: Comeback): Promise<void> {
  const entry = await store.get<IndexedEntry>(dueKey(claimed));
  if (entry) await move(store, [[entry, moved(entry.value, change, false)]]);
}

/** Lets entries come back later, in this order of their times; as nothing when someone else moved one of them. */
export async function postpone(
  store: Store,
  entries: readonly (readonly [entry: Entry<IndexedEntry>, at: Instant])[],
): Promise<void> {
  await move(store, entries.map(([entry, at]) => [entry, moved(entry.value, { at }, false)]));
}

/** Longer than any pause after a failure, in ms (3 days): what is due later has not been tried. */
const LONGEST_REST_MS = 3 * 86_400_000;

/** All entries that are not at their first place: they have failed, or wait behind one that has. */
export async function restingEntries(store: Store, at: Instant): Promise<DueEntry[]> {
  const found: DueEntry[] = [];
  for (let shard = 0; shard < DUE_SHARDS; shard++) {
    const range = { prefix: ["due", shard], end: ["due", shard, plusMs(at, LONGEST_REST_MS)] };
    for await (const { value } of store.list<IndexedEntry>(range)) {
      if (value.lane !== undefined && value.at > value.firstAt) found.push(value);
    }
  }
  return found;
}

/**
 * Voids the leases that an earlier process left: its entries are due now, where they were in their lanes. An entry
 * that was under way at several such ends may be their cause, so it rests a little. Returns how many there were.
 */
export async function voidLeases(store: Store, at: Instant, leaseMs: number): Promise<number> {
  let voided = 0;
  for (let shard = 0; shard < DUE_SHARDS; shard++) {
    const range = { prefix: ["due", shard], end: ["due", shard, plusMs(at, leaseMs + 1)] };
    const left: Entry<IndexedEntry>[] = [];
    for await (const entry of store.list<IndexedEntry>(range)) if (entry.value.leased) left.push(entry);
    for (const entry of left) {
      const attempts = entry.value.attempts + 1;
      const back = attempts > SUSPECT_AFTER
        ? plusMs(at, SUSPECT_REST_MS)
        : entry.value.firstAt < at
        ? entry.value.firstAt
        : at;
      if (await move(store, [[entry, moved(entry.value, { at: back, attempts }, false)]])) voided++;
    }
  }
  return voided;
}
