/**
 * The short run of the fuzzer: a few hundred inputs of each target, the same in every run but for the keys of the
 * sealed files. The long one is `deno task fuzz`.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { Dice } from "./dice.ts";
import { inputOf, runStretch } from "./fuzz_loop.ts";
import { Finding, type FuzzTarget } from "./target.ts";
import { TARGETS } from "./targets.ts";

const SEED = 20_261_124;

/** How many inputs each target gets here; the others get 100. */
const COUNTS: Readonly<Record<string, number>> = { pdf: 400, seal: 150, der: 600, p12: 40 };

/** What libraries print about damaged input is no result of ours. */
async function quietly<T>(work: () => Promise<T>): Promise<T> {
  const { log, warn } = console;
  console.log = console.warn = () => {};
  try {
    return await work();
  } finally {
    Object.assign(console, { log, warn });
  }
}

for (const target of TARGETS) {
  Deno.test(`damaged input ends in a typed way: ${target.name}`, async () => {
    const seeds = await target.seeds();
    const run = await target.prepare(seeds);
    const to = COUNTS[target.name] ?? 100;
    const { found, outcomes } = await quietly(() =>
      runStretch({ target, run, seeds, seed: SEED, from: 0, to })
    );
    await run.end?.();
    deepEqual(found.map(({ iteration, seed, what }) => `${iteration} from ${seed}: ${what}`), []);
    ok(outcomes.size > 1, "the damage is always of one kind");
  });
}

Deno.test("the same seed makes the same inputs, another makes others", async () => {
  for (const target of TARGETS) {
    const seeds = await target.seeds();
    const made = (seed: number) =>
      Array.from({ length: 20 }, (_, place) => inputOf(target, seeds, seed, place).input.toHex());
    deepEqual(made(1), made(1));
    ok(made(1).join() !== made(2).join());
  }
});

Deno.test("dice fall evenly enough", () => {
  const dice = new Dice("even");
  const counts = new Array<number>(6).fill(0);
  for (let throws = 0; throws < 6_000; throws++) counts[dice.below(6)]!++;
  ok(counts.every((count) => count > 850 && count < 1_150), counts.join());
});

Deno.test("an error that is not typed is a finding, with the place where it was thrown", async () => {
  const target: FuzzTarget = {
    name: "broken",
    count: 1,
    seeds: () => Promise.resolve([{ name: "a", bytes: Uint8Array.of(1) }]),
    choose: ([seed]) => seed!,
    mutate: ({ bytes }) => bytes,
    prepare: () => Promise.resolve(() => Promise.reject(new Finding("a promise is broken"))),
  };
  const seeds = await target.seeds();
  const run = await target.prepare(seeds);
  const { found, next } = await runStretch({ target, run, seeds, seed: 1, from: 5, to: 7 });
  equal(next, 7);
  deepEqual(found.map(({ iteration }) => iteration), [5, 6]);
  ok(/^Finding: a promise is broken @ tests\/fuzz\/fuzz_test\.ts:\d+$/.test(found[0]!.what), found[0]!.what);
});
