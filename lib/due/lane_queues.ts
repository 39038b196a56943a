/**
 * Keeps what belongs to one lane in order while the first of it fails: a letter never overtakes an earlier one to
 * the same recipient that is only resting.
 *
 * @module
 */
import type { DueEntry } from "./due_index.ts";

/** Tries after which a resting entry holds up its lane no longer (about a quarter of an hour). */
const HOLDS_UP = 5;

/** Whether `a` was due before `b`. */
const isBefore = (a: DueEntry, b: DueEntry): boolean =>
  a.firstAt === b.firstAt ? a.id < b.id : a.firstAt < b.firstAt;

/** The entries that rest, or wait behind one that rests, by lane. */
export class LaneQueues {
  readonly #lanes = new Map<string, Map<string, DueEntry>>();

  /** Notes an entry that comes back at its time. */
  wait(entry: DueEntry): void {
    const { lane, id, attempts } = entry;
    if (lane === undefined) return;
    if (attempts > HOLDS_UP) return this.leave(entry);
    const queue = this.#lanes.get(lane) ?? new Map<string, DueEntry>();
    this.#lanes.set(lane, queue.set(id, entry));
  }

  /** Forgets an entry: it is done. */
  leave({ lane = "", id }: DueEntry): void {
    const queue = this.#lanes.get(lane);
    queue?.delete(id);
    if (queue?.size === 0) this.#lanes.delete(lane);
  }

  /** The entry that must go before this one; null when it may go. */
  ahead(entry: DueEntry): DueEntry | null {
    let first: DueEntry | null = null;
    for (const each of this.#lanes.get(entry.lane ?? "")?.values() ?? []) {
      if (each.id !== entry.id && isBefore(each, first ?? entry)) first = each;
    }
    return first;
  }
}
