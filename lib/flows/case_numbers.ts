/**
 * Hands out case numbers (案件番号) in blocks, so that no counter is written for every case. What a stopped
 * process had left of its block is never used: gaps are allowed, doubles are not.
 *
 * @module
 */
import type { CaseNumber } from "../domain/case.ts";
import { type Instant, jstDay } from "../domain/instant.ts";
import { fiscalYearWareki } from "../domain/wareki.ts";
import { type Key, PortError, type Store } from "../ports.ts";

const BLOCK = 10;
const TRIES = 20;

/** Numbers `next` to `end` (excluded) of a fiscal year that are this process's own. */
type Block = { readonly year: string; next: number; readonly end: number };

/** One process's supply of case numbers. */
export class CaseNumbers {
  readonly #store: Store;
  #block: Block | null = null;
  #refill: Promise<Block> | null = null;

  /** Takes its blocks from a store. */
  constructor(store: Store) {
    this.#store = store;
  }

  /** A number that was never given before, of the fiscal year (from April, JST) of `at`. */
  async next(at: Instant): Promise<CaseNumber> {
    const year = fiscalYearWareki(jstDay(at));
    while (this.#block?.year !== year || this.#block.next >= this.#block.end) {
      this.#refill ??= this.#take(year).finally(() => this.#refill = null);
      this.#block = await this.#refill;
    }
    return `${year}-${String(this.#block.next++).padStart(6, "0")}`;
  }

  async #take(year: string): Promise<Block> {
    const key: Key = ["number", year];
    for (let tries = 0; tries < TRIES; tries++) {
      const counter = await this.#store.get<number>(key);
      const next = counter?.value ?? 1;
      const end = next + BLOCK;
      const checks = [{ key, version: counter?.version ?? null }];
      if (await this.#store.commit({ checks, sets: [[key, end]] })) return { year, next, end };
    }
    throw new PortError("conflict", "Cannot number a case: others keep taking numbers", { retryable: true });
  }
}
