/**
 * Whether the signatures that a document carries allow for one more (ISO 32000-2 §12.8.2.2, §12.8.2.4).
 *
 * @module
 */
import { signedFields } from "./form_fields.ts";
import type { PdfFile } from "./pdf_file.ts";
import { nameText, type PdfDict } from "./values.ts";

/** /P of DocMDP and of locks: no change at all, but validation data and document timestamps. */
const NO_CHANGES = 1;
/** /P of DocMDP when it is left out (Table 257). */
const FILL_AND_SIGN = 2;

/** Whether one more signature would break one that is there. */
export function forbidsSignatures(pdf: PdfFile): boolean {
  if (certifiedLevel(pdf) === NO_CHANGES) return true;
  return signedFields(pdf).some(({ dict, signature }) => {
    const lock = pdf.dict(dict.get("Lock"));
    if (lock && locksNewFields(pdf, lock)) return true;
    return transformsOf(pdf, signature, "FieldMDP").some((parameters) => locksNewFields(pdf, parameters));
  });
}

/** The level of the certification in force, or null. */
function certifiedLevel(pdf: PdfFile): number | null {
  const permissions = pdf.dict(pdf.catalog.get("Perms"));
  const signature = pdf.dict(permissions?.get("DocMDP"));
  if (!signature) return null;
  const levels = transformsOf(pdf, signature, "DocMDP").map((parameters) => pdf.resolve(parameters.get("P")));
  return levels.includes(NO_CHANGES) ? NO_CHANGES : FILL_AND_SIGN;
}

/** "All" and "Exclude" hold for fields that are still to come. */
function locksNewFields(pdf: PdfFile, lock: PdfDict): boolean {
  return pdf.resolve(lock.get("P")) === NO_CHANGES || nameText(pdf.resolve(lock.get("Action"))) !== "Include";
}

/** Parameters of the transforms of one method that a signature names (§12.8.1, Table 256). */
export function transformsOf(pdf: PdfFile, signature: PdfDict, method: string): PdfDict[] {
  const references = (pdf.array(signature.get("Reference")) ?? []).map((each) => pdf.dict(each));
  return references
    .filter((each) => nameText(pdf.resolve(each?.get("TransformMethod"))) === method)
    .map((each) => pdf.dict(each?.get("TransformParams")) ?? new Map());
}
