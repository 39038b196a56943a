/**
 * What the catalog is told of a case, and the marks that tell of which. A mark is written in the same commit that
 * changes what the catalog shows, so no change is ever missing from it for good.
 *
 * Keys `["catalog-mark", number, length]`: the length of the history with which the case changed.
 *
 * @module
 */
import { foldText } from "../catalog/fold_text.ts";
import type { CatalogQuery, CatalogRow } from "../catalog_port.ts";
import type { Case, CaseNumber } from "../domain/case.ts";
import { canonicalJson } from "../domain/history.ts";
import type { Keyring } from "../link/keyring.ts";
import type { Key } from "../ports.ts";
import { type CaseFilter, type ListOwner, STATE_GROUPS } from "./case_filter.ts";
import { addressesIn, addressHash } from "./case_index.ts";
import { searchedTexts, searchFacts, wordsOf } from "./case_search.ts";

/** Where the marks stand. */
export const MARKS: Key = ["catalog-mark"];

/** One mark. */
export type CatalogMark = { readonly number: CaseNumber };

/** The row of a case. A draft that was not sent is in it; what its reader may know is judged by the case itself. */
export function rowOf(keys: Keyring, state: Case): CatalogRow {
  const { number, openedAt, departmentId, phase } = state;
  const facts = searchFacts(state);
  const { contractDate, amount, companies } = facts;
  const formName = foldText(state.form?.contractName ?? "");
  const texts = [...searchedTexts(facts), formName].filter((text) => text !== "");
  const addresses = addressesIn(state).map((address) => addressHash(keys, address));
  return {
    number,
    openedAt,
    departmentId,
    addresses,
    phase,
    texts: [...new Set(texts)],
    companies: companies.map(foldText),
    contractDate,
    amount,
  };
}

/** Marks a case. */
export function markSets({ number, length }: Case): (readonly [Key, CatalogMark])[] {
  return [[[...MARKS, number, length], { number }]];
}

/** Marks a case if its row is not what it was. */
export function changeMarks(keys: Keyring, before: Case | null, after: Case): ReturnType<typeof markSets> {
  const same = before !== null && canonicalJson(rowOf(keys, before)) === canonicalJson(rowOf(keys, after));
  return same ? [] : markSets(after);
}

/** What is asked of the catalog for a list. What else the filter means is judged by the cases themselves. */
export function catalogQuery(keys: Keyring, owner: ListOwner, filter: CaseFilter): CatalogQuery {
  const { from, to, least, most } = filter;
  const own = "address" in owner;
  return {
    owner: own ? { address: addressHash(keys, owner.address) } : owner,
    words: wordsOf(filter.words),
    from,
    to,
    least,
    most,
    // To a vendor the other side is the public body, which no row names.
    company: own ? "" : foldText(filter.counterparty),
    phases: filter.state === null ? null : STATE_GROUPS[filter.state],
  };
}
