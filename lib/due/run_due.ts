/**
 * The worker: carries out what is due, each kind by its handler, a few at a time. Whatever happens to it, an
 * entry goes only when its handler has said that it is done.
 *
 * @module
 */
import { epochMs, type Instant, plusMs } from "../domain/instant.ts";
import type { Clock, Entry, Log, Store } from "../ports.ts";
import { pauseAfter } from "./back_off.ts";
import { carryOut, type Workshop } from "./carry_out.ts";
import {
  claim,
  type IndexedEntry,
  MAX_CLAIMS,
  nextDue,
  postpone,
  restingEntries,
  voidLeases,
} from "./claims.ts";
import type { DueHandler } from "./due_worker.ts";
import { LaneQueues } from "./lane_queues.ts";
import { Lanes } from "./lanes.ts";
import { Outlook } from "./outlook.ts";
import { Gate, type Wait, waitByTimer } from "./wait.ts";

/** Longest sleep in ms: what other processes put into the index is found after this time. */
const MAX_SLEEP_MS = 30_000;

/** Lease in ms where none is given: above the time of the slowest honest handler. */
const USUAL_LEASE_MS = 5 * 60_000;

/** Entries of one kind that run at once where nothing is given: letters mostly wait for a relay. */
const USUAL_PER_KIND = 4;
const USUAL_LETTERS = 8;
const usualPerKind = (kind: string): number => kind === "letter" ? USUAL_LETTERS : USUAL_PER_KIND;

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
  readonly #shop: Workshop;
  readonly #perKind: (kind: string) => number;
  readonly #gate = new Gate();
  readonly #stop = new AbortController();
  readonly #running = new Map<IndexedEntry, Promise<void>>();
  readonly #queues = new LaneQueues();
  readonly #outlook = new Outlook();
  readonly #drains: (() => void)[] = [];
  #takenOver: boolean;
  #loop: Promise<void> = Promise.resolve();

  constructor(options: WorkerOptions) {
    const { store, clock, log, handlers, leaseMs = USUAL_LEASE_MS, wait = waitByTimer } = options;
    this.#shop = { store, clock, log, handlers, leaseMs, wait, stop: this.#stop.signal };
    const { perKind } = options;
    this.#perKind = perKind === undefined ? usualPerKind : () => perKind;
    this.#takenOver = options.shared === true;
  }

  start(): void {
    this.#loop = this.#work();
  }

  wake(): void {
    this.#outlook.expectMore();
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
    await Promise.all(this.#running.values());
    this.#tellIdle(this.#drains.length);
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
        const { clock, log } = this.#shop;
        log.error("due_index_failed", error);
        sleepMs = Math.min(MAX_SLEEP_MS, pauseAfter(++failures, clock.now(), clock.now()));
      }
      if (sleepMs > 0) await this.#gate.passed(sleepMs, this.#shop.wait);
    }
  }

  /** Takes over what an earlier process had in hand: a process that is alone has no living rival. */
  async #takeOver(): Promise<void> {
    if (this.#takenOver) return;
    const { store, clock, log, leaseMs } = this.#shop;
    const entries = await voidLeases(store, clock.now(), leaseMs);
    if (entries > 0) log.info("due_taken_over", { entries });
    for (const entry of await restingEntries(store, clock.now())) this.#queues.wait(entry);
    this.#takenOver = true;
  }

  /** Claims and starts what it can; how long to sleep then, in ms. */
  async #round(): Promise<number> {
    await this.#takeOver();
    const { store, clock } = this.#shop;
    const at = clock.now();
    if (!this.#outlook.old(at) && await this.#start(at)) return 0;
    // Only who asked before the scan began may be told: an entry put in meanwhile was perhaps not seen.
    const asked = this.#running.size === 0 ? this.#drains.length : 0;
    if (this.#outlook.mayShowMore(at)) {
      await this.#outlook.look(store, at);
      if (await this.#start(at)) return 0;
      this.#tellIdle(asked);
    }
    const next = await nextDue(store, at);
    return next === null ? MAX_SLEEP_MS : Math.min(MAX_SLEEP_MS, Math.max(1, epochMs(next) - epochMs(at)));
  }

  /** Claims and starts what may run now of what was seen; whether that was anything. */
  async #start(at: Instant): Promise<boolean> {
    const { store, leaseMs } = this.#shop;
    const lanes = new Lanes(this.#perKind, this.#running.keys());
    const held: [Entry<IndexedEntry>, Instant][] = [];
    const due = this.#outlook.take(
      MAX_CLAIMS,
      (entry) => !this.#heldUp(entry, at, held) && lanes.take(entry.value),
    );
    if (held.length > 0) await this.#holdUp(held);
    if (due.length > 0) {
      const claimed = await claim(store, due, plusMs(at, leaseMs));
      for (const entry of claimed) this.#run(entry);
      if (claimed.length === 0) this.#outlook.forget();
    }
    return due.length + held.length > 0;
  }

  /** Whether an entry must wait for an earlier one of its lane; if that one rests, it is put into `held`. */
  #heldUp(entry: Entry<IndexedEntry>, at: Instant, held: [Entry<IndexedEntry>, Instant][]): boolean {
    const ahead = this.#queues.ahead(entry.value);
    if (ahead === null) return false;
    // It should have been met long ago: someone else has done it.
    if (epochMs(at) - epochMs(ahead.at) > 2 * this.#shop.leaseMs) {
      this.#queues.leave(ahead);
      return this.#heldUp(entry, at, held);
    }
    if (ahead.at > at && held.length < MAX_CLAIMS) held.push([entry, ahead.at]);
    return true;
  }

  /** Lets entries come back together with the one that they wait for, so that no scan meets them before. */
  async #holdUp(held: readonly [Entry<IndexedEntry>, Instant][]): Promise<void> {
    await postpone(this.#shop.store, held);
    this.#outlook.drop(held.map(([entry]) => entry));
    for (const [{ value }, at] of held) this.#queues.wait({ ...value, at });
  }

  #run(entry: IndexedEntry): void {
    const ended = carryOut(this.#shop, entry).then((left) => {
      if (left) this.#queues.wait(left);
      else this.#queues.leave(entry);
    }).finally(() => {
      this.#running.delete(entry);
      this.#gate.open();
    });
    this.#running.set(entry, ended);
  }

  /** Tells the first `count` who wait for it that nothing is due. */
  #tellIdle(count: number): void {
    for (const resolve of this.#drains.splice(0, count)) resolve();
  }
}
