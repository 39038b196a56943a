import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { memoryStore } from "../../lib/adapters/memory_store.ts";
import { type DueEntry, dueSets } from "../../lib/due/due_index.ts";
import type { DueHandler } from "../../lib/due/due_worker.ts";
import { epochMs, type Instant, plusMs } from "../../lib/domain/instant.ts";
import { type Log, PortError, type Store } from "../../lib/ports.ts";
import { SILENT } from "../support/silent_log.ts";

import { AGAIN, DONE, entryOf, left, START, withWorker } from "../support/due_bench.ts";

Deno.test("what is due is carried out once and goes", async () => {
  const seen: string[] = [];
  const letter: DueHandler = (entry) => (seen.push(entry.id), Promise.resolve(DONE));
  await withWorker({ letter }, async ({ store, worker, add }) => {
    await add(...Array.from({ length: 25 }, (_, n) => entryOf(`a${n}`)));
    await worker.drain();
    equal(seen.length, 25);
    equal(new Set(seen).size, 25);
    deepEqual(await left(store), []);
  });
});

Deno.test("handlers see the entry as it was put in, without the marks of the lease", async () => {
  const seen: DueEntry[] = [];
  const letter: DueHandler = (entry) => (seen.push(entry), Promise.resolve(DONE));
  await withWorker({ letter }, async ({ worker, add }) => {
    await add(entryOf("a", { payload: { n: 1 }, subject: "R8-000001" }));
    await worker.drain();
    const [entry] = seen;
    equal(entry?.subject, "R8-000001");
    deepEqual(entry?.payload, { n: 1 });
    ok(!("leased" in entry!));
  });
});

Deno.test("what is due later waits for its time", async () => {
  const seen: string[] = [];
  const letter: DueHandler = (entry) => (seen.push(entry.id), Promise.resolve(DONE));
  await withWorker({ letter }, async ({ worker, pass, add }) => {
    await add(entryOf("late", { at: plusMs(START, 10_000) }));
    await worker.drain();
    deepEqual(seen, []);
    pass(9_999);
    await worker.drain();
    deepEqual(seen, []);
    pass(1);
    await worker.drain();
    deepEqual(seen, ["late"]);
  });
});

Deno.test("the worker wakes by itself when the next entry falls due", async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  await withWorker(
    { letter: (entry) => (resolve(entry.id), Promise.resolve(DONE)) },
    async ({ worker, pass, add }) => {
      await add(entryOf("late", { at: plusMs(START, 5_000) }));
      await worker.drain();
      await new Promise((next) => setTimeout(next, 0));
      pass(5_000);
      equal(await promise, "late");
    },
  );
});

Deno.test("a handler that throws is tried again with growing pauses, and each try is counted", async () => {
  const tries: { at: Instant; attempts: number }[] = [];
  const clockOf: { now?: () => Instant } = {};
  const letter: DueHandler = (entry) => {
    tries.push({ at: clockOf.now!(), attempts: entry.attempts });
    return Promise.reject(AGAIN);
  };
  await withWorker({ letter }, async ({ clock, worker, pass, add }) => {
    clockOf.now = clock.now;
    await add(entryOf("a"));
    for (let step = 0; step < 200; step++) {
      await worker.drain();
      pass(30_000);
    }
    await worker.drain();
  });
  const seconds = tries.map(({ at }) => (epochMs(at) - epochMs(START)) / 1_000);
  deepEqual(tries.map(({ attempts }) => attempts).slice(0, 6), [0, 1, 2, 3, 4, 5]);
  // With steps of 30 s: after 1 s, 5 s, 30 s, 2 min, 10 min, 30 min.
  deepEqual(seconds.slice(0, 7), [0, 30, 60, 90, 210, 810, 2_610]);
});

Deno.test("a failing entry is never dropped, even when it is days old", async () => {
  let tries = 0;
  await withWorker(
    { letter: () => (tries++, Promise.reject(AGAIN)) },
    async ({ store, worker, pass, add }) => {
      await add(entryOf("a"));
      for (let day = 0; day < 20; day++) {
        await worker.drain();
        pass(86_400_000);
      }
      await worker.drain();
      equal(tries, 21);
      equal((await left(store)).length, 1);
    },
  );
});

Deno.test("an entry that is to be done again comes back at its time, as if first due then", async () => {
  const outcomes = [AGAIN, { again: plusMs(START, 60_000) }, DONE];
  const seen: [number, string][] = [];
  const letter: DueHandler = ({ attempts, firstAt }) => {
    seen.push([attempts, firstAt]);
    const outcome = outcomes.shift()!;
    return outcome instanceof PortError ? Promise.reject(outcome) : Promise.resolve(outcome);
  };
  await withWorker({ letter }, async ({ store, worker, pass, add }) => {
    await add(entryOf("a"));
    for (const ms of [0, 1_000, 59_000]) {
      pass(ms);
      await worker.drain();
    }
    deepEqual(seen, [[0, START], [1, START], [0, plusMs(START, 60_000)]]);
    deepEqual(await left(store), []);
  });
});

Deno.test("letters that hang hold up no seal", async () => {
  const hanging = Promise.withResolvers<typeof DONE>();
  const sealed = Promise.withResolvers<void>();
  const handlers = {
    letter: () => hanging.promise,
    seal: () => (sealed.resolve(), Promise.resolve(DONE)),
  };
  await withWorker(handlers, async ({ worker, add }) => {
    await add(...Array.from({ length: 50 }, (_, n) => entryOf(`a${n}`)));
    await add(entryOf("z", { kind: "seal", subject: "R8-000001", at: plusMs(START, 0) }));
    await sealed.promise;
    hanging.resolve(DONE);
    await worker.drain();
  });
});

Deno.test("seals of one case run one after another, those of several cases side by side", async () => {
  let running = 0;
  let most = 0;
  let overlaps = 0;
  const busy = new Set<string>();
  const seal: DueHandler = async (entry) => {
    if (busy.has(entry.subject)) overlaps++;
    busy.add(entry.subject);
    most = Math.max(most, ++running);
    await new Promise((next) => setTimeout(next, 1));
    running--;
    busy.delete(entry.subject);
    return DONE;
  };
  await withWorker({ seal }, async ({ store, worker, add }) => {
    const entries = ["R8-000001", "R8-000002"].flatMap((subject) =>
      [0, 1, 2].map((n) => entryOf(`${subject}/${n}`, { kind: "seal", subject }))
    );
    await add(...entries);
    await worker.drain();
    equal(most, 2);
    equal(overlaps, 0);
    deepEqual(await left(store), []);
  });
});

Deno.test("closing waits for what runs and claims nothing more", async () => {
  const finish = Promise.withResolvers<typeof DONE>();
  const started = Promise.withResolvers<void>();
  const store = memoryStore();
  let ended = false;
  const handlers = {
    letter: async () => {
      started.resolve();
      await finish.promise;
      ended = true;
      return DONE;
    },
  };
  await withWorker(handlers, async ({ worker, add }) => {
    await add(entryOf("a"));
    await started.promise;
    const closed = worker.close();
    await store.commit({ sets: dueSets(entryOf("b")) });
    worker.wake();
    finish.resolve(DONE);
    await closed;
    ok(ended);
    deepEqual((await left(store)).map((entry) => entry.id), ["b"]);
  }, { store });
});

Deno.test("a kind that nobody handles stays, and the log says so", async () => {
  const logged: string[] = [];
  const log: Log = { ...SILENT, error: (event, _, fields) => logged.push(`${event} ${fields?.["kind"]}`) };
  await withWorker({}, async ({ store, worker, add }) => {
    await add(entryOf("a", { kind: "unheard" }));
    await worker.drain();
    equal((await left(store)).length, 1);
    deepEqual(logged, ["due_failed unheard"]);
  }, { log });
});

Deno.test("an empty index is asked a few times, then left alone", async () => {
  const store = memoryStore();
  let lists = 0;
  const counted: Store = {
    get: (key) => store.get(key),
    getMany: (keys) => store.getMany(keys),
    list: (range) => (lists++, store.list(range)),
    commit: (commit) => store.commit(commit),
    close() {},
  };
  await withWorker({}, async ({ worker }) => {
    await worker.drain();
    const turns = async (count: number) => {
      for (let turn = 0; turn < count; turn++) await new Promise((next) => setTimeout(next, 0));
    };
    await turns(10);
    const before = lists;
    ok(before <= 40, `${before} lists`);
    await turns(50);
    equal(lists, before);
  }, { store: counted });
});
