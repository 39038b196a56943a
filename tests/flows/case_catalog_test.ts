import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { memoryCatalog } from "../../lib/adapters/memory_catalog.ts";
import { allCases } from "../../lib/flows/browse_cases.ts";
import { CaseCatalog } from "../../lib/flows/case_catalog.ts";
import { type CaseFilter, EVERY_CASE, type ListOwner } from "../../lib/flows/case_filter.ts";
import { act, openCase } from "../../lib/flows/act.ts";
import { MARKS } from "../../lib/flows/catalog_rows.ts";
import { readiness } from "../../lib/flows/readiness.ts";
import { reindex } from "../../lib/flows/reindex.ts";
import type { World } from "../../lib/flows/world.ts";
import { PortError } from "../../lib/ports.ts";
import { numberOf, putMany } from "../support/many_cases.ts";
import { paperWorld } from "../support/paper_world.ts";
import { minute, OFFICER, OPEN } from "../support/sample_case.ts";
import { SILENT } from "../support/silent_log.ts";

const DAYS = [null, "2026-12-01", "2027-01-15", "2027-03-31"];
const YEN = [null, 1, 1_200_000, 1_200_001, 90_000_000];

const filters: fc.Arbitrary<CaseFilter> = fc.record({
  words: fc.constantFrom(
    "",
    "清掃",
    "見本",
    "令和8年12月",
    "120万円",
    "R8-000003",
    "清掃 見本",
    "庁",
    "2027年度",
  ),
  from: fc.constantFrom(...DAYS),
  to: fc.constantFrom(...DAYS),
  least: fc.constantFrom(...YEN),
  most: fc.constantFrom(...YEN),
  counterparty: fc.constantFrom("", "", "見本", "商店", "見本県"),
  state: fc.constantFrom(null, "open", "concluded", "circulating"),
});
const owners: fc.Arbitrary<ListOwner> = fc.constantFrom(
  { departments: ["bukken"] },
  { departments: ["bukken", "doboku"] },
  { departments: [] },
  { address: "taro@vendor.example.jp" },
  { address: "jiro@vendor.example.jp" },
  { address: "nobody@vendor.example.jp" },
);

async function numbersIn(world: World, owner: ListOwner, filter: CaseFilter): Promise<string[]> {
  const numbers = [];
  for await (const { number } of allCases(world, owner, filter)) numbers.push(number);
  return numbers;
}

async function marksIn(world: World): Promise<number> {
  let marks = 0;
  for await (const _ of world.store.list({ prefix: MARKS })) marks++;
  return marks;
}

Deno.test("R37 R38 the catalog gives what the cases themselves give, whatever is looked for", async () => {
  const { world } = paperWorld();
  await putMany(
    world,
    Array.from({ length: 40 }, (_, index) => ({
      count: index + 1,
      title: ["庁舎清掃業務委託", "文書管理", "清掃用品購入"][index % 3]!,
      company: ["株式会社見本", "一郎商店"][index % 2]!,
      contractDate: ["2026-12-01", "2027-01-15", "2027-04-01"][index % 3]!,
      amount: [1, 1_200_000, 1_200_001, 90_000_000][index % 4]!,
      departmentId: ["bukken", "doboku"][index % 5 === 0 ? 1 : 0]!,
      completed: index % 2 === 0,
    })),
  );
  const catalog = new CaseCatalog({ store: world.store, keys: world.keys, catalog: memoryCatalog() });
  equal(await catalog.rebuild(), 40);
  await fc.assert(
    fc.asyncProperty(owners, filters, async (owner, filter) => {
      deepEqual(
        await numbersIn({ ...world, catalog }, owner, filter),
        await numbersIn(world, owner, filter),
      );
    }),
    { numRuns: 200 },
  );
});

Deno.test("a change is found at once, and its mark is gone then; what the catalog does not show makes none", async () => {
  const { world } = paperWorld();
  await world.catalog.rebuild();
  await openCase(world, OPEN);
  equal(await marksIn(world), 1);
  const mine = { departments: [OPEN.departmentId] };
  deepEqual(await numbersIn(world, mine, EVERY_CASE), [OPEN.number]);
  equal(await marksIn(world), 0);
  await act(world, OPEN.number, { do: "recordInquiry", at: minute(1), word: "status", by: OFFICER.address });
  equal(await marksIn(world), 0);
  await act(world, OPEN.number, { do: "withdraw", at: minute(2), reason: "理由", by: OFFICER.address });
  equal(await marksIn(world), 1);
  deepEqual(await numbersIn(world, mine, { ...EVERY_CASE, state: "open" }), []);
  deepEqual(await numbersIn(world, mine, { ...EVERY_CASE, state: "over" }), [OPEN.number]);
});

Deno.test("more marks than one search waits for are brought in behind it", async () => {
  const { world } = paperWorld();
  await putMany(world, [{ count: 1 }, { count: 2 }]);
  for (let run = 0; run < 3; run++) await reindex(world.store, world.keys);
  const sets = Array.from({ length: 900 }, (_, n) =>
    [[...MARKS, numberOf(1), 100 + n], {
      number: numberOf(1),
    }] as const);
  await world.store.commit({ sets });
  equal(await world.catalog.bringIn(500), 500);
  equal(await marksIn(world), 402);
  equal(await world.catalog.bringIn(), 402);
  equal(await world.catalog.bringIn(), 0);
});

Deno.test("a catalog that is kept is made anew where it is not whole, and follows until it is told to stop", async () => {
  const { world } = paperWorld();
  await putMany(world, [{ count: 1 }]);
  const told: unknown[] = [];
  const log = { ...SILENT, info: (event: string, facts: unknown) => told.push(event, facts) };
  const ending = new AbortController();
  let rests = 0;
  const kept = world.catalog.keep(log, {
    stop: ending.signal,
    wait: () => {
      if (++rests === 4) ending.abort();
      return Promise.resolve();
    },
  });
  await kept;
  deepEqual(told, ["catalog_made", { cases: 1 }]);
  equal(await world.catalog.whole(), true);
  equal(await marksIn(world), 0);
});

Deno.test("a catalog that answers nothing is done without: the store finds all", async () => {
  const { world } = paperWorld();
  await putMany(world, [{ count: 1 }, { count: 2 }]);
  const mute = () =>
    Promise.reject(new PortError("unavailable", "Cannot use the catalog", { retryable: true }));
  const broken = { whole: mute, begin: mute, finish: mute, put: mute, find: mute, close() {} };
  const catalog = new CaseCatalog({ store: world.store, keys: world.keys, catalog: broken });
  equal((await numbersIn({ ...world, catalog }, { departments: [OPEN.departmentId] }, EVERY_CASE)).length, 2);
  const parts = async (each: World) =>
    (await readiness(each, () => 0)()).filter(({ part }) => part === "catalog");
  deepEqual(await parts({ ...world, catalog }), [{ part: "catalog", ready: true, detail: "being made" }]);
  await world.catalog.rebuild();
  deepEqual(await parts(world), [{ part: "catalog", ready: true, detail: null }]);
});

Deno.test("a catalog that fails in the middle of a list is done without from there on: nothing is left out", async () => {
  const { world } = paperWorld();
  await putMany(world, Array.from({ length: 120 }, (_, index) => ({ count: index + 1 })));
  const whole = memoryCatalog();
  let asked = 0;
  const failing = {
    ...whole,
    find: (...sought: Parameters<typeof whole.find>) =>
      ++asked === 2
        ? Promise.reject(new PortError("unavailable", "Cannot use the catalog", { retryable: true }))
        : whole.find(...sought),
  };
  const catalog = new CaseCatalog({ store: world.store, keys: world.keys, catalog: failing });
  await catalog.rebuild();
  const found = await numbersIn({ ...world, catalog }, { departments: [OPEN.departmentId] }, EVERY_CASE);
  deepEqual(found, Array.from({ length: 120 }, (_, index) => numberOf(120 - index)));
  equal(asked, 2);
});
