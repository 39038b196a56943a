/**
 * What the worker saw of the index when it last looked: it starts the next entry from here when one has ended,
 * instead of reading thousands of entries again for each.
 *
 * @module
 */
import { epochMs, type Instant } from "../domain/instant.ts";
import type { Entry, Store } from "../ports.ts";
import { dueNow, type IndexedEntry } from "./claims.ts";

/** How long, in ms, what was seen serves while there may be more: what is new and urgent waits no longer. */
const SERVES_MS = 250;

/** How long, in ms, it serves at all: what failed earlier falls due again meanwhile. */
const COUNTS_MS = 1_000;

/** The due entries that were seen and have not been taken. */
export class Outlook {
  #entries: Entry<IndexedEntry>[] = [];
  #lookedAt: Instant | null = null;
  #more = true;

  /** Says that something was put into the index. */
  expectMore(): void {
    this.#more = true;
  }

  /** Looks at the index. */
  async look(store: Store, at: Instant): Promise<void> {
    this.#more = false;
    this.#entries = await dueNow(store, at);
    this.#lookedAt = at;
  }

  #ageMs(at: Instant): number {
    return this.#lookedAt === null ? Infinity : Math.abs(epochMs(at) - epochMs(this.#lookedAt));
  }

  /** Whether one must look before anything is taken. */
  old(at: Instant): boolean {
    return this.#ageMs(at) >= (this.#more ? SERVES_MS : COUNTS_MS);
  }

  /** Whether looking may show what was not seen. */
  mayShowMore(at: Instant): boolean {
    return this.#more || this.#entries.length === 0 || this.old(at);
  }

  /** Takes up to `most` entries that are wanted, those first that have waited longest. */
  take(most: number, wanted: (entry: Entry<IndexedEntry>) => boolean): Entry<IndexedEntry>[] {
    const taken: Entry<IndexedEntry>[] = [];
    for (const entry of this.#entries) {
      if (taken.length >= most) break;
      if (wanted(entry)) taken.push(entry);
    }
    this.drop(taken);
    return taken;
  }

  /** Lets entries go that others have or that have moved. */
  drop(entries: readonly Entry<IndexedEntry>[]): void {
    if (entries.length === 0) return;
    const gone = new Set(entries);
    this.#entries = this.#entries.filter((entry) => !gone.has(entry));
  }

  /** Forgets what was seen: it is no longer so. */
  forget(): void {
    this.#entries = [];
    this.#lookedAt = null;
    this.#more = true;
  }
}
