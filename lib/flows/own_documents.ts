/**
 * One's own contracts, for whoever holds an address: a link to the list is mailed to that address and to no other,
 * and behind it are the cases on which the address stands (R37). Nothing tells who has cases.
 *
 * @module
 */
import type { Case, CaseNumber } from "../domain/case.ts";
import { normalAddress, sameAddress } from "../domain/mail_address.ts";
import { dueSets } from "../due/due_index.ts";
import { type LinkRecord, readLink } from "../link/link_token.ts";
import { answerAllowance } from "./answer_allowance.ts";
import { readCase } from "./case_records.ts";
import { standsOn } from "./stands_on.ts";
import { completionRecipients, letterEntry } from "./orders.ts";
import { isOfficer } from "./staff.ts";
import { now, type World } from "./world.ts";

/**
 * Mails the link to an address; an officer gets the department's list (R38). Above a day's share nothing goes, and
 * the asker is told the same as ever.
 */
export async function requestDocuments(world: World, written: string): Promise<void> {
  const to = normalAddress(written);
  const allowance = await answerAllowance(world, to, "documents");
  if (!allowance) return;
  const at = now(world);
  const letter = isOfficer(world.settings, to) ? "status" : "documents-link";
  const order = { letter, to, party: null, about: { search: "" } } as const;
  // Pressing twice within a minute asks once.
  const entry = letterEntry(order, { caseNumber: null, name: `documents/${at.slice(0, 16)}`, at });
  await world.store.commit({
    checks: allowance.checks ?? [],
    sets: [...allowance.sets ?? [], ...dueSets(entry)],
  });
  world.wake();
}

/** The link of a token that opens a list; null when there is none. Whether it has ended is for the caller to judge. */
export async function openDocuments(world: World, token: string): Promise<LinkRecord | null> {
  const link = await readLink(world.store, world.keys, token);
  return link?.purpose === "documents" ? link : null;
}

/** Whether an address may have the executed files: of whoever gets the completion mail (R30). */
export function mayDownload(state: Case, address: string): boolean {
  return state.phase === "completed" &&
    completionRecipients(state).some((each) => sameAddress(each, address));
}

/** A case whose executed files the holder of a link may have; null for every other. */
export async function ownCase(
  world: World,
  { address }: LinkRecord,
  number: CaseNumber,
): Promise<Case | null> {
  const state = (await readCase(world.store, number))?.value;
  return state && standsOn(state, address) && mayDownload(state, address) ? state : null;
}
