/**
 * The cases of a person or a department, newest first, within bounds.
 *
 * @module
 */
import type { Case, CaseNumber } from "../domain/case.ts";
import { sameAddress } from "../domain/mail_address.ts";
import type { Key } from "../ports.ts";
import { headKey } from "./case_records.ts";
import { type IndexedBy, indexPrefix } from "./case_index.ts";
import type { World } from "./world.ts";

/** Cases that are looked through for one answer. */
const MAX_SCANNED = 1_000;
/** What a store gives at once. */
const AT_ONCE = 10;

/** What is looked for. */
export type CaseQuery = {
  readonly by: IndexedBy;
  readonly fits: (state: Case) => boolean;
  readonly most: number;
};

/** What was found. */
export type FoundCases = {
  /** Newest first. */
  readonly cases: readonly Case[];
  /** Whether there are, or may be, more than those. */
  readonly more: boolean;
};

/**
 * Whether an address has a part in a case that it may be told of: contact, confirmer on the form that counts,
 * party; 共有先 only of what is completed, for they are told of nothing before (R30). Officers are told as such.
 */
export function standsOn(state: Case, address: string): boolean {
  const confirmers = state.form?.vendors.flatMap((vendor) => vendor.confirmers) ?? [];
  const people = [state.contact, ...confirmers, ...state.parties].map((person) => person.address);
  const copied = state.phase === "completed" ? state.draft?.copyTo ?? [] : [];
  return [...people, ...copied].some((each) => sameAddress(each, address));
}

async function headsOf(world: World, numbers: readonly CaseNumber[]): Promise<Case[]> {
  const heads: Case[] = [];
  for (let from = 0; from < numbers.length; from += AT_ONCE) {
    const found = await world.store.getMany<Case>(numbers.slice(from, from + AT_ONCE).map(headKey));
    heads.push(...found.flatMap((entry) => entry ? [entry.value] : []));
  }
  return heads;
}

async function numbersUnder(world: World, prefix: Key): Promise<CaseNumber[]> {
  const found: CaseNumber[] = [];
  const range = { prefix, limit: MAX_SCANNED, reverse: true };
  for await (const { value } of world.store.list<CaseNumber>(range)) found.push(value);
  return found;
}

/** Finds cases. The index may name a case that is the address's or the department's no more: it is passed over. */
export async function findCases(world: World, { by, fits, most }: CaseQuery): Promise<FoundCases> {
  const numbers = await numbersUnder(world, indexPrefix(world.keys, by));
  const belongs = (state: Case) =>
    "address" in by ? standsOn(state, by.address) : state.departmentId === by.departmentId;
  const cases: Case[] = [];
  for (let from = 0; from < numbers.length && cases.length <= most; from += AT_ONCE) {
    const heads = await headsOf(world, numbers.slice(from, from + AT_ONCE));
    cases.push(...heads.filter((state) => belongs(state) && fits(state)));
  }
  const more = cases.length > most || numbers.length >= MAX_SCANNED;
  return { cases: cases.slice(0, most), more };
}
