/**
 * What cases are narrowed down by on a list: the items of 電子帳簿保存法 (取引年月日, 取引金額, 取引先), alone and
 * together, each as a range where it has an order; besides words, and for officers the state (R37, R38).
 *
 * @module
 */
import { foldText } from "../catalog/fold_text.ts";
import { within } from "../catalog/row_fits.ts";
import type { Case, Phase } from "../domain/case.ts";
import type { Day } from "../domain/instant.ts";
import { departmentOf, type Settings } from "../settings/settings.ts";
import { plainSearchFacts, searchFacts, searchTest } from "./case_search.ts";

/** States that are looked for together. */
export const STATE_GROUPS = {
  open: ["intake", "drafted", "circulating", "declined", "executed"],
  intake: ["intake"],
  drafted: ["drafted"],
  circulating: ["circulating"],
  declined: ["declined"],
  concluded: ["executed", "completed"],
  over: ["paper", "refused", "withdrawn"],
} as const satisfies Readonly<Record<string, readonly Phase[]>>;

/** A group of states by its name. */
export type StateGroup = keyof typeof STATE_GROUPS;

/** What must hold of a case; null and empty ask for nothing. Ends belong to their ranges. */
export type CaseFilter = {
  readonly words: string;
  readonly from: Day | null;
  readonly to: Day | null;
  /** In yen. */
  readonly least: number | null;
  readonly most: number | null;
  /** 相手方: the vendor, or to the vendor the department. */
  readonly counterparty: string;
  readonly state: StateGroup | null;
};

/** Lets every case through. */
export const EVERY_CASE: CaseFilter = {
  words: "",
  from: null,
  to: null,
  least: null,
  most: null,
  counterparty: "",
  state: null,
};

/** Whose list it is. */
export type ListOwner = { readonly address: string } | { readonly departments: readonly string[] };

/** A test for the cases that an owner's filter lets through. */
export function filterTest(
  settings: Settings,
  owner: ListOwner,
  filter: CaseFilter,
): (state: Case) => boolean {
  const words = searchTest(filter.words);
  const counterparty = foldText(filter.counterparty);
  const phases: readonly Phase[] | null = filter.state === null ? null : STATE_GROUPS[filter.state];
  return (state) => {
    const facts = "address" in owner ? plainSearchFacts(state) : searchFacts(state);
    const sides = [...facts.companies];
    if ("address" in owner) {
      sides.push(settings.publicBody.name + (departmentOf(settings, state.departmentId)?.name ?? ""));
    }
    return words(facts) && within(facts.contractDate, filter.from, filter.to) &&
      within(facts.amount, filter.least, filter.most) &&
      (counterparty === "" || sides.some((side) => foldText(side).includes(counterparty))) &&
      (phases === null || phases.includes(state.phase));
  };
}
