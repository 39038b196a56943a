/**
 * Watches that no case is forgotten: when nothing has moved for five business days its officers hear so, once for
 * each standstill (R32).
 *
 * @module
 */
import { nextBusinessMoment } from "../domain/business_time.ts";
import type { DueEntry } from "../due/due_index.ts";
import type { DueOutcome } from "../due/due_worker.ts";
import { readCase } from "./case_records.ts";
import { isOpen, openCaseOf } from "./open_index.ts";
import { tellOfficers } from "./watch_day.ts";
import { idleAt } from "./watches.ts";
import { now, type World } from "./world.ts";

/** Looks at a case as long as it is open, never later than its next standstill can be told of. */
export async function watchIdle(world: World, entry: DueEntry): Promise<DueOutcome> {
  const { isBusinessDay } = world.calendar;
  const state = (await readCase(world.store, entry.subject))?.value;
  // What is executed waits for nobody: late seals are told of by themselves.
  if (!state || !isOpen(state) || state.phase === "executed") return { done: true };
  const at = now(world);
  const open = await openCaseOf(world.store, state);
  if (!open) return { again: idleAt(at, isBusinessDay) };
  const moment = nextBusinessMoment(at, isBusinessDay);
  const told = idleAt(open.since, isBusinessDay);
  if (told > at) return { again: told };
  if (moment > at) return { again: moment };
  const about = { idleSince: open.since };
  await tellOfficers(world, state, `idle/${open.seq}`, { letter: "reminder", about });
  return { again: idleAt(at, isBusinessDay) };
}
