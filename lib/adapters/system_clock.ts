/**
 * The machine's clock.
 *
 * @module
 */
import { instantOf } from "../domain/instant.ts";
import type { Clock } from "../ports.ts";

/** A clock that runs `offsetSeconds` ahead of the machine's; anything but 0 is for development only. */
export function systemClock(offsetSeconds = 0): Clock {
  return { now: () => instantOf(Date.now() + offsetSeconds * 1000) };
}
