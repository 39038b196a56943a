/**
 * A worker of the due index whose time stands still until a test moves it.
 *
 * @module
 */
import { memoryStore } from "../../lib/adapters/memory_store.ts";
import { type DueEntry, dueSets } from "../../lib/due/due_index.ts";
import type { DueHandler } from "../../lib/due/due_worker.ts";
import { type DueWorker, startWorker, type WorkerOptions } from "../../lib/due/run_due.ts";
import type { Wait } from "../../lib/due/wait.ts";
import { type Instant, plusMs } from "../../lib/domain/instant.ts";
import { PortError, type Store } from "../../lib/ports.ts";
import { type FakeClock, fakeClock } from "../support/fake_clock.ts";
import { SILENT } from "../support/silent_log.ts";

/** When these tests begin. */
export const START = "2026-11-24T01:00:00.000Z";
/** What a busy world answers. */
export const AGAIN = new PortError("unavailable", "Cannot reach the relay", { retryable: true });

/** An entry that is due at the start. */
export function entryOf(id: string, facts: Partial<DueEntry> = {}): DueEntry {
  return { id, at: START, firstAt: START, kind: "letter", subject: "", payload: {}, attempts: 0, ...facts };
}

/** Time that stands still: who waits, waits until woken or until the clock is moved. */
function stillTime(clock: FakeClock) {
  const waits = new Set<{ until: Instant; end: () => void }>();
  const wait: Wait = (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const waiting = { until: plusMs(clock.now(), ms), end: () => (waits.delete(waiting), resolve()) };
      waits.add(waiting);
      signal.addEventListener("abort", waiting.end);
    });
  return {
    wait,
    pass(ms: number) {
      clock.advance(ms);
      for (const waiting of [...waits]) if (clock.now() >= waiting.until) waiting.end();
    },
  };
}

/** What the index still holds. */
export async function left(store: Store): Promise<DueEntry[]> {
  const entries: DueEntry[] = [];
  for await (const { value } of store.list<DueEntry>({ prefix: ["due"] })) entries.push(value);
  return entries;
}

/** Runs a worker over a store in memory, with time that stands still. */
export async function withWorker(
  handlers: Record<string, DueHandler>,
  work: (
    bench: {
      store: Store;
      clock: FakeClock;
      worker: DueWorker;
      pass(ms: number): void;
      add(...entries: DueEntry[]): Promise<void>;
    },
  ) => Promise<void>,
  options: Partial<WorkerOptions> = {},
) {
  const clock = fakeClock(START);
  const store = options.store ?? memoryStore();
  const time = stillTime(clock);
  const worker = startWorker({ store, clock, log: SILENT, wait: time.wait, handlers, ...options });
  const add = async (...entries: DueEntry[]) => {
    await store.commit({ sets: entries.flatMap(dueSets) });
    worker.wake();
  };
  try {
    await work({ store, clock, worker, pass: time.pass, add });
  } finally {
    await worker.close();
  }
}

/** What a handler says when nothing is left to do. */
export const DONE = { done: true } as const;
