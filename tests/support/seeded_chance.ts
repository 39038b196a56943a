/**
 * Chance that leaves nothing to chance.
 *
 * @module
 */
import type { Chance } from "../../lib/ports.ts";

/** Bytes that look random and are the same in every run (a linear congruential generator). */
export function seededChance(seed = 0): Chance {
  let count = seed;
  const next = () => (count = (count * 1_103_515_245 + 12_345) % 2_147_483_648) >>> 16;
  return { bytes: (length) => Uint8Array.from({ length }, next) };
}
