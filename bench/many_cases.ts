/**
 * Many made-up cases in the store, as years of a prefecture's contracts would leave them: heads with their indexes,
 * and for each a timestamp to be renewed far ahead.
 *
 * @module
 */
import type { Case } from "../lib/domain/case.ts";
import { DAY_MS, instantOf } from "../lib/domain/instant.ts";
import { dueSets } from "../lib/due/due_index.ts";
import { currentIndexSets } from "../lib/flows/case_index.ts";
import { headKey } from "../lib/flows/case_records.ts";
import type { Keyring } from "../lib/link/keyring.ts";
import type { Key, Store, StoreValue } from "../lib/ports.ts";
import { caseOf } from "../tests/support/given_case.ts";
import { completed, sentWith } from "../tests/support/sample_case.ts";

const PLACES = [
  "庁舎",
  "図書館",
  "県道",
  "河川",
  "県立高校",
  "病院",
  "体育館",
  "公園",
  "美術館",
  "橋梁",
  "消防学校",
];
const WORKS = [
  "清掃業務委託",
  "保守点検業務委託",
  "改修工事",
  "警備業務委託",
  "物品購入",
  "設計業務委託",
  "システム賃貸借",
  "印刷製本",
  "測量業務委託",
  "除草業務委託",
];
const TOWNS = ["宇都宮", "足利", "佐野", "鹿沼", "日光", "小山", "真岡", "那須", "矢板", "さくら"];
const TRADES = ["建設", "商事", "印刷", "電機", "ビルサービス", "測量設計", "警備保障", "システム"];

/** Departments over which the cases are spread. */
export const DEPARTMENTS = 30;
/** Years over which they were opened. */
const YEARS = 7;
const FIRST_MS = Date.parse("2019-11-25T00:00:00Z");
/** Cases in one commit. */
const AT_ONCE = 60;
/** Vendors' addresses that stand on some ten cases each. */
const CASES_OF_ONE = 10;

/** A number below `below`, the same for the same place. */
export function drawn(index: number, salt: number, below: number): number {
  let mixed = Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(salt + 1, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
  return ((mixed ^ (mixed >>> 15)) >>> 0) % below;
}

const one = <T>(of: readonly T[], index: number, salt: number): T => of[drawn(index, salt, of.length)]!;

/** The department of a case; the first is the one of the demonstration. */
export const departmentOf = (index: number): string => {
  const which = drawn(index, 1, DEPARTMENTS);
  return which === 0 ? "bukken" : `department-${which}`;
};

/** The address of the contact of a case among `count`. */
export const contactOf = (index: number, count: number): string =>
  `jimu${drawn(index, 2, Math.max(1, Math.floor(count / CASES_OF_ONE)))}@vendor.example.jp`;

const DONE = caseOf(completed());
const SENT = caseOf(sentWith());

/** The head of a case among `count`. One in twenty is on its way. */
export function madeCase(index: number, count: number): Case {
  const ms = FIRST_MS + Math.floor(index * (YEARS * 365 * DAY_MS / count));
  const openedAt = instantOf(ms);
  const title = `${one(PLACES, index, 3)}${one(WORKS, index, 4)}（その${drawn(index, 5, 2_000) + 1}）`;
  const company = `株式会社${one(TOWNS, index, 6)}${one(TRADES, index, 7)}${drawn(index, 8, 400)}`;
  const base = drawn(index, 9, 20) === 0 ? SENT : DONE;
  const form = base.form!;
  const vendor = form.vendors[0]!;
  const address = contactOf(index, count);
  const confirmers = vendor.confirmers.map((person, at) => ({ ...person, address: `${at}.${address}` }));
  return {
    ...base,
    number: `R${2 + Math.floor(index * YEARS / count)}-${String(index + 1).padStart(7, "0")}`,
    departmentId: departmentOf(index),
    openedAt,
    contact: { ...base.contact, address },
    form: { ...form, contractName: title, vendors: [{ ...vendor, company, confirmers }] },
    draft: {
      ...base.draft!,
      title,
      contractDate: instantOf(ms + drawn(index, 10, 40) * DAY_MS).slice(0, 10),
      amount: Math.floor(10 ** (4 + drawn(index, 11, 5_000) / 1_000)),
    },
    parties: base.parties.map((party, at) => ({ ...party, address: `${at}.${address}` })),
  };
}

/** Some nine years ahead, spread. */
function renewalSets(index: number, number: string): (readonly [Key, StoreValue])[] {
  const at = instantOf(Date.parse("2035-01-01T00:00:00Z") + drawn(index, 12, 365 * 24 * 3_600) * 1_000);
  const id = `${number}/9/renew/0`;
  return dueSets({ id, at, firstAt: at, kind: "renew", subject: number, payload: {}, attempts: 0 });
}

/** Fills a store with `count` cases; how long that took, in ms. */
export async function putManyCases(store: Store, keys: Keyring, count: number): Promise<number> {
  const begun = performance.now();
  for (let from = 0; from < count; from += AT_ONCE) {
    const indexes = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, index) => from + index);
    const sets = indexes.flatMap((index) => {
      const state = madeCase(index, count);
      return [
        [headKey(state.number), state] as const,
        ...currentIndexSets(keys, state),
        ...renewalSets(index, state.number),
      ];
    });
    await store.commit({ sets });
  }
  return performance.now() - begun;
}
