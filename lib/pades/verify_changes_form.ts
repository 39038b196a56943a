/**
 * Changes of a document's form: further seals, and fields that were filled in.
 *
 * @module
 */
import { formFields } from "../pdf/form_fields.ts";
import { differingKeys, sameValue } from "../pdf/same_value.ts";
import { textOf } from "../pdf/text_string.ts";
import {
  isDict,
  isRef,
  isString,
  nameText,
  naturalNumber,
  type PdfDict,
  type PdfValue,
} from "../pdf/values.ts";
import type { RevisionChange } from "./verification_report.ts";
import type { ChangeAccount } from "./verify_account.ts";
import { rangeOf } from "./verify_fields.ts";

const NO_ENTRIES: PdfDict = new Map();

/** Compares the form dictionaries, and the list of fields in them. */
export function compareForms(
  account: ChangeAccount,
  old: PdfValue | undefined,
  now: PdfValue | undefined,
): void {
  const [a, b] = [account.before.dict(old) ?? NO_ENTRIES, account.after.dict(now)];
  if (!b) return account.note(a.size > 0 ? "other" : "none");
  if (account.differs(old, now)) account.accountFor(now, old);
  for (const key of new Set([...differingKeys(a, b), "Fields"])) {
    const [was, is] = [a.get(key), b.get(key)];
    // The flags, and fonts for fields to come, go along with a seal.
    if (key === "Fields") compareLists(account, was, is);
    else if (key === "SigFlags" && naturalNumber(is) !== undefined) account.note("timestamps");
    else if (key === "DR" && onlyGrew(account, was, is)) account.allow("timestamps", is, was);
    else if (["DA", "DR", "NeedAppearances"].includes(key)) account.allow("form-fields", is, was);
    else account.note("other");
  }
}

/** Whether a dictionary of resources, two levels deep, has all that it had. */
function onlyGrew(account: ChangeAccount, old: PdfValue | undefined, now: PdfValue | undefined): boolean {
  const [a, b] = [account.before.dict(old) ?? NO_ENTRIES, account.after.dict(now)];
  return b !== null && [...a].every(([key, value]) => {
    const other = b.get(key);
    if (sameValue(value, other)) return !isRef(value) || !account.open.has(value.number);
    const [inner, grown] = [account.before.dict(value), account.after.dict(other)];
    return inner !== null && grown !== null && !isRef(value) && !isRef(other) &&
      [...inner].every(([name, each]) => sameValue(each, grown.get(name)));
  });
}

/** Lists of fields and of annotations may get new seals at their end. */
export function compareLists(
  account: ChangeAccount,
  old: PdfValue | undefined,
  now: PdfValue | undefined,
): void {
  if (!account.differs(old, now)) return;
  const [a, b] = [account.before.array(old) ?? [], account.after.array(now) ?? []];
  account.accountFor(now, old);
  if (!a.every((item, index) => sameItem(account, item, b[index]))) return account.note("other");
  for (const item of b.slice(a.length)) {
    const seal = newSeal(account, item);
    if (seal) account.allow(seal, item);
    else account.note("other");
  }
}

/** The same item, or the same dictionary moved into an object of its own. */
function sameItem(account: ChangeAccount, old: PdfValue, now: PdfValue | undefined): boolean {
  if (sameValue(old, now)) return true;
  const moved = isDict(old) && isRef(now) && account.isNew(now.number) &&
    sameValue(old, account.after.dict(now));
  if (moved) account.open.delete(now.number);
  return moved;
}

/** What kind of seal a new field is; null when it is none. */
function newSeal(account: ChangeAccount, value: PdfValue): RevisionChange | null {
  const { after } = account;
  const field = isRef(value) && account.isNew(value.number) ? after.dict(value) : null;
  if (!field || nameText(after.resolve(field.get("FT"))) !== "Sig" || field.has("Kids")) return null;
  const kind = newSignature(account, field.get("V"));
  const name = after.resolve(field.get("T"));
  if (kind === "signatures" && isString(name)) account.noteField(textOf(name));
  return kind;
}

/** What kind of signature a new value is; null when it is none that is reported. */
function newSignature(account: ChangeAccount, value: PdfValue | undefined): RevisionChange | null {
  const { after } = account;
  if (!isRef(value) || !account.isNew(value.number)) return null;
  const signature = after.dict(value);
  const end = signature && rangeOf(after, signature)?.end;
  if (typeof end !== "number" || !account.ends.has(end)) return null;
  const form = nameText(after.resolve(signature?.get("SubFilter")));
  return form === "ETSI.RFC3161" ? "timestamps" : "signatures";
}

/** Fields that were there: an empty signature field may be signed, others may be filled in. */
export function compareFields(account: ChangeAccount): void {
  if (account.open.size === 0) return;
  for (const { ref, dict, type, value, name } of formFields(account.before)) {
    if (!ref || type === undefined) continue;
    const now = account.after.dict(ref);
    if (!now) continue;
    const compare = type === "Sig" ? compareSealField : compareFilling;
    if (compare(account, ref.number, dict, now, value)) account.noteField(name);
  }
}

const SEALING_KEYS = ["V", "AP", "M", "F", "MK", "DA", "Lock"];

function compareSealField(
  account: ChangeAccount,
  number: number,
  old: PdfDict,
  now: PdfDict,
  value: PdfValue | undefined,
): boolean {
  if (!account.open.has(number) || (value ?? null) !== null) return false;
  const kind = newSignature(account, now.get("V"));
  const keys = differingKeys(old, now);
  if (kind === null || keys.some((key) => !SEALING_KEYS.includes(key))) return false;
  account.open.delete(number);
  for (const key of keys) account.allow(kind, now.get(key));
  return true;
}

const FILLING_KEYS = ["V", "AP", "AS", "RV", "M", "I", "MK", "DA"];

function compareFilling(account: ChangeAccount, number: number, old: PdfDict, now: PdfDict): boolean {
  const { open } = account;
  const looks = looksOf(account, old);
  const keys = differingKeys(old, now);
  if (keys.some((key) => !FILLING_KEYS.includes(key))) return false;
  if (!open.has(number) && !looks.some((each) => open.has(each))) return false;
  open.delete(number);
  for (const each of looks) open.delete(each);
  account.note("form-fields");
  for (const key of keys) account.allow("form-fields", now.get(key));
  return true;
}

/** Numbers of the streams that show a field: /AP /N, or one for each of its states. */
function looksOf({ before }: ChangeAccount, field: PdfDict): number[] {
  const normal = before.dict(field.get("AP"))?.get("N");
  const states = isRef(normal) ? [normal] : [...before.dict(normal)?.values() ?? []];
  return states.filter(isRef).map(({ number }) => number);
}
