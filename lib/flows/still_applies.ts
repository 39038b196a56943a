/**
 * Whether a letter that was written earlier may still go, and when: what has been done meanwhile is not asked for,
 * and reminders keep to business time even when their relay did not answer in it (R32).
 *
 * @module
 */
import { nextBusinessMoment } from "../domain/business_time.ts";
import { partyOf } from "../domain/case.ts";
import { type Instant, jstDay } from "../domain/instant.ts";
import { remindable } from "../domain/rules_of_reminding.ts";
import type { LetterKind } from "../letters/letter_order.ts";
import { readCase } from "./case_records.ts";
import type { OutboxRecord } from "./outbox.ts";
import { now, type World } from "./world.ts";

/** Letters that go in business time only. */
const IN_BUSINESS_TIME: ReadonlySet<LetterKind> = new Set<LetterKind>(["reminder", "digest"]);

/** Whether a letter may still go: a request and its reminders only while it is awaited, a digest on its day. */
export async function stillApplies(world: World, record: OutboxRecord): Promise<boolean> {
  const { kind, caseNumber, party, issue, writtenAt } = record;
  const at = now(world);
  if (kind === "digest") return jstDay(writtenAt) === jstDay(at);
  if (kind !== "request" && kind !== "reminder") return true;
  if (caseNumber === null || party === null || issue === null) return true;
  const state = (await readCase(world.store, caseNumber))?.value;
  if (!state) return false;
  if (kind === "reminder") {
    const asked = remindable(state, party, issue, at);
    // A later reminder takes the place of one that waits for its relay.
    return asked !== null && (asked.remindedAt ?? "") <= writtenAt;
  }
  const asked = partyOf(state, party);
  return state.phase === "circulating" && asked?.issue === issue && asked.agreedAt === null;
}

/** When a letter may go: now (null), or at the business moment that it must wait for. */
export function waitsUntil(world: World, kind: LetterKind): Instant | null {
  if (!IN_BUSINESS_TIME.has(kind)) return null;
  const at = now(world);
  const moment = nextBusinessMoment(at, world.calendar.isBusinessDay);
  return moment > at ? moment : null;
}
