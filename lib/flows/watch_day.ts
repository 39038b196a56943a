/**
 * Watches a case's 契約日 for its officers (R32): on its morning they hear who is still awaited before it closes at
 * 24:00 in Japan; after it, that it is closed and what opens it again.
 *
 * @module
 */
import { nextBusinessMoment } from "../domain/business_time.ts";
import type { Case } from "../domain/case.ts";
import { endOfJstDay } from "../domain/instant.ts";
import { type DueEntry, dueSets } from "../due/due_index.ts";
import type { DueOutcome } from "../due/due_worker.ts";
import type { LetterAbout, LetterKind } from "../letters/letter_order.ts";
import { readCase } from "./case_records.ts";
import { letterEntry, officersOf } from "./orders.ts";
import { dayAfter, type DayOrder } from "./watches.ts";
import { now, type World } from "./world.ts";

/** Whether a case still waits for agreement until this 契約日. */
export function awaitsUntil(state: Case, day: string): boolean {
  const round = state.phase === "circulating" || state.phase === "declined";
  return round && state.draft?.contractDate === day && !state.reopened;
}

/** Orders one letter for each officer of a case; as nothing when it was ordered before. */
export async function tellOfficers(
  world: World,
  state: Case,
  name: string,
  what: { readonly letter: LetterKind; readonly about: LetterAbout },
): Promise<void> {
  const place = { caseNumber: state.number, name, at: now(world) };
  const letters = officersOf(state, world.settings).map(({ address }) =>
    letterEntry({ ...what, to: address, party: null }, place)
  );
  await world.store.commit({ sets: letters.flatMap(dueSets) });
  world.wake();
}

/** Tells the officers of 契約日, in business time; once of the day and once of its end. */
export async function watchDay(world: World, entry: DueEntry): Promise<DueOutcome> {
  const { day } = entry.payload as DayOrder;
  const { isBusinessDay } = world.calendar;
  const state = (await readCase(world.store, entry.subject))?.value;
  if (!state || !awaitsUntil(state, day)) return { done: true };
  const at = now(world);
  const moment = nextBusinessMoment(at, isBusinessDay);
  if (moment > at) return { again: moment };
  const over = at >= endOfJstDay(day);
  if (over) await tellOfficers(world, state, `closed/${day}`, { letter: "expired", about: { closed: day } });
  else await tellOfficers(world, state, `closing/${day}`, { letter: "reminder", about: { closing: day } });
  return over ? { done: true } : { again: dayAfter(day, isBusinessDay) };
}
