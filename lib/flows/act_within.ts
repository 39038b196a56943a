/**
 * Acts that may be done only so often on one case and for one of its parties within a time (R19, R33): whoever presses
 * again and again fills nobody's mailbox. The times are kept beside the case and written with the event.
 *
 * @module
 */
import type { CaseNumber, PartyId } from "../domain/case.ts";
import type { CaseCommand } from "../domain/command.ts";
import { DAY_MS, type Instant, plusMs } from "../domain/instant.ts";
import { refuse } from "../domain/refusal.ts";
import { type Key, PortError } from "../ports.ts";
import { act, type Alongside, type Outcome } from "./act.ts";
import { now, type World } from "./world.ts";

/** What is bounded. */
export type BoundedAct = "resend" | "requestLink";

const BOUNDS = {
  resend: { most: 5, withinMs: 3_600_000 },
  requestLink: { most: 3, withinMs: DAY_MS },
} as const;

/** Tries when others act for the same party at the same time. */
const TRIES = 5;

/** For whom. */
export type BoundedPlace = { readonly number: CaseNumber; readonly party: PartyId };

/** The writes that count one more act; null when there were too many within the time. */
export async function boundOf(
  world: World,
  what: BoundedAct,
  { number, party }: BoundedPlace,
): Promise<Required<Alongside> | null> {
  const key: Key = ["acted", what, number, party];
  const { most, withinMs } = BOUNDS[what];
  const known = await world.store.get<readonly Instant[]>(key);
  const at = now(world);
  const from = plusMs(at, -withinMs);
  const recent = (known?.value ?? []).filter((each) => each > from);
  if (recent.length >= most) return null;
  return { checks: [{ key, version: known?.version ?? null }], sets: [[key, [...recent, at]]] };
}

/** Acts within the bound; refuses with `too_often` above it, and then changes nothing. */
export async function actWithin(
  world: World,
  what: BoundedAct,
  place: BoundedPlace,
  command: CaseCommand,
): Promise<Outcome> {
  for (let tries = 1;; tries++) {
    const bound = await boundOf(world, what, place);
    if (!bound) return refuse("too_often");
    try {
      return await act(world, place.number, command, bound);
    } catch (error) {
      const again = error instanceof PortError && error.code === "conflict" && tries < TRIES;
      if (!again) throw error;
    }
  }
}
