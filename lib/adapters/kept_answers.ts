/**
 * Answers of revocation services, kept in memory for as long as they count, the newest of them up to a limit.
 *
 * @module
 */
import { epochMs } from "../domain/instant.ts";
import type { Clock } from "../ports.ts";
import type { RevocationData } from "../signing_ports.ts";

/** Answers kept, and all their bytes. */
const MAX_KEPT = 100;
const MAX_KEPT_BYTES = 64 * 1024 * 1024;

/** Revocation data, and until when it need not be asked for anew, in milliseconds since 1970. */
export type KeptAnswer = { readonly data: RevocationData; readonly until: number };

/** What was answered lately, by the name of the question. The clock is the true one. */
export class KeptAnswers {
  readonly #clock: Clock;
  readonly #kept = new Map<string, KeptAnswer>();

  /** An empty store by this clock. */
  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The answer that still counts; null when there is none. */
  find(name: string): KeptAnswer | null {
    const kept = this.#kept.get(name);
    return kept && epochMs(this.#clock.now()) < kept.until ? kept : null;
  }

  /** Keeps an answer in place of the one before; the oldest go when there are too many. */
  keep(name: string, answer: KeptAnswer): void {
    this.#kept.delete(name);
    this.#kept.set(name, answer);
    let size = this.#kept.values().reduce((sum, { data }) => sum + sizeOf(data), 0);
    for (const [oldest, { data }] of this.#kept) {
      if (this.#kept.size <= MAX_KEPT && size <= MAX_KEPT_BYTES) break;
      this.#kept.delete(oldest);
      size -= sizeOf(data);
    }
  }
}

function sizeOf({ ocsps, crls }: RevocationData): number {
  return [...ocsps, ...crls].reduce((sum, each) => sum + each.length, 0);
}
