import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { memoryStore } from "../../lib/adapters/memory_store.ts";
import { dueSets } from "../../lib/due/due_index.ts";
import type { DueHandler } from "../../lib/due/due_worker.ts";
import { startWorker } from "../../lib/due/run_due.ts";
import { plusMs } from "../../lib/domain/instant.ts";
import { fakeClock } from "../support/fake_clock.ts";
import { SILENT } from "../support/silent_log.ts";

import { DONE, entryOf, left, START, withWorker } from "../support/due_bench.ts";

Deno.test("a handler whose lease is over is told so, and its entry is tried again", async () => {
  const signals: AbortSignal[] = [];
  const started = Promise.withResolvers<void>();
  const letter: DueHandler = (_, signal) => {
    signals.push(signal);
    if (signals.length > 1) return Promise.resolve(DONE);
    started.resolve();
    return new Promise(() => {});
  };
  await withWorker({ letter }, async ({ store, worker, pass, add }) => {
    await add(entryOf("a"));
    await started.promise;
    pass(60_000);
    await worker.drain();
    ok(signals[0]?.aborted);
    pass(1_000);
    await worker.drain();
    equal(signals.length, 2);
    ok(!signals[1]?.aborted);
    deepEqual(await left(store), []);
  }, { leaseMs: 60_000 });
});

Deno.test("what an earlier process had claimed is due at once for the next", async () => {
  const store = memoryStore();
  const clock = fakeClock(START);
  const dead = startWorker({
    store,
    clock,
    log: SILENT,
    wait: () => new Promise(() => {}),
    handlers: { letter: () => new Promise(() => {}) },
  });
  await store.commit({ sets: dueSets(entryOf("a")) });
  dead.wake();
  while ((await left(store)).every((entry) => entry.at === START)) {
    await new Promise((next) => setTimeout(next, 0));
  }
  const seen: string[] = [];
  await withWorker(
    { letter: (entry) => (seen.push(entry.id), Promise.resolve(DONE)) },
    async ({ worker }) => {
      await worker.drain();
      deepEqual(seen, ["a"]);
      deepEqual(await left(store), []);
    },
    { store },
  );
});

Deno.test("on a shared index the lease of another process is left to run out", async () => {
  const store = memoryStore();
  const leased = { ...entryOf("a", { at: plusMs(START, 60_000) }), leased: true };
  await store.commit({ sets: dueSets(leased) });
  const seen: string[] = [];
  const letter: DueHandler = (entry) => (seen.push(entry.id), Promise.resolve(DONE));
  await withWorker({ letter }, async ({ worker, pass }) => {
    await worker.drain();
    deepEqual(seen, []);
    pass(60_000);
    await worker.drain();
    deepEqual(seen, ["a"]);
  }, { store, shared: true });
});

Deno.test("an entry that was under way at several deaths rests before it is tried again", async () => {
  const store = memoryStore();
  const leased = { ...entryOf("a", { at: plusMs(START, 60_000), attempts: 3 }), leased: true };
  await store.commit({ sets: dueSets(leased) });
  let tries = 0;
  await withWorker({ letter: () => (tries++, Promise.resolve(DONE)) }, async ({ worker, pass }) => {
    await worker.drain();
    equal(tries, 0);
    pass(30_000);
    await worker.drain();
    equal(tries, 1);
  }, { store });
});
