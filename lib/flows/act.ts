/**
 * The one way in which a case changes: load, decide, and commit the events, the new head and all that they call
 * for in one atomic write. Nothing is half done, and nothing that was promised can be forgotten.
 *
 * @module
 */
import type { Case, CaseNumber } from "../domain/case.ts";
import type { CaseEvent, RecordedEvent } from "../domain/case_event.ts";
import type { CaseCommand, OpenCommand } from "../domain/command.ts";
import { decide, open } from "../domain/decide.ts";
import { effectsOf } from "../domain/effects.ts";
import { evolve } from "../domain/evolve.ts";
import { CHAIN_START, record } from "../domain/history.ts";
import type { Refusal } from "../domain/refusal.ts";
import { dueSets } from "../due/due_index.ts";
import { type Commit, type Key, PortError, type StoreValue } from "../ports.ts";
import { indexSets } from "./case_index.ts";
import { changeMarks } from "./catalog_rows.ts";
import { eventKey, headKey, readCase } from "./case_records.ts";
import { executedSets } from "./executed_index.ts";
import { openChange } from "./open_index.ts";
import { dueEntriesOf } from "./orders.ts";
import type { World } from "./world.ts";

/** How often a command is decided anew because someone else changed the case meanwhile. */
const TRIES = 5;

/** What came of a command: the case as it is now with the events that were recorded, or a refusal. */
export type Outcome = { readonly state: Case; readonly events: readonly RecordedEvent[] } | Refusal;

/** Writes that go with the events, all or nothing. */
export type Alongside = Pick<Commit, "checks" | "sets">;

function fold(before: Case | null, events: readonly CaseEvent[], world: World) {
  let state = before;
  const recorded: RecordedEvent[] = [];
  const sets: (readonly [Key, StoreValue])[] = [];
  for (const event of events) {
    const entry = record(event, state?.length ?? 0, state?.head ?? CHAIN_START);
    const after = evolve(state, entry);
    recorded.push(entry);
    sets.push([eventKey(after.number, entry.seq), entry], ...executedSets(after.number, entry));
    sets.push(...indexSets(world.keys, after, entry));
    for (const effect of effectsOf(after, entry)) {
      for (const due of dueEntriesOf(effect, after, world, event.at)) sets.push(...dueSets(due));
    }
    state = after;
  }
  const open = openChange(before, state as Case, recorded);
  sets.push(...changeMarks(world.keys, before, state as Case), ...open.sets);
  return { state: state as Case, recorded, sets, deletes: open.deletes };
}

/**
 * Carries a command out on a case. Throws `PortError`: `not_found` for a number that no case has, `conflict`
 * (retryable) when others keep changing the case.
 */
export async function act(
  world: World,
  number: CaseNumber,
  command: CaseCommand,
  alongside: Alongside = {},
): Promise<Outcome> {
  for (let tries = 0; tries < TRIES; tries++) {
    const head = await readCase(world.store, number);
    if (!head) throw new PortError("not_found", "Cannot act: there is no such case", { retryable: false });
    const decision = decide(head.value, command);
    if ("refused" in decision) return decision;
    if (decision.events.length === 0) return { state: head.value, events: [] };
    const { state, recorded, sets, deletes } = fold(head.value, decision.events, world);
    const committed = await world.store.commit({
      checks: [{ key: head.key, version: head.version }, ...alongside.checks ?? []],
      sets: [[headKey(number), state], ...sets, ...alongside.sets ?? []],
      deletes,
    });
    if (committed) {
      world.wake();
      return { state, events: recorded };
    }
  }
  throw new PortError("conflict", "Cannot act: the case keeps changing", { retryable: true });
}

/** The writes that begin a case, to go with those that make it follow from another. */
export function openingOf(world: World, command: OpenCommand): Required<Alongside> {
  const { state, sets } = fold(null, open(command), world);
  const key = headKey(command.number);
  return { checks: [{ key, version: null }], sets: [[key, state], ...sets] };
}

/** Begins a case. `false` when one of the checks failed: what was to begin it has begun another already. */
export async function openCase(
  world: World,
  command: OpenCommand,
  alongside: Alongside = {},
): Promise<boolean> {
  const { checks, sets } = openingOf(world, command);
  const committed = await world.store.commit({
    checks: [...checks, ...alongside.checks ?? []],
    sets: [...sets, ...alongside.sets ?? []],
  });
  if (committed) world.wake();
  return committed;
}
