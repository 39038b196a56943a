/**
 * What was changed between two revisions of a PDF: an attacker who appends to a signed file leaves every signed
 * byte as it is, so the objects are compared. Allowed is what is listed here; anything else is "other".
 *
 * @module
 */
import { UnreadableError } from "../domain/unreadable.ts";
import { formFields } from "../pdf/form_fields.ts";
import { pagesOf } from "../pdf/page_tree.ts";
import type { PdfFile } from "../pdf/pdf_file.ts";
import { differingKeys, sameValue } from "../pdf/same_value.ts";
import { isDict, isRef, nameText, naturalNumber, type PdfDict, type PdfValue } from "../pdf/values.ts";
import type { RevisionChange } from "./verification_report.ts";
import { rangeOf } from "./verify_fields.ts";
import { graver } from "./verify_gravity.ts";
import { touchedNumbers } from "./verify_touched.ts";

/** Most pages that are looked at. */
const MAX_PAGES = 100_000;

/**
 * What was changed from one revision to a later one. What cannot be read counts as "other".
 *
 * @param ends where the signatures end that are reported: one that is hidden from the report is no seal
 */
export function changeBetween(before: PdfFile, after: PdfFile, ends: ReadonlySet<number>): RevisionChange {
  try {
    const touched = touchedNumbers(before, after);
    return touched === null ? "other" : new Comparison(before, after, touched, ends).judge();
  } catch (error) {
    if (error instanceof UnreadableError) return "other";
    throw error;
  }
}

class Comparison {
  readonly #before: PdfFile;
  readonly #after: PdfFile;
  /** Touched objects that nothing allowed has accounted for yet. */
  readonly #open: Set<number>;
  readonly #ends: ReadonlySet<number>;
  #worst: RevisionChange = "none";

  constructor(before: PdfFile, after: PdfFile, touched: Set<number>, ends: ReadonlySet<number>) {
    this.#before = before;
    this.#after = after;
    this.#open = touched;
    this.#ends = ends;
  }

  judge(): RevisionChange {
    this.#dropUnchanged();
    this.#compareTrailers();
    this.#compareCatalogs();
    this.#comparePages();
    this.#compareFields();
    if (this.#open.size > 0) this.#note("other");
    return this.#worst;
  }

  #note(change: RevisionChange): void {
    this.#worst = graver(this.#worst, change);
  }

  #isNew(number: number): boolean {
    return this.#before.entry(number) === null;
  }

  /** Objects written again as they were, and the containers of the new ones. */
  #dropUnchanged(): void {
    for (const number of [...this.#open]) {
      const [a, b] = [this.#before.object(number), this.#after.object(number)];
      const streams = (a?.dataAt ?? b?.dataAt ?? null) !== null;
      if (a && b && !streams && sameValue(a.value, b.value)) this.#open.delete(number);
      const type = isDict(b?.value) ? nameText(b.value.get("Type")) : undefined;
      if (!a && b && b.dataAt !== null && (type === "XRef" || type === "ObjStm")) this.#open.delete(number);
    }
  }

  #compareTrailers(): void {
    const [a, b] = [this.#before, this.#after].map(({ trailer }) => trailer);
    if (!sameValue(a?.get("Root"), b?.get("Root"))) this.#note("other");
    if (this.#differs(a?.get("Info"), b?.get("Info"))) {
      this.#allow("metadata", b?.get("Info"), a?.get("Info"));
    }
  }

  /** Whether two values differ, or the object that both name was touched. */
  #differs(a: PdfValue | undefined, b: PdfValue | undefined): boolean {
    return !sameValue(a, b) || (isRef(b) && this.#open.has(b.number));
  }

  /** Accounts for a change: its own object, and every new object that hangs on it. */
  #allow(change: RevisionChange, value: PdfValue | undefined, old?: PdfValue): void {
    this.#note(change);
    if (isRef(value) && isRef(old) && value.number === old.number) this.#open.delete(value.number);
    const waiting: PdfValue[] = [value ?? null];
    if (isRef(value) && !this.#isNew(value.number)) waiting.push(this.#after.resolve(value));
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (Array.isArray(next)) waiting.push(...next);
      else if (isDict(next)) waiting.push(...next.values());
      else if (isRef(next) && this.#isNew(next.number) && this.#open.delete(next.number)) {
        waiting.push(this.#after.object(next.number)?.value ?? null);
      }
    }
  }

  #compareCatalogs(): void {
    const { catalog: a, catalogRef } = this.#before;
    const b = this.#after.catalog;
    this.#open.delete(catalogRef.number);
    const keys = new Set([...differingKeys(a, b), "AcroForm", "DSS", "Metadata"]);
    for (const key of keys) {
      const [old, now] = [a.get(key), b.get(key)];
      if (key === "AcroForm") this.#compareForms(old, now);
      else if (key === "DSS") this.#compareStores(old, now);
      else if (key === "Extensions") this.#compareExtensions(old, now);
      else if (key !== "Metadata" && key !== "Version") this.#note("other");
      else if (this.#differs(old, now)) this.#allow("metadata", now, old);
    }
  }

  /** Declared extensions change nothing that is shown. */
  #compareExtensions(old: PdfValue | undefined, now: PdfValue | undefined): void {
    if (this.#after.dict(now)) this.#allow("validation-data", now, old);
    else this.#note("other");
  }

  #compareForms(old: PdfValue | undefined, now: PdfValue | undefined): void {
    const [a, b] = [this.#before.dict(old) ?? new Map(), this.#after.dict(now)];
    if (!b) return this.#note(isDict(a) && a.size > 0 ? "other" : "none");
    if (this.#differs(old, now)) this.#accountFor(now, old);
    for (const key of new Set([...differingKeys(a, b), "Fields"])) {
      if (key === "Fields") this.#compareLists(a.get(key), b.get(key));
      else if (key === "SigFlags" && naturalNumber(b.get(key)) !== undefined) this.#note("signatures");
      else if (["DA", "DR", "NeedAppearances"].includes(key)) {
        this.#allow("form-fields", b.get(key), a.get(key));
      } else this.#note("other");
    }
  }

  /** Accounts for an object itself, not for what hangs on it. */
  #accountFor(now: PdfValue | undefined, old: PdfValue | undefined): void {
    const same = isRef(now) && isRef(old) && now.number === old.number;
    if (isRef(now) && (same || this.#isNew(now.number))) this.#open.delete(now.number);
  }

  /** A store of validation data may grow; what stood in it stays as it is. */
  #compareStores(old: PdfValue | undefined, now: PdfValue | undefined): void {
    if (!this.#differs(old, now) && !this.#listsTouched(old)) return;
    const [a, b] = [this.#before.dict(old) ?? new Map<string, PdfValue>(), this.#after.dict(now)];
    if (!b) return this.#note("other");
    this.#note("validation-data");
    this.#accountFor(now, old);
    for (const key of new Set([...a.keys(), ...b.keys()])) {
      const allowed = ["Type", "Certs", "OCSPs", "CRLs", "VRI"].includes(key);
      if (!allowed) this.#note("other");
      else if (this.#differs(a.get(key), b.get(key))) this.#allow("validation-data", b.get(key), a.get(key));
    }
  }

  #listsTouched(store: PdfValue | undefined): boolean {
    const values = [...this.#before.dict(store)?.values() ?? []];
    return values.some((value) => isRef(value) && this.#open.has(value.number));
  }

  /** Lists of fields and of annotations may get new seals at their end. */
  #compareLists(old: PdfValue | undefined, now: PdfValue | undefined): void {
    if (!this.#differs(old, now)) return;
    const [a, b] = [this.#before.array(old) ?? [], this.#after.array(now) ?? []];
    this.#accountFor(now, old);
    if (!a.every((item, index) => this.#sameItem(item, b[index]))) return this.#note("other");
    for (const item of b.slice(a.length)) {
      if (this.#isNewSeal(item)) this.#allow("signatures", item);
      else this.#note("other");
    }
  }

  /** The same item, or the same dictionary moved into an object of its own. */
  #sameItem(old: PdfValue, now: PdfValue | undefined): boolean {
    if (sameValue(old, now)) return true;
    const moved = isDict(old) && isRef(now) && this.#isNew(now.number) &&
      sameValue(old, this.#after.dict(now));
    if (moved) this.#open.delete(now.number);
    return moved;
  }

  #isNewSeal(value: PdfValue): boolean {
    const field = isRef(value) && this.#isNew(value.number) ? this.#after.dict(value) : null;
    if (!field || nameText(this.#after.resolve(field.get("FT"))) !== "Sig" || field.has("Kids")) return false;
    return this.#isNewSignature(field.get("V"));
  }

  #isNewSignature(value: PdfValue | undefined): boolean {
    if (!isRef(value) || !this.#isNew(value.number)) return false;
    const signature = this.#after.dict(value);
    const end = signature && rangeOf(this.#after, signature)?.end;
    return typeof end === "number" && this.#ends.has(end);
  }

  /** A page may get annotations, if they are seals. */
  #comparePages(): void {
    let pages = 0;
    for (const { ref, dict } of pagesOf(this.#before)) {
      if (pages++ === MAX_PAGES || ![...this.#open].some((number) => !this.#isNew(number))) return;
      const annotations = dict.get("Annots");
      const listed = isRef(annotations) && this.#open.has(annotations.number);
      if (!this.#open.has(ref.number) && !listed) continue;
      const now = this.#after.dict(ref);
      if (!now || differingKeys(dict, now).some((key) => key !== "Annots")) continue;
      this.#open.delete(ref.number);
      this.#compareLists(annotations, now.get("Annots"));
    }
  }

  /** Fields that were there: an empty signature field may be signed, others may be filled in. */
  #compareFields(): void {
    if (this.#open.size === 0) return;
    for (const { ref, dict, type, value } of formFields(this.#before)) {
      if (!ref || type === undefined) continue;
      const now = this.#after.dict(ref);
      if (!now) continue;
      if (type === "Sig") this.#compareSealField(ref.number, dict, now, value);
      else this.#compareFilling(ref.number, dict, now);
    }
  }

  #compareSealField(number: number, old: PdfDict, now: PdfDict, value: PdfValue | undefined): void {
    if (!this.#open.has(number) || (value ?? null) !== null || !this.#isNewSignature(now.get("V"))) return;
    const keys = differingKeys(old, now);
    if (keys.some((key) => !["V", "AP", "M", "F", "MK", "DA", "Lock"].includes(key))) return;
    this.#open.delete(number);
    for (const key of keys) this.#allow("signatures", now.get(key));
  }

  #compareFilling(number: number, old: PdfDict, now: PdfDict): void {
    const looks = this.#looksOf(old);
    const keys = differingKeys(old, now);
    if (keys.some((key) => !["V", "AP", "AS", "RV", "M", "I", "MK", "DA"].includes(key))) return;
    if (!this.#open.has(number) && !looks.some((each) => this.#open.has(each))) return;
    this.#open.delete(number);
    for (const each of looks) this.#open.delete(each);
    this.#note("form-fields");
    for (const key of keys) this.#allow("form-fields", now.get(key));
  }

  /** Numbers of the streams that show a field: /AP /N, or one for each of its states. */
  #looksOf(field: PdfDict): number[] {
    const normal = this.#before.dict(field.get("AP"))?.get("N");
    const states = isRef(normal) ? [normal] : [...this.#before.dict(normal)?.values() ?? []];
    return states.filter(isRef).map(({ number }) => number);
  }
}
