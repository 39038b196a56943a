/**
 * What every `Store` must do. Run by the test of each adapter.
 *
 * @module
 */
import {
  deepStrictEqual as deepEqual,
  notStrictEqual as notEqual,
  ok,
  rejects,
  strictEqual as equal,
} from "node:assert/strict";
import { type Commit, type Entry, type Key, PortError, type Range, type Store } from "../../lib/ports.ts";

/** Registers the suite for one adapter. `open` gives a new, empty store each time; the suite closes it. */
export function storeConformance(adapter: string, open: () => Promise<Store>): void {
  const test = (behaviour: string, body: (store: Store) => Promise<void>) =>
    Deno.test(`${adapter}: ${behaviour}`, async () => {
      const store = await open();
      try {
        await body(store);
      } finally {
        store.close();
      }
    });

  test("an absent entry is null", async (store) => {
    equal(await store.get(["absent"]), null);
    deepEqual(await store.getMany([["absent"], ["absent", 2]]), [null, null]);
    deepEqual(await store.getMany([]), []);
  });

  test("plain data comes back as it was put", async (store) => {
    const value = {
      text: "契約書 😀 \0",
      number: -1.5,
      large: 2 ** 53 - 1,
      list: [1, null, true, false, { nested: [] }],
      empty: {},
    };
    ok(await store.commit({ sets: [[["value"], value]] }));
    deepEqual((await store.get(["value"]))?.value, value);
    deepEqual((await store.get(["value"]))?.key, ["value"]);
  });

  test("what was put is not changed by what the caller does later", async (store) => {
    const value = { names: ["a"] };
    await store.commit({ sets: [[["value"], value]] });
    value.names.push("b");
    (await store.get<{ names: string[] }>(["value"]))?.value.names.push("c");
    deepEqual((await store.get(["value"]))?.value, { names: ["a"] });
  });

  test("getMany answers in the order asked", async (store) => {
    await store.commit({ sets: [[["a"], 1], [["c"], 3]] });
    const found = await store.getMany<number>([["c"], ["b"], ["a"]]);
    deepEqual(found.map((entry) => entry?.value ?? null), [3, null, 1]);
  });

  test("a commit whose check fails changes nothing", async (store) => {
    await store.commit({ sets: [[["head"], 1]] });
    const stale = await versionOf(store, ["head"]);
    await store.commit({ sets: [[["head"], 2]] });
    const refused = await store.commit({
      checks: [{ key: ["head"], version: stale }],
      sets: [[["head"], 3], [["event"], 3]],
      deletes: [["head"]],
    });
    equal(refused, false);
    equal((await store.get(["head"]))?.value, 2);
    equal(await store.get(["event"]), null);
  });

  test("a check for absence holds only while the entry is absent", async (store) => {
    const once = { checks: [{ key: ["once"], version: null }], sets: [[["once"], 1]] } satisfies Commit;
    equal(await store.commit(once), true);
    equal(await store.commit(once), false);
    await store.commit({ deletes: [["once"]] });
    equal(await store.commit(once), true);
  });

  test("all checks must hold", async (store) => {
    await store.commit({ sets: [[["a"], 1]] });
    const a = await versionOf(store, ["a"]);
    const checks = [{ key: ["a"], version: a }, { key: ["b"], version: a }];
    equal(await store.commit({ checks, sets: [[["a"], 2]] }), false);
    equal(
      await store.commit({ checks: [checks[0]!, { key: ["b"], version: null }], sets: [[["a"], 2]] }),
      true,
    );
  });

  test("a version never comes back, not even after a delete or an equal value", async (store) => {
    const seen = new Set<string>();
    for (let round = 0; round < 3; round++) {
      for (const value of [1, 1, 2]) {
        await store.commit({ sets: [[["entry"], value]] });
        seen.add(await versionOf(store, ["entry"]));
      }
      await store.commit({ deletes: [["entry"]] });
    }
    equal(seen.size, 9);
  });

  test("a check alone is a commit", async (store) => {
    equal(await store.commit({ checks: [{ key: ["a"], version: null }] }), true);
    equal(await store.commit({}), true);
  });

  test("of one key the last set counts, and a delete after all sets", async (store) => {
    await store.commit({ sets: [[["a"], 1], [["a"], 2], [["b"], 1]], deletes: [["b"], ["absent"]] });
    equal((await store.get(["a"]))?.value, 2);
    equal(await store.get(["b"]), null);
  });

  test("of many writers who checked the same version one wins", async (store) => {
    await store.commit({ sets: [[["head"], 0]] });
    const version = await versionOf(store, ["head"]);
    const attempts = Array.from({ length: 20 }, (_, n) =>
      store.commit({
        checks: [{ key: ["head"], version }],
        sets: [[["head"], n], [["won", n], true]],
      }));
    const won = await Promise.all(attempts);
    equal(won.filter(Boolean).length, 1);
    const winner = won.indexOf(true);
    equal((await store.get(["head"]))?.value, winner);
    deepEqual(await keysOf(store, { prefix: ["won"] }), [["won", winner]]);
  });

  test("keys sort part by part: strings by code point, then numbers by size", async (store) => {
    const inOrder: Key[] = [
      ["k", ""],
      ["k", "", 1],
      ["k", "\0"],
      ["k", "\0a"],
      ["k", "a"],
      ["k", "a", "b"],
      ["k", "aa"],
      ["k", "契"],
      ["k", "\uffee"],
      ["k", "😀"],
      ["k", -1.5],
      ["k", -1],
      ["k", 0],
      ["k", 0.5],
      ["k", 2],
      ["k", 2, "a"],
      ["k", 10],
      ["k", 2 ** 40],
    ];
    await store.commit({ sets: inOrder.toReversed().map((key) => [key, 1] as const) });
    deepEqual(await keysOf(store, { prefix: ["k"] }), inOrder);
    deepEqual(await keysOf(store, { prefix: ["k"], reverse: true }), inOrder.toReversed());
  });

  test("a list holds what is under its prefix, not the prefix itself", async (store) => {
    await store.commit({ sets: [[["a"], 0], [["a", 1], 1], [["a", "b", "c"], 2], [["ab"], 3], [["b"], 4]] });
    deepEqual(await keysOf(store, { prefix: ["a"] }), [["a", "b", "c"], ["a", 1]]);
    deepEqual(await keysOf(store, { prefix: ["absent"] }), []);
    equal((await keysOf(store, { prefix: [] })).length, 5);
  });

  test("a range includes its start and excludes its end", async (store) => {
    await store.commit({ sets: [1, 2, 3, 4, 5].map((n) => [["n", n], n] as const) });
    const numbers = async (range: Omit<Range, "prefix">) =>
      (await keysOf(store, { prefix: ["n"], ...range })).map((key) => key[1]);
    deepEqual(await numbers({ start: ["n", 2] }), [2, 3, 4, 5]);
    deepEqual(await numbers({ end: ["n", 4] }), [1, 2, 3]);
    deepEqual(await numbers({ start: ["n", 2], end: ["n", 4] }), [2, 3]);
    deepEqual(await numbers({ start: ["n", 2], end: ["n", 5], reverse: true, limit: 2 }), [4, 3]);
    deepEqual(await numbers({ start: ["n", 4], end: ["n", 2] }), []);
    deepEqual(await numbers({ limit: 2 }), [1, 2]);
    await rejects(keysOf(store, { prefix: ["n"], start: ["m", 1] }), RangeError);
    await rejects(keysOf(store, { prefix: ["n"], start: ["n", 1], end: ["o"] }), RangeError);
  });

  test("a long list comes whole, with versions fit for checks", async (store) => {
    await store.commit({ sets: Array.from({ length: 1_000 }, (_, n) => [["n", n], { n }] as const) });
    const entries = await Array.fromAsync(store.list<{ n: number }>({ prefix: ["n"] }));
    deepEqual(entries.map((entry) => entry.value.n), Array.from({ length: 1_000 }, (_, n) => n));
    const { key, version } = entries[700]!;
    equal(await store.commit({ checks: [{ key, version }], deletes: [key] }), true);
  });

  test("commits above a limit are refused whole", async (store) => {
    const sets = (count: number, bytes: number) =>
      Array.from({ length: count }, (_, n) => [["set", n], "x".repeat(bytes)] as const);
    const checks = (count: number) =>
      Array.from({ length: count }, (_, n) => ({ key: ["c", n], version: null }));
    const longKeys = (count: number) =>
      Array.from({ length: count }, (_, n) => [["x".repeat(2_000), n], 1] as const);
    await refused(store, { checks: checks(11) });
    await refused(store, { sets: sets(1_000, 1), deletes: [["one more"]] });
    await refused(store, { sets: sets(14, 60 * 1024) });
    await refused(store, { sets: [[["large"], "x".repeat(64 * 1024)]] });
    await refused(store, { sets: [[["large"], "契".repeat(33_000)]] });
    await refused(store, { sets: [[["x".repeat(2_047)], 1]] });
    await refused(store, { sets: longKeys(41) });
    deepEqual(await keysOf(store, { prefix: [] }), []);
  });

  test("commits at a limit are taken", async (store) => {
    equal(
      await store.commit({
        checks: Array.from({ length: 10 }, (_, n) => ({ key: ["c", n], version: null })),
        sets: Array.from({ length: 999 }, (_, n) => [["set", n], 1] as const),
        deletes: [["one more"]],
      }),
      true,
    );
    equal(await store.commit({ sets: [[["large"], "x".repeat(65_530)], [["x".repeat(2_046)], 1]] }), true);
    equal((await store.get<string>(["large"]))?.value.length, 65_530);
    const sets = Array.from({ length: 13 }, (_, n) => [["set", n], "x".repeat(62_000)] as const);
    equal(await store.commit({ sets }), true);
    equal(
      await store.commit({ sets: Array.from({ length: 40 }, (_, n) => [["x".repeat(2_000), n], 1]) }),
      true,
    );
  });

  test("reads above a limit are refused", async (store) => {
    await rejects(store.getMany(Array.from({ length: 11 }, (_, n) => ["k", n])), RangeError);
    await rejects(store.get(["x".repeat(2_047)]), RangeError);
  });

  test("a closed store answers with an error that is not retryable", async (store) => {
    const given = await open();
    given.close();
    const closed = (error: unknown) => error instanceof PortError && !error.retryable;
    await rejects(given.get(["a"]), closed);
    await rejects(given.commit({ sets: [[["a"], 1]] }), closed);
    equal(await store.get(["a"]), null);
  });
}

async function refused(store: Store, commit: Commit): Promise<void> {
  await rejects(store.commit(commit), RangeError);
}

async function versionOf(store: Store, key: Key): Promise<string> {
  const entry: Entry<unknown> | null = await store.get(key);
  notEqual(entry, null);
  return entry!.version;
}

async function keysOf(store: Store, range: Range): Promise<Key[]> {
  const entries = await Array.fromAsync(store.list(range));
  return entries.map((entry) => entry.key);
}
