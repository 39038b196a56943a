/**
 * Rules of reminders (R32): when the one whose turn it is gets one, and why. At most one a day, whatever the
 * reasons; what fell due while the service stood still comes as one.
 *
 * @module
 */
import { type IsBusinessDay, momentBefore, morningOf, plusDays } from "./business_time.ts";
import { awaitedParty, type Case, type Party, type PartyId } from "./case.ts";
import type { ReminderReason } from "./case_event.ts";
import { type CommandOf, type Decision, done } from "./decision.ts";
import { DAY_MS, endOfJstDay, epochMs, type Instant, jstDay, plusMs } from "./instant.ts";
import { agreementClosed, linkFault } from "./rules_of_circulation.ts";

/** When a reason's time comes. */
export type ReminderTime = { readonly why: ReminderReason; readonly at: Instant };

/** Days of a link's life, and before 契約日, at which a first reminder goes. */
const EARLY_DAYS = 3;

/** The party of an issue while that very request waits for an answer that can still be given; else null. */
export function remindable(state: Case, id: PartyId, issue: number, at: Instant): Party | null {
  const party = awaitedParty(state);
  if (party?.id !== id || party.agreedAt !== null || party.bounced || party.handedOverAt === null) {
    return null;
  }
  return linkFault(state, party, issue, at) || agreementClosed(state, at) ? null : party;
}

function timesOf({ draft }: Case, expiresAt: Instant, works: IsBusinessDay): ReminderTime[] {
  const early = plusMs(expiresAt, -EARLY_DAYS * DAY_MS);
  const times: ReminderTime[] = [{ why: "link_ends", at: momentBefore(expiresAt, early, works) }];
  const day = draft?.contractDate ?? null;
  if (day === null) return times;
  const before = (days: number) => momentBefore(endOfJstDay(day), morningOf(plusDays(day, -days)), works);
  times.push({ why: "contract_in_three_days", at: before(EARLY_DAYS) });
  times.push({ why: "contract_tomorrow", at: before(1) });
  return times;
}

/**
 * The reminders that a party's newest request still has before it, first ones first: those of days after the one on
 * which the request, or the last reminder, went.
 */
export function reminderTimes(state: Case, party: Party, works: IsBusinessDay): readonly ReminderTime[] {
  const { handedOverAt, expiresAt, remindedAt } = party;
  if (handedOverAt === null || expiresAt === null) return [];
  const last = remindedAt !== undefined && remindedAt > handedOverAt ? remindedAt : handedOverAt;
  return timesOf(state, expiresAt, works).filter(({ at }) => jstDay(at) > jstDay(last))
    .sort((a, b) => epochMs(a.at) - epochMs(b.at));
}

/** Decides on a reminder: one a day, and only while its request waits for an answer. */
export function decideReminder(state: Case, command: CommandOf<"remind">): Decision {
  const { at, issue, why } = command;
  const party = remindable(state, command.party, issue, at);
  const last = party?.remindedAt ?? null;
  if (!party || why.length === 0 || (last !== null && jstDay(last) === jstDay(at))) return done();
  return done({ did: "reminded", at, party: party.id, issue, why });
}
