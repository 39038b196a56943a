/**
 * Reminds the one whose turn it is (R32): the entry of a request comes back at each of its reasons, in business time,
 * until the request is answered, replaced or closed.
 *
 * @module
 */
import { nextBusinessMoment } from "../domain/business_time.ts";
import type { Case } from "../domain/case.ts";
import { jstDay } from "../domain/instant.ts";
import { remindable, reminderTimes } from "../domain/rules_of_reminding.ts";
import type { DueEntry } from "../due/due_index.ts";
import type { DueOutcome } from "../due/due_worker.ts";
import { act } from "./act.ts";
import { readCase } from "./case_records.ts";
import type { ReminderOrder } from "./watches.ts";
import { now, type World } from "./world.ts";

/** When the entry comes back for a request; done when it waits for nothing any more. */
function comeback(world: World, state: Case, { party: id, issue }: ReminderOrder): DueOutcome {
  const party = remindable(state, id, issue, now(world));
  const [next] = party ? reminderTimes(state, party, world.calendar.isBusinessDay) : [];
  return next ? { again: next.at } : { done: true };
}

/** Sends the reminders that are due by today, all as one; what falls due outside business time waits for it. */
export async function remind(world: World, entry: DueEntry): Promise<DueOutcome> {
  const order = entry.payload as ReminderOrder;
  const { isBusinessDay } = world.calendar;
  const at = now(world);
  const state = (await readCase(world.store, entry.subject))?.value;
  const party = state ? remindable(state, order.party, order.issue, at) : null;
  if (!state || !party) return { done: true };
  const moment = nextBusinessMoment(at, isBusinessDay);
  if (moment > at) return { again: moment };
  const why = reminderTimes(state, party, isBusinessDay)
    .filter((time) => jstDay(time.at) <= jstDay(at)).map((time) => time.why);
  if (why.length === 0) return comeback(world, state, order);
  const outcome = await act(world, state.number, { do: "remind", at, ...order, why });
  return "refused" in outcome ? { done: true } : comeback(world, outcome.state, order);
}
