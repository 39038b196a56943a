/**
 * What happens when a request's link dies unanswered: the officers are told (R32).
 *
 * @module
 */
import { nextBusinessMoment } from "../domain/business_time.ts";
import { awaitedParty, type PartyId } from "../domain/case.ts";
import type { DueEntry } from "../due/due_index.ts";
import { dueSets } from "../due/due_index.ts";
import type { DueOutcome } from "../due/due_worker.ts";
import { readCase } from "./case_records.ts";
import { letterEntry, officersOf } from "./orders.ts";
import { now, type World } from "./world.ts";

/** Which issue of whose request ends. */
export type ExpiryOrder = { readonly party: PartyId; readonly issue: number };

/** Tells the officers that a link has ended, in business time and if its holder is still awaited. */
export async function expire(world: World, entry: DueEntry): Promise<DueOutcome> {
  const { party, issue } = entry.payload as ExpiryOrder;
  const state = (await readCase(world.store, entry.subject))?.value;
  const awaited = state ? awaitedParty(state) : null;
  if (!state || awaited?.id !== party || awaited.issue !== issue || awaited.agreedAt !== null) {
    return { done: true };
  }
  const at = now(world);
  const moment = nextBusinessMoment(at, world.calendar.isBusinessDay);
  if (moment > at) return { again: moment };
  const place = { caseNumber: state.number, name: `expired/${party}/${issue}`, at };
  const letters = officersOf(state, world.settings).map((officer) =>
    letterEntry({ letter: "expired", to: officer.address, party, about: null }, place)
  );
  await world.store.commit({ sets: letters.flatMap(dueSets) });
  world.wake();
  return { done: true };
}
