import { deepStrictEqual as deepEqual } from "node:assert/strict";
import fc from "fast-check";
import type { CaseNumber } from "../../lib/domain/case.ts";
import { allCases, casePage, type ListPlace } from "../../lib/flows/browse_cases.ts";
import { type CaseFilter, EVERY_CASE, type ListOwner } from "../../lib/flows/case_filter.ts";
import { readCase } from "../../lib/flows/case_records.ts";
import type { World } from "../../lib/flows/world.ts";
import { numberOf, type OneOfMany, putMany } from "../support/many_cases.ts";
import { paperWorld } from "../support/paper_world.ts";

const DEPARTMENTS = ["bukken", "zaisan", "doboku"];
const DAYS = ["2026-04-01", "2026-12-01", "2027-03-31"];

const oneCase = fc.record({
  departmentId: fc.constantFrom(...DEPARTMENTS),
  contractDate: fc.constantFrom(...DAYS),
  amount: fc.integer({ min: 1, max: 5 }),
  completed: fc.boolean(),
});

const search = fc.record({
  departments: fc.uniqueArray(fc.constantFrom(...DEPARTMENTS), { minLength: 1 }),
  from: fc.constantFrom(null, ...DAYS),
  to: fc.constantFrom(null, ...DAYS),
  least: fc.constantFrom(null, 2, 4),
  most: fc.constantFrom(null, 2, 4),
  state: fc.constantFrom(null, "concluded" as const, "open" as const),
});

async function byPages(
  world: World,
  owner: ListOwner,
  filter: CaseFilter,
  most: number,
): Promise<CaseNumber[]> {
  const seen: CaseNumber[] = [];
  let behind: ListPlace | null = null;
  do {
    const page: Awaited<ReturnType<typeof casePage>> = await casePage(world, owner, filter, { behind, most });
    seen.push(...page.cases.map(({ number }) => number));
    behind = page.next;
  } while (behind !== null);
  return seen;
}

/** What fits, looked for one by one. */
function sought(
  cases: readonly OneOfMany[],
  { departments, ...filter }: CaseFilter & { departments: string[] },
) {
  const fits = ({ departmentId = "", contractDate = "", amount = 0, completed }: OneOfMany) =>
    departments.includes(departmentId) &&
    (filter.from === null || contractDate >= filter.from) &&
    (filter.to === null || contractDate <= filter.to) &&
    (filter.least === null || amount >= filter.least) && (filter.most === null || amount <= filter.most) &&
    (filter.state === null || (filter.state === "concluded") === completed);
  return cases.filter(fits).map(({ count }) => numberOf(count)).toReversed();
}

Deno.test("page by page comes what comes at once: all that fits, newest first, each case once", async () => {
  const given = fc.tuple(fc.array(oneCase, { maxLength: 25 }), search, fc.integer({ min: 1, max: 7 }));
  await fc.assert(
    fc.asyncProperty(given, async ([drawn, { departments, ...narrowed }, most]) => {
      const { world } = paperWorld();
      const cases = drawn.map((one, index) => ({ ...one, count: index + 1 }));
      await putMany(world, cases);
      const filter = { ...EVERY_CASE, ...narrowed };
      const found: CaseNumber[] = [];
      for await (const { number } of allCases(world, { departments }, filter)) found.push(number);
      deepEqual(found, sought(cases, { departments, ...filter }));
      deepEqual(await byPages(world, { departments }, filter, most), found);
    }),
    { numRuns: 40 },
  );
});

Deno.test("a case that was handed on is found with its new department alone", async () => {
  const { world } = paperWorld();
  await putMany(world, [{ count: 1 }, { count: 2 }]);
  const state = (await readCase(world.store, numberOf(1)))!.value;
  const { key } = (await readCase(world.store, numberOf(1)))!;
  await world.store.commit({ sets: [[key, { ...state, departmentId: "zaisan" }]] });
  deepEqual(await byPages(world, { departments: ["bukken"] }, EVERY_CASE, 5), [numberOf(2)]);
});
