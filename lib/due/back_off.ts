/**
 * How long a failed entry rests before it is tried again: first briefly, since most faults pass at once, then
 * ever longer, and never for good, since what was promised stays promised.
 *
 * @module
 */
import { DAY_MS, epochMs, type Instant } from "../domain/instant.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const STEPS_MS = [SECOND, 5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE] as const;

/** The pause between tries once the steps are used up, in ms. */
const STEADY_MS = 30 * MINUTE;

/** The pause between tries of what has failed for so long that people must look, in ms. */
const LATE_MS = 6 * 60 * MINUTE;

/** Age, in ms, from which a failing entry is no longer worth half-hourly tries: 48 hours. */
export const OLD_AFTER_MS = 2 * DAY_MS;

/** The pause in ms before the next try of an entry that has failed `attempts` times and fell due at `firstAt`. */
export function pauseAfter(attempts: number, firstAt: Instant, at: Instant): number {
  if (epochMs(at) - epochMs(firstAt) >= OLD_AFTER_MS) return LATE_MS;
  return STEPS_MS[Math.max(0, attempts - 1)] ?? STEADY_MS;
}
