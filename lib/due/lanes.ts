/**
 * What may run beside what: a few entries of a kind, so that hanging letters hold up no seal; and one after
 * another what would only fight over the same case.
 *
 * @module
 */
import type { DueEntry } from "./due_index.ts";

/** Counts what runs, and what was chosen to run. */
export class Lanes {
  readonly #perKind: (kind: string) => number;
  readonly #ids = new Set<string>();
  readonly #lanes = new Set<string>();
  readonly #kinds = new Map<string, number>();

  /** At most `perKind` of a kind, beside `running`. */
  constructor(perKind: (kind: string) => number, running: Iterable<DueEntry>) {
    this.#perKind = perKind;
    for (const entry of running) this.#add(entry);
  }

  /** Whether an entry may run beside what was added so far; if so it is added. */
  take(entry: DueEntry): boolean {
    if (this.#ids.has(entry.id) || this.#lanes.has(laneOf(entry))) return false;
    if ((this.#kinds.get(entry.kind) ?? 0) >= this.#perKind(entry.kind)) return false;
    this.#add(entry);
    return true;
  }

  #add(entry: DueEntry): void {
    this.#ids.add(entry.id);
    this.#lanes.add(laneOf(entry));
    this.#kinds.set(entry.kind, (this.#kinds.get(entry.kind) ?? 0) + 1);
  }
}

/** Entries of one lane run one after another: those of a recipient; those of a case and a kind, letters apart. */
function laneOf(entry: DueEntry): string {
  if (entry.lane !== undefined) return `${entry.kind}>${entry.lane}`;
  return entry.subject === "" || entry.kind === "letter" ? entry.id : `${entry.kind}/${entry.subject}`;
}
