/**
 * Lets others have their turn in the midst of long work.
 *
 * @module
 */
import { setImmediate } from "node:timers";

/** Resolves after whatever else is waiting has had its turn. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
