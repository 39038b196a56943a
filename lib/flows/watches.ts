/**
 * What waits for a business moment of a case (R32): reminders of a request, 契約日, a standstill. Each is one entry of
 * the due index that comes back by itself until there is nothing to wait for any more.
 *
 * @module
 */
import {
  afterBusinessDays,
  type IsBusinessDay,
  momentBefore,
  morningOf,
  nextBusinessMoment,
} from "../domain/business_time.ts";
import { type Case, type PartyId, partyOf } from "../domain/case.ts";
import type { Effect } from "../domain/effects.ts";
import { type Day, endOfJstDay, type Instant } from "../domain/instant.ts";
import { reminderTimes } from "../domain/rules_of_reminding.ts";

/** Business days without any movement after which the officers are told. */
export const IDLE_DAYS = 5;

/** Which request may need reminders. */
export type ReminderOrder = { readonly party: PartyId; readonly issue: number };

/** Which 契約日 is watched; of a case whose date has changed since, another entry watches. */
export type DayOrder = { readonly day: Day };

/** Effects that wait for business moments. */
export type WatchEffect = Extract<Effect, { do: "remind" | "watchDay" | "watchIdle" }>;

/** An entry to be made. */
export type Watch = {
  readonly at: Instant;
  readonly kind: string;
  readonly name: string;
  readonly payload: ReminderOrder | DayOrder | Record<string, never>;
};

/** When the officers hear that 契約日 ends tonight: that morning, or the last business morning before. */
export function dayMorning(day: Day, works: IsBusinessDay): Instant {
  return momentBefore(endOfJstDay(day), morningOf(day), works);
}

/** When they hear that it has passed. */
export function dayAfter(day: Day, works: IsBusinessDay): Instant {
  return nextBusinessMoment(endOfJstDay(day), works);
}

/** When a standstill that began at an instant is told of. */
export function idleAt(since: Instant, works: IsBusinessDay): Instant {
  return afterBusinessDays(since, IDLE_DAYS, works);
}

/** The entry of an effect; null when nothing is to wait for. */
export function watchOf(effect: WatchEffect, state: Case, at: Instant, works: IsBusinessDay): Watch | null {
  switch (effect.do) {
    case "remind": {
      const { party, issue } = effect;
      const asked = partyOf(state, party);
      const [first] = asked ? reminderTimes(state, asked, works) : [];
      return first
        ? { at: first.at, kind: "remind", name: `${issue}/remind/${party}`, payload: { party, issue } }
        : null;
    }
    case "watchDay": {
      const { day } = effect;
      const morning = dayMorning(day, works);
      // Sent on 契約日 itself or too late for a word before: only its end is left to tell of.
      const first = morning > at ? morning : dayAfter(day, works);
      return { at: first, kind: "contract-day", name: `contract-day/${day}`, payload: { day } };
    }
    case "watchIdle":
      return { at: idleAt(at, works), kind: "idle", name: "idle", payload: {} };
  }
}
