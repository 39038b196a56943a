/**
 * Officers' links: that of a case opens this case and those that belong with it; one without a case, which 「一覧」
 * brings, opens the list of the officer's departments and every case in it (R38). Either opens nothing once its holder
 * is no officer any more.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { CaseNumber } from "../domain/case.ts";
import type { Instant } from "../domain/instant.ts";
import { dueSets } from "../due/due_index.ts";
import { type LinkRecord, readLink } from "../link/link_token.ts";
import type { Key } from "../ports.ts";
import { answerAllowance } from "./answer_allowance.ts";
import { readCase } from "./case_records.ts";
import type { OpenedLink } from "./links.ts";
import { letterEntry } from "./orders.ts";
import { isOfficer, officerIn } from "./staff.ts";
import { now, type World } from "./world.ts";

/** The officer's link of a token; null when there is none. Whether it has ended is for the caller to judge. */
export async function officerLink(world: World, token: string): Promise<LinkRecord | null> {
  const link = await readLink(world.store, world.keys, token);
  // Staff move on, their mails stay: a link acts for the public body only while its holder does.
  return link?.purpose === "officer" && isOfficer(world.settings, link.address) ? link : null;
}

/** Cases in a row that are looked along. */
const LONGEST_ROW = 20;

/** The first of the cases that follow one another (R36). */
async function firstOf(world: World, number: CaseNumber): Promise<CaseNumber> {
  let first = number;
  for (let steps = 0; steps < LONGEST_ROW; steps++) {
    const before = (await readCase(world.store, first))?.value.refersTo;
    if (!before) break;
    first = before.number;
  }
  return first;
}

const belongTogether = async (world: World, a: CaseNumber, b: CaseNumber): Promise<boolean> =>
  await firstOf(world, a) === await firstOf(world, b);

/**
 * The case that an officer's link opens: its own or one that belongs with it, or with `number` one of the list behind
 * it. Null for any other.
 */
export async function caseBehind(
  world: World,
  link: LinkRecord,
  number: CaseNumber | null,
): Promise<OpenedLink | null> {
  const wanted = number ?? link.caseNumber;
  if (wanted === null) return null;
  if (number !== null && link.caseNumber !== null && !await belongTogether(world, number, link.caseNumber)) {
    return null;
  }
  const state = (await readCase(world.store, wanted))?.value;
  if (!state) return null;
  const listed = officerIn(world.settings, link.address).includes(state.departmentId);
  return number === null || listed ? { link, state } : null;
}

/** The ten minutes within which one link brings one other: their beginning. */
const slotOf = (world: World): Instant => `${now(world).slice(0, 15)}0:00.000Z`;

/**
 * Mails a fresh link for the same case or list to the officer's registered address, and to no other: one within ten
 * minutes for each link. Above a day's share nothing goes.
 */
export async function renewOfficerLink(world: World, link: LinkRecord): Promise<void> {
  const { id, caseNumber, address: to } = link;
  const at = slotOf(world);
  const key: Key = ["officer-renewed", id];
  const known = await world.store.get<Instant>(key);
  const allowance = known?.value === at ? null : await answerAllowance(world, to, "documents");
  if (!allowance) return;
  const about = caseNumber === null ? { search: "" } : { word: "status" } as const;
  const order = { letter: "status", to, party: null, about } as const;
  const tag = createHash("sha256").update(id).digest("hex").slice(0, 16);
  const entry = letterEntry(order, { caseNumber, name: `renewed/${tag}/${at}`, at });
  await world.store.commit({
    checks: [{ key, version: known?.version ?? null }, ...allowance.checks ?? []],
    sets: [[key, at], ...allowance.sets ?? [], ...dueSets(entry)],
  });
  world.wake();
}
