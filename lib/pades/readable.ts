/**
 * Takes what cannot be read for nothing, where one bad part may not spoil the rest.
 *
 * @module
 */
import { UnreadableError } from "../domain/unreadable.ts";

/** What `read` gives; null when it is not readable. */
export function readable<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnreadableError) return null;
    throw error;
  }
}
