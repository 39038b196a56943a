/**
 * The worker: carries out what is due, each kind by its handler, a few at a time. Whatever happens to it, an
 * entry goes only when its handler has said that it is done.
 *
 * @module
 */
import { epochMs, plusMs } from "../domain/instant.ts";
import { type Clock, type Log, PortError, type Store } from "../ports.ts";
import { OLD_AFTER_MS, pauseAfter } from "./back_off.ts";
import {
  claim,
  complete,
  dueNow,
  type IndexedEntry,
  MAX_CLAIMS,
  nextDue,
  release,
  voidLeases,
} from "./claims.ts";
import { DUE_SHARDS, type DueEntry } from "./due_index.ts";
import type { DueHandler, DueOutcome } from "./due_worker.ts";
import { Gate, type Wait, waitByTimer } from "./wait.ts";

/** Longest sleep in ms: what other processes put into the index is found after this time. */
const MAX_SLEEP_MS = 30_000;

/** Pauses in ms between tries to write down what became of an entry. */
const WRITE_PAUSES_MS = [50, 500, 2_000, 10_000] as const;

/** What the worker needs. */
export type WorkerOptions = {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** One handler for each kind. */
  readonly handlers: Readonly<Record<string, DueHandler>>;
  /** How long a handler may take before its signal ends and its entry is tried again, in ms. */
  readonly leaseMs?: number;
  /** How many entries of one kind run at once. */
  readonly perKind?: number;
  /** Whether other processes work on the same index; then leases of unknown owners are left to run out. */
  readonly shared?: boolean;
  /** Passes time; tests put their own in its place. */
  readonly wait?: Wait;
};

/** A running worker. */
export interface DueWorker {
  /** Says that something may be due: called after commits. */
  wake(): void;
  /** Resolves when nothing is due now and nothing runs. */
  drain(): Promise<void>;
  /** Claims nothing more; resolves when what runs has ended. */
  close(): Promise<void>;
}

/** Starts working on the index. */
export function startWorker(options: WorkerOptions): DueWorker {
  const worker = new Worker(options);
  worker.start();
  return worker;
}

class Worker implements DueWorker {
  readonly #options: WorkerOptions;
  readonly #leaseMs: number;
  readonly #wait: Wait;
  readonly #gate = new Gate();
  readonly #running = new Map<string, { lane: string; kind: string; ended: Promise<void> }>();
  readonly #stop = new AbortController();
  #drains: (() => void)[] = [];
  #takenOver: boolean;
  #scans = 0;
  #loop: Promise<void> = Promise.resolve();

  constructor(options: WorkerOptions) {
    this.#options = options;
    this.#takenOver = options.shared === true;
    this.#leaseMs = options.leaseMs ?? 5 * 60_000;
    this.#wait = options.wait ?? waitByTimer;
  }

  start(): void {
    this.#loop = this.#work();
  }

  wake(): void {
    this.#gate.open();
  }

  drain(): Promise<void> {
    if (this.#stop.signal.aborted) return Promise.resolve();
    const drained = new Promise<void>((resolve) => this.#drains.push(resolve));
    this.wake();
    return drained;
  }

  async close(): Promise<void> {
    this.#stop.abort();
    this.wake();
    await this.#loop;
    await Promise.all([...this.#running.values()].map((run) => run.ended));
    this.#idle();
  }

  async #work(): Promise<void> {
    let failures = 0;
    while (!this.#stop.signal.aborted) {
      this.#gate.shut();
      let sleepMs: number;
      try {
        sleepMs = await this.#round();
        failures = 0;
      } catch (error) {
        const { clock, log } = this.#options;
        log.error("due_index_failed", error);
        sleepMs = Math.min(MAX_SLEEP_MS, pauseAfter(++failures, clock.now(), clock.now()));
      }
      if (sleepMs > 0) await this.#gate.passed(sleepMs, this.#wait);
    }
  }

  /** Takes over what an earlier process had in hand: a process that is alone has no living rival. */
  async #takeOver(): Promise<void> {
    if (this.#takenOver) return;
    const { store, clock, log } = this.#options;
    const entries = await voidLeases(store, clock.now(), this.#leaseMs);
    if (entries > 0) log.info("due_taken_over", { entries });
    this.#takenOver = true;
  }

  /** Claims and starts what it can; how long to sleep then, in ms. */
  async #round(): Promise<number> {
    await this.#takeOver();
    const { store, clock } = this.#options;
    const at = clock.now();
    const quiet = this.#running.size === 0;
    const first = this.#scans++ % DUE_SHARDS;
    const lanes = this.#lanes();
    const due = await dueNow(store, at, { first, most: MAX_CLAIMS, wanted: (entry) => lanes.take(entry) });
    if (due.length > 0) {
      const claimed = await claim(store, due, plusMs(at, this.#leaseMs));
      for (const entry of claimed) this.#start(entry);
      return 0;
    }
    if (quiet) this.#idle();
    const next = await nextDue(store, at);
    return next === null ? MAX_SLEEP_MS : Math.min(MAX_SLEEP_MS, Math.max(1, epochMs(next) - epochMs(at)));
  }

  /** What may be claimed beside what runs: a few of a kind, and one of a lane. */
  #lanes() {
    const perKind = this.#options.perKind ?? 4;
    const kinds = new Map<string, number>();
    const lanes = new Set<string>();
    const count = (kind: string) => kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    for (const run of this.#running.values()) {
      count(run.kind);
      lanes.add(run.lane);
    }
    return {
      take: (entry: DueEntry): boolean => {
        const lane = laneOf(entry);
        if (this.#running.has(entry.id) || lanes.has(lane)) return false;
        if ((kinds.get(entry.kind) ?? 0) >= perKind) return false;
        count(entry.kind);
        lanes.add(lane);
        return true;
      },
    };
  }

  #idle(): void {
    const drains = this.#drains;
    this.#drains = [];
    for (const resolve of drains) resolve();
  }

  #start(entry: IndexedEntry): void {
    const ended = this.#run(entry).finally(() => {
      this.#running.delete(entry.id);
      this.wake();
    });
    this.#running.set(entry.id, { lane: laneOf(entry), kind: entry.kind, ended });
  }

  async #run(entry: IndexedEntry): Promise<void> {
    const outcome = await this.#outcome(entry);
    const { store } = this.#options;
    await this.#write(
      entry,
      () =>
        outcome === null
          ? this.#backOff(entry)
          : "done" in outcome
          ? complete(store, entry)
          : release(store, entry, { at: outcome.again, attempts: 0 }),
    );
  }

  /** What the handler says; null when it failed. */
  async #outcome(entry: IndexedEntry): Promise<DueOutcome | null> {
    const lease = new AbortController();
    const over = new AbortController();
    try {
      const handler = this.#options.handlers[entry.kind];
      if (!handler) throw new RangeError(`Cannot handle an entry: there is no handler for "${entry.kind}"`);
      const { leased: _, ...plain } = entry;
      return await Promise.race([handler(plain, lease.signal), this.#leaseEnd(lease, over.signal)]);
    } catch (error) {
      this.#report(entry, error);
      return null;
    } finally {
      over.abort();
    }
  }

  async #leaseEnd(lease: AbortController, over: AbortSignal): Promise<never> {
    await this.#wait(this.#leaseMs, over);
    if (over.aborted) return new Promise(() => {});
    const error = new PortError("timeout", "Cannot finish an entry: its lease is over", { retryable: true });
    lease.abort(error);
    throw error;
  }

  #report(entry: DueEntry, error: unknown): void {
    const { clock, log } = this.#options;
    const { id, kind, attempts } = entry;
    const old = epochMs(clock.now()) - epochMs(entry.firstAt) >= OLD_AFTER_MS;
    if (error instanceof PortError && error.retryable && !old) {
      log.warn("due_failed", { id, kind, attempts, code: error.code, message: error.message });
    } else log.error("due_failed", error, { id, kind, attempts, old });
  }

  #backOff(entry: IndexedEntry): Promise<void> {
    const { store, clock } = this.#options;
    const at = clock.now();
    const attempts = entry.attempts + 1;
    return release(store, entry, { at: plusMs(at, pauseAfter(attempts, entry.firstAt, at)), attempts });
  }

  /** Writes down what became of an entry; when the store will not have it, the lease runs out instead. */
  async #write(entry: DueEntry, write: () => Promise<void>): Promise<void> {
    for (const pause of [...WRITE_PAUSES_MS, null]) {
      try {
        return await write();
      } catch (error) {
        this.#options.log.error("due_not_written", error, { id: entry.id, kind: entry.kind });
        if (pause === null || this.#stop.signal.aborted) return;
        await this.#wait(pause, this.#stop.signal);
      }
    }
  }
}

/** Entries of one lane run one after another: those of a case and a kind, letters apart. */
function laneOf(entry: DueEntry): string {
  return entry.subject === "" || entry.kind === "letter" ? entry.id : `${entry.kind}/${entry.subject}`;
}
