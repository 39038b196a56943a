/**
 * Whatever store call the process dies at, every entry is carried out at least once and none stays behind.
 *
 * @module
 */
import { deepStrictEqual as deepEqual } from "node:assert/strict";
import fc from "fast-check";
import { memoryStore } from "../../lib/adapters/memory_store.ts";
import { type DueEntry, dueSets } from "../../lib/due/due_index.ts";
import type { DueHandler } from "../../lib/due/due_worker.ts";
import { startWorker } from "../../lib/due/run_due.ts";
import type { Wait } from "../../lib/due/wait.ts";
import { plusMs } from "../../lib/domain/instant.ts";
import { PortError, type Store } from "../../lib/ports.ts";
import { fakeClock } from "../support/fake_clock.ts";
import { SILENT } from "../support/silent_log.ts";

const START = "2026-11-24T01:00:00.000Z";

/** A store that answers `calls` times; then the process is dead: nothing is answered any more. */
function mortal(store: Store, calls: number, died: () => void): Store {
  let left = calls;
  const gate = async <R>(work: () => Promise<R>): Promise<R> => {
    if (left-- > 0) return await work();
    died();
    return await new Promise<R>(() => {});
  };
  return {
    get: (key) => gate(() => store.get(key)),
    getMany: (keys) => gate(() => store.getMany(keys)),
    async *list<T>(range: Parameters<Store["list"]>[0]) {
      await gate(() => Promise.resolve());
      yield* store.list<T>(range);
    },
    commit: (commit) => gate(() => store.commit(commit)),
    close() {},
  };
}

/** A store whose every `nth` commit is applied though its answer is lost. */
function forgetful(store: Store, nth: number): Store {
  let commits = 0;
  return {
    get: (key) => store.get(key),
    getMany: (keys) => store.getMany(keys),
    list: (range) => store.list(range),
    async commit(commit) {
      const applied = await store.commit(commit);
      if (++commits % nth === 0) {
        throw new PortError("unavailable", "Cannot commit: the answer is lost", { retryable: true });
      }
      return applied;
    },
    close() {},
  };
}

/** Waiting moves the clock at once, unless a lease is waited for. */
const hurried = (clock: ReturnType<typeof fakeClock>, leaseMs: number): Wait => async (ms, signal) => {
  if (ms === leaseMs) return await new Promise((end) => signal.addEventListener("abort", () => end()));
  await Promise.resolve();
  if (!signal.aborted) clock.advance(ms);
};

const LEASE = 300_000;

async function carryOut(
  ids: readonly string[],
  deaths: readonly number[],
  damage: (store: Store) => Store,
): Promise<void> {
  const clock = fakeClock(START);
  const store = memoryStore();
  const done = new Set<string>();
  const failed = new Set<string>();
  const letter: DueHandler = (entry) => {
    if (!failed.has(entry.id) && entry.id.endsWith("f")) {
      failed.add(entry.id);
      return Promise.reject(new PortError("unavailable", "Cannot send", { retryable: true }));
    }
    done.add(entry.id);
    return Promise.resolve({ done: true });
  };
  const entries = ids.map((id, n): DueEntry => ({
    id,
    at: plusMs(START, n * 500),
    firstAt: START,
    kind: n % 2 === 0 ? "letter" : "seal",
    subject: n % 3 === 0 ? "R8-000001" : "R8-000002",
    payload: {},
    attempts: 0,
  }));
  await store.commit({ sets: entries.flatMap(dueSets) });
  const options = { clock, log: SILENT, wait: hurried(clock, LEASE), leaseMs: LEASE };
  const handlers = { letter, seal: letter };
  for (const calls of deaths) {
    const { promise, resolve } = Promise.withResolvers<void>();
    const worker = startWorker({ ...options, handlers, store: mortal(store, calls, resolve) });
    await Promise.race([promise, worker.drain().then(() => worker.close())]);
  }
  const worker = startWorker({ ...options, handlers, store: damage(store) });
  const waiting = async () => {
    for await (const _ of store.list({ prefix: ["due"] })) return true;
    return false;
  };
  while (await waiting()) {
    await worker.drain();
    clock.advance(60_000);
  }
  await worker.close();
  deepEqual([...done].sort(), [...ids].sort());
}

const someIds = fc.uniqueArray(fc.stringMatching(/^[a-f]{1,3}$/), { minLength: 1, maxLength: 12 });

Deno.test("property: a process may die at any store call, nothing is lost and nothing skipped", async () => {
  await fc.assert(
    fc.asyncProperty(
      someIds,
      fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 4 }),
      (ids, deaths) => carryOut(ids, deaths, (store) => store),
    ),
    { numRuns: 60 },
  );
});

Deno.test("property: a commit may be applied though its answer was lost", async () => {
  await fc.assert(
    fc.asyncProperty(
      someIds,
      fc.integer({ min: 2, max: 5 }),
      (ids, nth) => carryOut(ids, [], (store) => forgetful(store, nth)),
    ),
    { numRuns: 40 },
  );
});
