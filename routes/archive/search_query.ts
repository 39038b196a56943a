/**
 * Reads the search form of a list from an address, and writes it into one.
 *
 * @module
 */
import type { Context } from "hono";
import { amountIn, daysIn } from "../../lib/flows/case_search.ts";
import type { ListPlace } from "../../lib/flows/browse_cases.ts";
import { type CaseFilter, STATE_GROUPS, type StateGroup } from "../../lib/flows/case_filter.ts";

/** Fields of the form. */
export const SEARCH_FIELDS = ["q", "from", "to", "min", "max", "party", "state"] as const;
/** One of them. */
export type SearchField = typeof SEARCH_FIELDS[number];

/** Longest value of a field, in characters. */
export const MAX_WRITTEN = 100;

/** A search as it was written and as it was understood. */
export type SearchQuery = {
  readonly written: Readonly<Record<SearchField, string>>;
  readonly filter: CaseFilter;
  /** Fields that could not be understood: they ask for nothing. */
  readonly faults: ReadonlySet<SearchField>;
  /** Behind which the page begins. */
  readonly behind: ListPlace | null;
};

/** What is said in the address of where a page begins. */
const BEHIND = "after";

function placeIn(text: string): ListPlace | null {
  const [, openedAt, number] = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)~([A-Z]?\d+-\d+)$/.exec(text) ?? [];
  return openedAt === undefined || number === undefined ? null : [openedAt, number];
}

const isGroup = (text: string): text is StateGroup => Object.hasOwn(STATE_GROUPS, text);

/** The search in the address of a request. */
export function searchQuery(c: Context): SearchQuery {
  const value = (name: string) => (c.req.query(name) ?? "").trim().slice(0, MAX_WRITTEN);
  const written = Object.fromEntries(SEARCH_FIELDS.map((name) => [name, value(name)])) as Record<
    SearchField,
    string
  >;
  const days = { from: daysIn(written.from)?.from ?? null, to: daysIn(written.to)?.to ?? null };
  const yen = { min: amountIn(written.min), max: amountIn(written.max) };
  const read = { ...days, ...yen, state: isGroup(written.state) ? written.state : null };
  const faults = (["from", "to", "min", "max", "state"] as const)
    .filter((name) => written[name] !== "" && read[name] === null);
  const filter: CaseFilter = {
    words: written.q,
    ...days,
    least: yen.min,
    most: yen.max,
    counterparty: written.party,
    state: read.state,
  };
  return { written, filter, faults: new Set(faults), behind: placeIn(value(BEHIND)) };
}

/** The same search as the query of another address, with its `?`; from a place on where one is given. */
export function queryOf({ written }: Pick<SearchQuery, "written">, behind: ListPlace | null = null): string {
  const pairs = SEARCH_FIELDS.map((name): [string, string] => [name, written[name]]);
  const query = new URLSearchParams(pairs.filter(([, value]) => value !== ""));
  if (behind !== null) query.set(BEHIND, behind.join("~"));
  return query.size === 0 ? "" : `?${query}`;
}
