/**
 * The operating system's random numbers.
 *
 * @module
 */
import type { Chance } from "../ports.ts";

/** Unpredictable bytes from the operating system; `getRandomValues` gives at most 65,536 at a time. */
export const systemChance: Chance = {
  bytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
};
