/**
 * A clock that tests move.
 *
 * @module
 */
import { type Instant, plusMs } from "../../lib/domain/instant.ts";
import type { Clock } from "../../lib/ports.ts";

/** A clock that stands still until it is moved. */
export type FakeClock = Clock & {
  /** Moves the clock by milliseconds. */
  advance(ms: number): void;
  /** Moves the clock to an instant. */
  set(at: Instant): void;
};

/** Makes a clock that stands at an instant. */
export function fakeClock(start: Instant = "2026-11-24T01:00:00.000Z"): FakeClock {
  let now = start;
  return {
    now: () => now,
    advance: (ms) => {
      now = plusMs(now, ms);
    },
    set: (at) => {
      now = at;
    },
  };
}
