/**
 * Vendors and their confirmers as they come together while a form is read.
 *
 * @module
 */
import type { Found } from "./find_values.ts";
import { withoutNote } from "./form_values.ts";

/** A value with where it stood. */
export type Slot = {
  readonly value: string;
  readonly source: string;
  readonly confidence: number;
  readonly clipped: boolean;
};

/** A place on the form at which nothing stands. */
export const EMPTY_SLOT: Slot = { value: "", source: "", confidence: 0, clipped: false };

/** 確認者 with a number; whether the form has shown a place for each part. */
export type ConfirmerDraft = {
  readonly number: number;
  name: Slot;
  address: Slot;
  readonly seen: Set<"name" | "address">;
};

/** Numbers above this are no numbers of confirmers. */
const MAX_CONFIRMERS = 9;

/** One vendor. */
export class VendorDraft {
  /** 商号又は名称 */
  company: Slot = EMPTY_SLOT;
  /** 住所又は所在地 */
  postal: Slot = EMPTY_SLOT;
  /** 役職 of the representative, where it stands apart from the name. */
  title: Slot = EMPTY_SLOT;
  /** 代表者職氏名 */
  representative: Slot = EMPTY_SLOT;
  readonly #confirmers: ConfirmerDraft[] = [];
  #current: ConfirmerDraft | null = null;

  /** Confirmers by number up to the last of whom something is known; gaps are kept. */
  get confirmers(): readonly ConfirmerDraft[] {
    const known = this.#confirmers.filter((each) => each.name.value !== "" || each.address.value !== "");
    const last = Math.max(0, ...known.map((each) => each.number));
    return Array.from({ length: last }, (_, index) => this.#numbered(index + 1));
  }

  /** Whether nothing is known of it. */
  get empty(): boolean {
    return [this.company, this.postal, this.title, this.representative].every((slot) => slot.value === "") &&
      this.confirmers.length === 0;
  }

  /** A heading 確認者 without a number begins the next one. */
  heading(number: number | undefined): void {
    if (number !== undefined) this.#current = this.#numbered(number);
    else if (this.#current !== null && this.#current.seen.size > 0) this.#current = null;
  }

  /** Puts a part at its number, or without one at the first confirmer that has no such part yet. */
  put(part: "name" | "address", number: number | undefined, slot: Slot): void {
    const confirmer = this.#confirmerFor(part, number);
    confirmer.seen.add(part);
    confirmer[part] = confirmer[part].value === "" ? slot : contested(confirmer[part], slot);
  }

  /** Where no confirmer is named, who may contract confirms: 確認者１ by R2, though the form did not say so. */
  standIn(address: Slot): void {
    if (address.value === "" || this.confirmers.length > 0) return;
    const doubted = (slot: Slot): Slot => ({ ...slot, confidence: Math.min(slot.confidence, 0.6) });
    const first = this.#numbered(1);
    first.name = doubted(this.representative);
    first.address = doubted(address);
  }

  #confirmerFor(part: "name" | "address", number: number | undefined): ConfirmerDraft {
    if (number !== undefined) return this.#current = this.#numbered(number);
    if (this.#current === null || this.#current.seen.has(part)) {
      const next = Math.max(0, ...this.#confirmers.map((each) => each.number)) + 1;
      this.#current = this.#numbered(Math.min(next, MAX_CONFIRMERS));
    }
    return this.#current;
  }

  #numbered(number: number): ConfirmerDraft {
    const known = this.#confirmers.find((each) => each.number === number);
    if (known !== undefined) return known;
    const fresh: ConfirmerDraft = { number, name: EMPTY_SLOT, address: EMPTY_SLOT, seen: new Set() };
    this.#confirmers.push(fresh);
    return fresh;
  }
}

/** The value of a finding, cleaned by its kind. */
export function slotOf(found: Found, clean: (text: string) => string, sureness = 1): Slot {
  const { source, clipped } = found;
  return { value: clean(withoutNote(found.text)), source, clipped, confidence: found.confidence * sureness };
}

/** The known value, which is unsure when another one, as sure, was read for the same place. */
export function contested(known: Slot, next: Slot): Slot {
  const plain = ({ value }: Slot) => value.normalize("NFKC").replace(/\s/g, "");
  const rival = next.value !== "" && next.confidence >= 0.9 && known.value !== "" &&
    known.confidence <= next.confidence;
  const other = !plain(known).includes(plain(next)) && !plain(next).includes(plain(known));
  return rival && other ? { ...known, confidence: 0.5 } : known;
}

/** The better of two: what is there, unless it is empty or was a mere guess. */
export function better(known: Slot, next: Slot): Slot {
  if (next.value === "") return known;
  return known.value === "" || (known.confidence < 0.7 && next.confidence >= 0.9) ? next : known;
}
