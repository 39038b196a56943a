/**
 * What a signature allows to be added after it (ISO 32000-2 §12.8.2.2, §12.8.2.4, §12.7.5.5), and whether an update
 * kept to it.
 *
 * @module
 */
import type { PdfFile } from "../pdf/pdf_file.ts";
import { transformsOf } from "../pdf/signature_locks.ts";
import { textOf } from "../pdf/text_string.ts";
import { isString, nameText, type PdfDict } from "../pdf/values.ts";
import type { UpdateChange } from "./verify_account.ts";
import { graver } from "./verify_gravity.ts";

/** /P of DocMDP: nothing but proof; filling in and signing as well; notes as well. */
export type CertifiedLevel = 1 | 2 | 3;

/** Fields that are closed from a signature on. */
export type FieldLock = {
  readonly action: "all" | "include" | "exclude";
  readonly fields: readonly string[];
};

/** What one signature says about later changes. */
export type Permissions = {
  /** Null when it says nothing: it then allows what every signed document does. */
  readonly level: CertifiedLevel | null;
  readonly locks: readonly FieldLock[];
};

/** Says nothing. */
export const NO_PERMISSIONS: Permissions = { level: null, locks: [] };

/** Most fields that a lock may name. */
const MAX_NAMED = 10_000;

/** What the signature of a field says. */
export function permissionsOf(pdf: PdfFile, field: PdfDict, signature: PdfDict): Permissions {
  const certifying = transformsOf(pdf, signature, "DocMDP");
  const lock = pdf.dict(field.get("Lock"));
  // Table 257: 2 where it is left out.
  const levels = certifying.map((parameters) => levelIn(pdf, parameters) ?? 2);
  const locked = lock && levelIn(pdf, lock);
  const all = [...levels, ...locked ? [locked] : []];
  const closing = [...transformsOf(pdf, signature, "FieldMDP"), ...lock ? [lock] : []];
  return {
    level: all.length > 0 ? Math.min(...all) as CertifiedLevel : null,
    locks: closing.flatMap((each) => lockIn(pdf, each) ?? []),
  };
}

function levelIn(pdf: PdfFile, parameters: PdfDict): CertifiedLevel | null {
  const level = pdf.resolve(parameters.get("P"));
  return level === 1 || level === 2 || level === 3 ? level : null;
}

function lockIn(pdf: PdfFile, parameters: PdfDict): FieldLock | null {
  const fields = (pdf.array(parameters.get("Fields")) ?? []).slice(0, MAX_NAMED).flatMap((each) => {
    const name = pdf.resolve(each);
    return isString(name) ? [textOf(name)] : [];
  });
  switch (nameText(pdf.resolve(parameters.get("Action")))) {
    case "All":
      return { action: "all", fields };
    case "Include":
      return { action: "include", fields };
    case "Exclude":
      return { action: "exclude", fields };
    default:
      return null;
  }
}

/** A name, or one of a field that holds it. */
const within = (name: string, holder: string): boolean => name === holder || name.startsWith(`${holder}.`);

function closes({ action, fields }: FieldLock, name: string): boolean {
  const named = fields.some((each) => within(name, each));
  return action === "all" || (action === "include" ? named : !named);
}

/** Whether an update does what a signature before it forbids. */
export function forbids({ level, locks }: Permissions, { worst, fields }: UpdateChange): boolean {
  if (level === 1 && graver(worst, "file-info") !== "file-info") return true;
  return [...fields].some((name) => locks.some((lock) => closes(lock, name)));
}

/**
 * Whether an update only adds what may be added to any signed document, or fills in fields where a certification
 * (of someone who is trusted) allows it.
 */
export function mayFollow(level: CertifiedLevel | null, { worst }: UpdateChange): boolean {
  if (graver(worst, "signatures") === "signatures") return true;
  return worst === "form-fields" && level !== null && level >= 2;
}
