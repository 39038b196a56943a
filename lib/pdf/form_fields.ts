/**
 * The form's fields (ISO 32000-2 §12.7.4), with what they inherit.
 *
 * @module
 */
import { UnreadableError } from "../domain/unreadable.ts";
import type { PdfFile } from "./pdf_file.ts";
import { textOf } from "./text_string.ts";
import { isRef, isString, nameText, type PdfDict, type PdfRef, type PdfValue } from "./values.ts";

/** A field, or a widget of one. */
export type FormField = {
  /** Null for a field that is no object of its own. */
  readonly ref: PdfRef | null;
  readonly dict: PdfDict;
  /** The full name, its parts joined by `.`. */
  readonly name: string;
  /** /FT: `Tx`, `Btn`, `Ch`, `Sig`. */
  readonly type: string | undefined;
  /** /V as it stands. */
  readonly value: PdfValue | undefined;
};

/** A signature field that is signed, with its signature dictionary. */
export type SignedField = FormField & { readonly signature: PdfDict };

/** Most kids that are gone through, and characters of a full name: many fields may share one list of kids. */
const MAX_KIDS = 1_000_000;
const MAX_NAME = 1 << 16;

type Waiting = { readonly value: PdfValue; readonly parent: FormField | null };

/** Every field and widget, parents before their kids. A field met twice is given once. */
export function* formFields(pdf: PdfFile): Generator<FormField> {
  const form = pdf.dict(pdf.catalog.get("AcroForm"));
  const seen = new Set<number>();
  let kidsLeft = MAX_KIDS;
  const waiting: Waiting[] = (pdf.array(form?.get("Fields")) ?? [])
    .toReversed().map((value) => ({ value, parent: null }));
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, parent } = next;
    if (isRef(value)) {
      if (seen.has(value.number)) continue;
      seen.add(value.number);
    }
    const dict = pdf.dict(value);
    if (!dict) continue;
    const field = fieldOf(pdf, isRef(value) ? value : null, dict, parent);
    yield field;
    const kids = pdf.array(dict.get("Kids")) ?? [];
    kidsLeft -= kids.length;
    if (kidsLeft < 0 || field.name.length > MAX_NAME) {
      throw new UnreadableError("bomb", "Cannot read form: its fields share their kids");
    }
    for (const kid of kids.toReversed()) waiting.push({ value: kid, parent: field });
  }
}

function fieldOf(pdf: PdfFile, ref: PdfRef | null, dict: PdfDict, parent: FormField | null): FormField {
  const partial = pdf.resolve(dict.get("T"));
  const parts = [parent?.name ?? "", isString(partial) ? textOf(partial) : ""].filter((part) => part !== "");
  return {
    ref,
    dict,
    name: parts.join("."),
    type: nameText(pdf.resolve(dict.get("FT"))) ?? parent?.type,
    value: dict.get("V") ?? parent?.value,
  };
}

/** The fields that are signed, document timestamps included, in the form's order. */
export function signedFields(pdf: PdfFile): SignedField[] {
  const signed: SignedField[] = [];
  const seen = new Set<number | PdfDict>();
  for (const field of formFields(pdf)) {
    const signature = field.type === "Sig" ? pdf.dict(field.value) : null;
    if (!signature) continue;
    // A widget below its field inherits the value: the same signature, not another.
    const identity = isRef(field.value) ? field.value.number : signature;
    if (!seen.has(identity)) signed.push({ ...field, signature });
    seen.add(identity);
  }
  return signed;
}
