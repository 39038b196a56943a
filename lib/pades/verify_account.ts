/**
 * Keeps account of what an update of a PDF touched: what an allowed change explains is struck off, and what is left
 * in the end is none.
 *
 * @module
 */
import { inTurns } from "../pdf/in_turns.ts";
import type { PdfFile } from "../pdf/pdf_file.ts";
import { sameValue } from "../pdf/same_value.ts";
import { isDict, isRef, nameText, type PdfValue } from "../pdf/values.ts";
import type { RevisionChange } from "./verification_report.ts";
import { graver } from "./verify_gravity.ts";

/** What an update changed. */
export type UpdateChange = {
  /** The gravest of it. */
  readonly worst: RevisionChange;
  /** Names of the fields that it filled in or signed. */
  readonly fields: ReadonlySet<string>;
};

/** A change of which nothing is known but that it is one. */
export const OTHER_CHANGE: UpdateChange = { worst: "other", fields: new Set() };

/** The account of one update. */
export class ChangeAccount {
  /** The earlier revision. */
  readonly before: PdfFile;
  /** The later one. */
  readonly after: PdfFile;
  /** Touched objects that nothing allowed has accounted for yet. */
  readonly open: Set<number>;
  /** Where the signatures end that are reported: one that is hidden from the report is no seal. */
  readonly ends: ReadonlySet<number>;
  readonly #fields = new Set<string>();
  #worst: RevisionChange = "none";

  /** Opens it with all objects that the update touches. */
  constructor(before: PdfFile, after: PdfFile, touched: Set<number>, ends: ReadonlySet<number>) {
    this.before = before;
    this.after = after;
    this.open = touched;
    this.ends = ends;
  }

  /** The result, once everything was compared. */
  close(): UpdateChange {
    return { worst: this.open.size > 0 ? "other" : this.#worst, fields: this.#fields };
  }

  /** Notes a change. */
  note(change: RevisionChange): void {
    this.#worst = graver(this.#worst, change);
  }

  /** Notes that a field was filled in or signed. */
  noteField(name: string): void {
    this.#fields.add(name);
  }

  /** Whether the update brought an object that was not there before. */
  isNew(number: number): boolean {
    return this.before.entry(number) === null;
  }

  /** Whether two values differ, or the object that both name was touched. */
  differs(a: PdfValue | undefined, b: PdfValue | undefined): boolean {
    return !sameValue(a, b) || (isRef(b) && this.open.has(b.number));
  }

  /** Accounts for an object itself, not for what hangs on it. */
  accountFor(now: PdfValue | undefined, old: PdfValue | undefined): void {
    const same = isRef(now) && isRef(old) && now.number === old.number;
    if (isRef(now) && (same || this.isNew(now.number))) this.open.delete(now.number);
  }

  /** Accounts for a change: its own object, and every new object that hangs on it. */
  allow(change: RevisionChange, value: PdfValue | undefined, old?: PdfValue): void {
    this.note(change);
    if (isRef(value) && isRef(old) && value.number === old.number) this.open.delete(value.number);
    const waiting: PdfValue[] = [value ?? null];
    if (isRef(value) && !this.isNew(value.number)) waiting.push(this.after.resolve(value));
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (Array.isArray(next)) { for (const each of next) waiting.push(each); }
      else if (isDict(next)) { for (const each of next.values()) waiting.push(each); }
      else if (isRef(next) && this.isNew(next.number) && this.open.delete(next.number)) {
        waiting.push(this.after.object(next.number)?.value ?? null);
      }
    }
  }

  /** Strikes off objects written again as they were, and the containers of the new ones. To be done first. */
  async dropUnchanged(): Promise<void> {
    await inTurns(this.after, [...this.open], (number) => {
      const [a, b] = [this.before.object(number), this.after.object(number)];
      const streams = (a?.dataAt ?? b?.dataAt ?? null) !== null;
      if (a && b && !streams && sameValue(a.value, b.value)) this.open.delete(number);
      const type = isDict(b?.value) ? nameText(b.value.get("Type")) : undefined;
      if (!a && b && b.dataAt !== null && (type === "XRef" || type === "ObjStm")) this.open.delete(number);
    });
  }
}
