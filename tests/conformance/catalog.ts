/**
 * The contract of `Catalog`, for every adapter.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import type { Catalog, CatalogPlace, CatalogQuery, CatalogRow } from "../../lib/catalog_port.ts";
import { rowFits } from "../../lib/catalog/row_fits.ts";
import type { Phase } from "../../lib/domain/case.ts";
import { PortError } from "../../lib/ports.ts";

const DEPARTMENTS = ["bukken", "doboku", "kaikei"];
const PHASES: readonly Phase[] = ["intake", "circulating", "completed"];
const TITLES = ["庁舎清掃業務委託", "文書管理システム保守", "県道𠮷野線舗装工事", "a・b（c）", "契"];
const COMPANIES = ["株式会社見本", "見本商店", "(有)高﨑組"];
const DAYS = [null, "2026-01-31", "2026-02-01", "2027-03-31", "2031-12-01", "1899-01-01", "2200-01-01"];
const AMOUNTS = [null, 0, 1, 999, 1_000, 1_200_000, 1e20];
const ADDRESSES = ["00aa", "00bb", "00cc"];
const WORDS = ["務", "管理", "清掃業務", "𠮷野", "・", "b（", "契約", "r8-000001", "見本", "高﨑", "1200000"];

const at = (minute: number) => `2026-11-25T00:${String(minute).padStart(2, "0")}:00.000Z`;

const rows: fc.Arbitrary<readonly CatalogRow[]> = fc.array(
  fc.record({
    departmentId: fc.constantFrom(...DEPARTMENTS),
    addresses: fc.subarray(ADDRESSES),
    phase: fc.constantFrom(...PHASES),
    title: fc.constantFrom(...TITLES),
    companies: fc.subarray(COMPANIES),
    contractDate: fc.constantFrom(...DAYS),
    amount: fc.constantFrom(...AMOUNTS),
    minute: fc.nat({ max: 3 }),
  }),
  { minLength: 1, maxLength: 25 },
).map((drawn) =>
  drawn.map(({ title, minute, ...row }, index) => {
    const number = `R8-${String(index + 1).padStart(6, "0")}`;
    return { ...row, number, openedAt: at(minute), texts: [number.toLowerCase(), title, ...row.companies] };
  })
);

const days = fc.constantFrom(...DAYS);
const amounts = fc.constantFrom(...AMOUNTS);
const queries: fc.Arbitrary<CatalogQuery> = fc.record({
  owner: fc.oneof(
    fc.constantFrom(...ADDRESSES).map((address) => ({ address })),
    fc.subarray(DEPARTMENTS).map((departments) => ({ departments })),
  ),
  words: fc.array(
    fc.record({
      text: fc.constantFrom(...WORDS),
      amount: amounts,
      days: fc.constantFrom(null, { from: "2026-02-01", to: "2026-02-28" }, {
        from: "1890-01-01",
        to: "2026-12-31",
      }),
    }),
    { maxLength: 2 },
  ),
  from: days,
  to: days,
  least: amounts,
  most: amounts,
  company: fc.constantFrom("", "", "見本", "高"),
  phases: fc.oneof(fc.constant(null), fc.subarray([...PHASES])),
});

const EVERYTHING: CatalogQuery = {
  owner: { departments: ["bukken"] },
  words: [],
  from: null,
  to: null,
  least: null,
  most: null,
  company: "",
  phases: null,
};

const order = (a: CatalogPlace, b: CatalogPlace) =>
  a.openedAt === b.openedAt ? a.number < b.number ? 1 : -1 : a.openedAt < b.openedAt ? 1 : -1;

/** Runs the suite against catalogs that `make` gives empty. */
export function catalogConformance(name: string, make: () => Promise<Catalog>): void {
  const given = async (test: (catalog: Catalog) => Promise<void>) => {
    const catalog = await make();
    try {
      await test(catalog);
    } finally {
      catalog.close();
    }
  };

  Deno.test(`${name}: R38 finds what a search means, newest first, page by page`, () =>
    given(async (catalog) => {
      const compare = async (put: readonly CatalogRow[], query: CatalogQuery, most: number) => {
        const wanted = put.filter((row) => rowFits(query, row)).sort(order).map(({ number }) => number);
        const found: string[] = [];
        for (let behind: CatalogPlace | null = null;;) {
          const page: readonly CatalogPlace[] = await catalog.find(query, behind, most);
          found.push(...page.map(({ number }) => number));
          if (page.length < most) break;
          behind = page.at(-1)!;
        }
        deepEqual(found, wanted);
      };
      // Finishing forces all to the disk, so that each catalog is asked a few times.
      const asked = fc.array(fc.tuple(queries, fc.integer({ min: 1, max: 4 })), {
        minLength: 8,
        maxLength: 8,
      });
      await fc.assert(
        fc.asyncProperty(rows, asked, async (put, asked) => {
          await catalog.begin();
          await catalog.put(put);
          await catalog.finish();
          for (const [query, most] of asked) await compare(put, query, most);
        }),
        { numRuns: 20 },
      );
    }));

  Deno.test(`${name}: a row takes the place of the earlier one of its number`, () =>
    given(async (catalog) => {
      const query = { ...EVERYTHING, words: [{ text: "清掃", amount: null, days: null }] };
      const row: CatalogRow = {
        number: "R8-000001",
        openedAt: at(0),
        departmentId: "bukken",
        addresses: [],
        phase: "intake",
        texts: ["庁舎清掃"],
        companies: [],
        contractDate: null,
        amount: null,
      };
      await catalog.begin();
      await catalog.put([row]);
      await catalog.finish();
      await catalog.put([row]);
      equal((await catalog.find(query, null, 9)).length, 1);
      await catalog.put([{ ...row, texts: ["文書管理"] }]);
      equal((await catalog.find(query, null, 9)).length, 0);
      const other = { ...query, words: [{ text: "文書管", amount: null, days: null }] };
      deepEqual(await catalog.find(other, null, 9), [{ openedAt: at(0), number: "R8-000001" }]);
    }));

  Deno.test(`${name}: it does not pass for empty while it is being made`, () =>
    given(async (catalog) => {
      await rejects(catalog.find(EVERYTHING, null, 9), PortError);
      await catalog.begin();
      await rejects(catalog.find(EVERYTHING, null, 9), PortError);
      await catalog.finish();
      deepEqual(await catalog.find(EVERYTHING, null, 9), []);
    }));

  Deno.test(`${name}: it is whole only when it was begun and finished`, () =>
    given(async (catalog) => {
      equal(await catalog.whole(), false);
      await catalog.begin();
      equal(await catalog.whole(), false);
      await catalog.finish();
      equal(await catalog.whole(), true);
      await catalog.begin();
      equal(await catalog.whole(), false);
    }));
}
