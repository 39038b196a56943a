/**
 * Whether a row is what a query looks for: the meaning of a search, which every catalog keeps to.
 *
 * @module
 */
import type { CatalogQuery, CatalogRow, WordSought } from "../catalog_port.ts";

/** What of a row is compared, its owner and its state apart. */
export type ComparedRow = Pick<CatalogRow, "texts" | "companies" | "contractDate" | "amount">;

/** Whether a value lies in a range, both ends included; a range without ends asks for nothing, not even a value. */
export const within = <T extends string | number>(
  value: T | null,
  least: T | null,
  most: T | null,
): boolean =>
  (least === null && most === null) ||
  (value !== null && (least === null || value >= least) && (most === null || value <= most));

/** Whether one of a row's texts, its amount or its day is what a word says. */
export function wordFits({ text, amount, days }: WordSought, row: Omit<ComparedRow, "companies">): boolean {
  return row.texts.some((each) => each.includes(text)) ||
    (amount !== null && row.amount === amount) ||
    (days !== null && row.contractDate !== null && within(row.contractDate, days.from, days.to));
}

/** Whether a row holds what is looked for, whoever owns it and whatever its state. */
export function contentFits(query: CatalogQuery, row: ComparedRow): boolean {
  return query.words.every((word) => wordFits(word, row)) &&
    within(row.contractDate, query.from, query.to) &&
    within(row.amount, query.least, query.most) &&
    (query.company === "" || row.companies.some((each) => each.includes(query.company)));
}

/** Whether a row is what is looked for. */
export function rowFits(query: CatalogQuery, row: CatalogRow): boolean {
  const owned = "address" in query.owner
    ? row.addresses.includes(query.owner.address)
    : query.owner.departments.includes(row.departmentId);
  return owned && (query.phases === null || query.phases.includes(row.phase)) && contentFits(query, row);
}
