/**
 * The operating system's random numbers.
 *
 * @module
 */
import type { Chance } from "../ports.ts";

/** Bytes asked for at once, since each call to the system costs more than the bytes. */
const POOL_BYTES = 4_096;

const pool = new Uint8Array(POOL_BYTES);
let used = POOL_BYTES;

/** Takes bytes out of the pool; what was taken is wiped there. */
function fromPool(length: number): Uint8Array<ArrayBuffer> {
  if (used + length > POOL_BYTES) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  const bytes = pool.slice(used, used + length);
  pool.fill(0, used, used + length);
  used += length;
  return bytes;
}

/** Unpredictable bytes from the operating system; `getRandomValues` gives at most 65,536 at a time. */
export const systemChance: Chance = {
  bytes: (length) => length <= 64 ? fromPool(length) : crypto.getRandomValues(new Uint8Array(length)),
};
