import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { memoryStore } from "../../lib/adapters/memory_store.ts";
import { type DueEntry, dueSets } from "../../lib/due/due_index.ts";
import type { DueHandler } from "../../lib/due/due_worker.ts";
import { plusMs } from "../../lib/domain/instant.ts";
import { AGAIN, DONE, entryOf, START, withWorker } from "../support/due_bench.ts";

/** The `n`-th letter to somebody, due `n` ms after the start. */
const letterTo = (lane: string, n: number, facts: Partial<DueEntry> = {}): DueEntry =>
  entryOf(`${lane}${n}`, { lane, at: plusMs(START, n), firstAt: plusMs(START, n), ...facts });

/** Carries letters out; those in `failing` fail. */
function desk() {
  const failing = new Set<string>();
  const tried: string[] = [];
  const gone: string[] = [];
  const letter: DueHandler = ({ id }) => {
    tried.push(id);
    if (failing.has(id)) return Promise.reject(AGAIN);
    gone.push(id);
    return Promise.resolve(DONE);
  };
  return { failing, tried, gone, handlers: { letter } };
}

Deno.test("letters to one recipient go one after another, in the order in which they fell due", async () => {
  const { gone, handlers } = desk();
  let running = 0;
  const slow: DueHandler = async (entry, signal) => {
    if (++running > 1) throw new RangeError("two at once");
    await Promise.resolve();
    running--;
    return await handlers.letter(entry, signal);
  };
  await withWorker({ letter: slow }, async ({ add, pass, worker }) => {
    await add(...Array.from({ length: 30 }, (_, n) => letterTo("a", 29 - n)));
    pass(1_000);
    await worker.drain();
    deepEqual(gone, Array.from({ length: 30 }, (_, n) => `a${n}`));
  });
});

Deno.test("a letter waits for an earlier one to the same recipient that rests; others do not", async () => {
  const { failing, tried, gone, handlers } = desk();
  await withWorker(handlers, async ({ add, pass, worker }) => {
    failing.add("a0");
    await add(...[0, 1, 2].flatMap((n) => [letterTo("a", n), letterTo("b", n)]));
    pass(10);
    await worker.drain();
    deepEqual(gone, ["b0", "b1", "b2"]);
    await add(letterTo("a", 3));
    pass(1_000);
    await worker.drain();
    deepEqual(tried.filter((id) => id.startsWith("a")), ["a0", "a0"]);
    failing.clear();
    pass(5_000);
    await worker.drain();
    deepEqual(gone.slice(3), ["a0", "a1", "a2", "a3"]);
  });
});

Deno.test("the next process keeps the order too", async () => {
  const store = memoryStore();
  const { failing, gone, handlers } = desk();
  failing.add("a0");
  await withWorker(handlers, async ({ add, pass, worker }) => {
    await add(letterTo("a", 0), letterTo("a", 1));
    pass(10);
    await worker.drain();
  }, { store });
  failing.clear();
  // It died while it had the third in hand, whose lease is still on.
  const held = { ...letterTo("a", 2, { at: plusMs(START, 60_000) }), leased: true };
  await store.commit({ sets: [...dueSets(held), ...dueSets(letterTo("a", 3))] });
  await withWorker(handlers, async ({ pass, worker }) => {
    pass(500);
    await worker.drain();
    deepEqual(gone, []);
    pass(5_000);
    await worker.drain();
    deepEqual(gone, ["a0", "a1", "a2", "a3"]);
  }, { store });
});

Deno.test("what fails for long holds up the others no longer", async () => {
  const { failing, gone, handlers } = desk();
  failing.add("a0");
  await withWorker(handlers, async ({ add, pass, worker }) => {
    await add(letterTo("a", 0), letterTo("a", 1), letterTo("a", 2));
    const minutes: number[] = [];
    for (let minute = 0; minute < 60; minute++) {
      pass(60_000);
      await worker.drain();
      if (gone.length > 0) minutes.push(minute);
    }
    deepEqual(gone, ["a1", "a2"]);
    deepEqual(minutes[0]! >= 10 && minutes[0]! <= 20, true, `after ${minutes[0]} minutes`);
  });
});
