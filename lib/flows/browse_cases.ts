/**
 * The cases of a person or of departments, newest first, a page at a time or all of them, however many there are.
 *
 * @module
 */
import type { CatalogPlace } from "../catalog_port.ts";
import type { Case, CaseNumber } from "../domain/case.ts";
import { type Key, PortError } from "../ports.ts";
import { headKey } from "./case_records.ts";
import { type CaseFilter, filterTest, type ListOwner } from "./case_filter.ts";
import { type IndexedBy, indexPrefix } from "./case_index.ts";
import { catalogQuery } from "./catalog_rows.ts";
import { standsOn } from "./stands_on.ts";
import type { World } from "./world.ts";

/** What a store gives at once. */
const AT_ONCE = 10;

/** Where a page ends: the last case's place in the order. */
export type ListPlace = readonly [openedAt: string, number: CaseNumber];

/** One page of a list. */
export type CasePage = {
  readonly cases: readonly Case[];
  /** Behind which the next page begins; null on the last. */
  readonly next: ListPlace | null;
};

type Found = { readonly place: ListPlace; readonly number: CaseNumber };

async function* placesUnder(
  world: World,
  by: IndexedBy,
  behind: ListPlace | null,
): AsyncGenerator<Found> {
  const prefix = indexPrefix(world.keys, by);
  const end: { readonly end?: Key } = behind === null ? {} : { end: [...prefix, ...behind] };
  for await (const { key, value } of world.store.list<CaseNumber>({ prefix, ...end, reverse: true })) {
    yield { place: key.slice(-2) as unknown as ListPlace, number: value };
  }
}

const later = ([a, m]: ListPlace, [b, n]: ListPlace): boolean => a > b || (a === b && m > n);

/** Several lists in order as one in order; a case that stands in two is given once. */
async function* merged(lists: readonly AsyncGenerator<Found>[]): AsyncGenerator<CaseNumber> {
  const ahead = await Promise.all(lists.map((list) => list.next()));
  let last = "";
  try {
    for (;;) {
      let first = -1;
      ahead.forEach((each, index) => {
        const best = ahead[first];
        if (!each.done && (!best || best.done || later(each.value.place, best.value.place))) first = index;
      });
      const next = ahead[first];
      if (!next || next.done) return;
      if (next.value.number !== last) yield next.value.number;
      last = next.value.number;
      ahead[first] = await lists[first]!.next();
    }
  } finally {
    await Promise.all(lists.map((list) => list.return(undefined)));
  }
}

async function* heads(world: World, numbers: AsyncGenerator<CaseNumber>): AsyncGenerator<Case> {
  let waiting: CaseNumber[] = [];
  const read = async () => {
    const found = await world.store.getMany<Case>(waiting.map(headKey));
    waiting = [];
    return found.flatMap((entry) => entry ? [entry.value] : []);
  };
  for await (const number of numbers) {
    waiting.push(number);
    if (waiting.length === AT_ONCE) yield* await read();
  }
  if (waiting.length > 0) yield* await read();
}

/** Places that are asked of the catalog at once. */
const PLACES_AT_ONCE = 50;

/** What may fit, by the catalog. */
async function* inCatalog(
  world: World,
  owner: ListOwner,
  filter: CaseFilter,
  behind: ListPlace | null,
): AsyncGenerator<CatalogPlace> {
  const query = catalogQuery(world.keys, owner, filter);
  let last = behind && { openedAt: behind[0], number: behind[1] };
  for (;;) {
    const places = await world.catalog.find(query, last, PLACES_AT_ONCE);
    yield* places;
    last = places.at(-1) ?? null;
    if (last === null || places.length < PLACES_AT_ONCE) return;
  }
}

/** All cases of an owner, by the store's own index: slower the more there are, but never absent. */
function inStore(world: World, owner: ListOwner, behind: ListPlace | null): AsyncGenerator<CaseNumber> {
  const places: readonly IndexedBy[] = "address" in owner
    ? [owner]
    : owner.departments.map((departmentId) => ({ departmentId }));
  return merged(places.map((by) => placesUnder(world, by, behind)));
}

/** What may fit, by the catalog as far as it answers, and from there on by the store: no list ends too early. */
async function* numbersOf(
  world: World,
  owner: ListOwner,
  filter: CaseFilter,
  behind: ListPlace | null,
): AsyncGenerator<CaseNumber> {
  let last = behind;
  if (await world.catalog.whole()) {
    try {
      for await (const { openedAt, number } of inCatalog(world, owner, filter, behind)) {
        last = [openedAt, number];
        yield number;
      }
      return;
    } catch (error) {
      if (!(error instanceof PortError)) throw error;
    }
  }
  yield* inStore(world, owner, last);
}

/** All cases that fit, newest first; `behind` leaves out those up to a place. */
export async function* allCases(
  world: World,
  owner: ListOwner,
  filter: CaseFilter,
  behind: ListPlace | null = null,
): AsyncGenerator<Case> {
  const fits = filterTest(world.settings, owner, filter);
  // An index may name a case that is the address's or the department's no more: it is passed over.
  const belongs = (state: Case) =>
    "address" in owner ? standsOn(state, owner.address) : owner.departments.includes(state.departmentId);
  for await (const state of heads(world, numbersOf(world, owner, filter, behind))) {
    if (belongs(state) && fits(state)) yield state;
  }
}

/** A page of at most `most` cases that fit. */
export async function casePage(
  world: World,
  owner: ListOwner,
  filter: CaseFilter,
  page: { readonly behind: ListPlace | null; readonly most: number },
): Promise<CasePage> {
  const cases: Case[] = [];
  for await (const state of allCases(world, owner, filter, page.behind)) {
    if (cases.length === page.most) {
      const { openedAt, number } = cases.at(-1)!;
      return { cases, next: [openedAt, number] };
    }
    cases.push(state);
  }
  return { cases, next: null };
}
