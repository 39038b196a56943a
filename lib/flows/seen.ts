/**
 * Remembers for a while what came from a provider, so that what comes twice is taken once.
 *
 * @module
 */
import { DAY_MS, type Instant, plusMs } from "../domain/instant.ts";
import type { Check, Key, Store, StoreValue } from "../ports.ts";

/** Days for which it is remembered: providers repeat an event for a day or two. */
const REMEMBERED_DAYS = 30;

/** Entries forgotten in one commit, and in one sweep. */
const AT_ONCE = 200;
const IN_ONE_SWEEP = 5_000;

const seenKey = (name: string): Key => ["seen", name];
const ageKey = (at: Instant, name: string): Key => ["seen-at", at, name];

/** What goes into the commit that takes something for the first time; the commit fails when it was taken before. */
export function firstTime(
  name: string,
  at: Instant,
): { readonly check: Check; readonly sets: readonly (readonly [Key, StoreValue])[] } {
  return {
    check: { key: seenKey(name), version: null },
    sets: [[seenKey(name), at], [ageKey(at, name), name]],
  };
}

/** Whether something was taken before. */
export async function wasSeen(store: Store, name: string): Promise<boolean> {
  return (await store.get(seenKey(name))) !== null;
}

/** Forgets what is old, some thousands at a time; how many. */
export async function forgetOld(store: Store, now: Instant): Promise<number> {
  const end: Key = ["seen-at", plusMs(now, -REMEMBERED_DAYS * DAY_MS)];
  let forgotten = 0;
  while (forgotten < IN_ONE_SWEEP) {
    const old = await Array.fromAsync(store.list<string>({ prefix: ["seen-at"], end, limit: AT_ONCE }));
    if (old.length === 0) break;
    await store.commit({ deletes: old.flatMap(({ key, value }) => [key, seenKey(value)]) });
    forgotten += old.length;
  }
  return forgotten;
}
