/**
 * Counts what a client does, so that nobody does too much of it: so many times within a window, then it must
 * wait.
 *
 * @module
 */
import { epochMs, type Instant } from "../lib/domain/instant.ts";

/** Length of the window in ms (1 minute). */
const WINDOW_MS = 60_000;
/** Clients remembered at once; the oldest are forgotten first. */
const REMEMBERED = 10_000;

/** Counts one kind of act per client. */
export type Allowance = {
  /** Counts one; answers the seconds to wait when there were too many, else null. */
  count(client: string, at: Instant): number | null;
};

/** Starts counting: `allowed` times a minute. */
export function allowance(allowed: number): Allowance {
  const seen = new Map<string, { since: number; count: number }>();
  return {
    count(client, at) {
      const now = epochMs(at);
      const known = seen.get(client);
      const entry = known && now - known.since < WINDOW_MS ? known : { since: now, count: 0 };
      entry.count++;
      seen.delete(client);
      seen.set(client, entry);
      const [oldest] = seen.keys();
      if (seen.size > REMEMBERED && oldest !== undefined) seen.delete(oldest);
      return entry.count > allowed ? Math.ceil((entry.since + WINDOW_MS - now) / 1000) : null;
    },
  };
}
