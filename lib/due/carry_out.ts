/**
 * Carries one claimed entry out: its handler within the lease, then what became of it written down.
 *
 * @module
 */
import { epochMs, plusMs } from "../domain/instant.ts";
import { type Clock, type Log, PortError, type Store } from "../ports.ts";
import { OLD_AFTER_MS, pauseAfter } from "./back_off.ts";
import { type Comeback, complete, type IndexedEntry, release } from "./claims.ts";
import type { DueEntry } from "./due_index.ts";
import type { DueHandler, DueOutcome } from "./due_worker.ts";
import type { Wait } from "./wait.ts";

/** Pauses in ms between tries to write down what became of an entry. */
const WRITE_PAUSES_MS = [50, 500, 2_000, 10_000] as const;

/** What carrying out needs. */
export type Workshop = {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly handlers: Readonly<Record<string, DueHandler>>;
  /** How long a handler may take, in ms. */
  readonly leaseMs: number;
  readonly wait: Wait;
  /** Ends when the worker is closed. */
  readonly stop: AbortSignal;
};

/**
 * Carries an entry out; gives it as it comes back, null when it is done. Never throws: what could not be written
 * down is found again when the lease is over.
 */
export async function carryOut(shop: Workshop, entry: IndexedEntry): Promise<DueEntry | null> {
  const outcome = await outcomeOf(shop, entry);
  const change = changeOf(shop, entry, outcome);
  await write(
    shop,
    entry,
    () => change === null ? complete(shop.store, entry) : release(shop.store, entry, change),
  );
  return change && { ...entry, ...change };
}

/** How an entry comes back, null when it is done. */
function changeOf({ clock }: Workshop, entry: IndexedEntry, outcome: DueOutcome | null): Comeback | null {
  if (outcome !== null) {
    return "done" in outcome ? null : { at: outcome.again, firstAt: outcome.again, attempts: 0 };
  }
  const at = clock.now();
  const attempts = entry.attempts + 1;
  return { at: plusMs(at, pauseAfter(attempts, entry.firstAt, at)), attempts };
}

/** What the handler says; null when it failed or took too long. */
async function outcomeOf(shop: Workshop, entry: IndexedEntry): Promise<DueOutcome | null> {
  const lease = new AbortController();
  const over = new AbortController();
  try {
    const handler = shop.handlers[entry.kind];
    if (!handler) throw new RangeError(`Cannot handle an entry: there is no handler for "${entry.kind}"`);
    const { leased: _, ...plain } = entry;
    return await Promise.race([handler(plain, lease.signal), leaseEnd(shop, lease, over.signal)]);
  } catch (error) {
    report(shop, entry, error);
    return null;
  } finally {
    over.abort();
  }
}

/** Throws when the lease ends before the handler does. */
async function leaseEnd(shop: Workshop, lease: AbortController, over: AbortSignal): Promise<never> {
  await shop.wait(shop.leaseMs, over);
  if (over.aborted) return new Promise(() => {});
  const error = new PortError("timeout", "Cannot finish an entry: its lease is over", { retryable: true });
  lease.abort(error);
  throw error;
}

function report({ clock, log }: Workshop, entry: DueEntry, error: unknown): void {
  const { id, kind, attempts } = entry;
  const old = epochMs(clock.now()) - epochMs(entry.firstAt) >= OLD_AFTER_MS;
  if (error instanceof PortError && error.retryable && !old) {
    log.warn("due_failed", { id, kind, attempts, code: error.code, message: error.message });
  } else log.error("due_failed", error, { id, kind, attempts, old });
}

async function write(shop: Workshop, entry: DueEntry, work: () => Promise<void>): Promise<void> {
  for (const pause of [...WRITE_PAUSES_MS, null]) {
    try {
      return await work();
    } catch (error) {
      shop.log.error("due_not_written", error, { id: entry.id, kind: entry.kind });
      if (pause === null || shop.stop.aborted) return;
      await shop.wait(pause, shop.stop);
    }
  }
}
