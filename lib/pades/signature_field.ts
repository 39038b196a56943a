/**
 * Places a signature in a document: an invisible field on the first page (ISO 32000-2 §12.7.5.5). Its form was
 * chosen by trial: it keeps PDF/A-2b, and no judge takes it for another change than signing.
 *
 * @module
 */
import { formFields, signedFields } from "../pdf/form_fields.ts";
import type { Increment } from "../pdf/increment.ts";
import { firstPage } from "../pdf/page_tree.ts";
import type { PdfFile } from "../pdf/pdf_file.ts";
import { textString } from "../pdf/text_string.ts";
import {
  dictOf,
  isDict,
  isRef,
  nameOf,
  nameText,
  naturalNumber,
  type PdfDict,
  type PdfRef,
  type PdfValue,
} from "../pdf/values.ts";

/** Print and Locked (§12.5.3): without Print it breaks PDF/A. */
const WIDGET_FLAGS = 132;
/** SignaturesExist and AppendOnly (§12.7.3). */
const SIGNATURE_FLAGS = 3;

/** A field that is to be signed. */
export type NewField = {
  /** Its name, which no other field has. */
  readonly name: string;
  /** The signature dictionary. */
  readonly signature: PdfRef;
  /** What it locks; null for nothing. */
  readonly lock: PdfDict | null;
};

/** `wanted`, or with the first of `_2`, `_3`… that no field of the document has. */
export function freeFieldName(pdf: PdfFile, wanted: string): string {
  const taken = fieldNames(pdf);
  let name = wanted;
  for (let count = 2; taken.has(name); count++) name = `${wanted}_${count}`;
  return name;
}

/** The newest field of that name, `_2`, `_3`… included: what {@linkcode freeFieldName} gave last. */
export function newestFieldName(pdf: PdfFile, wanted: string): string {
  const taken = fieldNames(pdf);
  let name = wanted;
  for (let count = 2; taken.has(`${wanted}_${count}`); count++) name = `${wanted}_${count}`;
  return name;
}

function fieldNames(pdf: PdfFile): ReadonlySet<string> {
  return new Set(Array.from(formFields(pdf), (field) => field.name));
}

/** Adds the field to the first page and to the form, which is made where there is none. */
export function addSignatureField(pdf: PdfFile, update: Increment, field: NewField): void {
  const page = firstPage(pdf);
  const entries: PdfDict = dictOf({
    Type: nameOf("Annot"),
    Subtype: nameOf("Widget"),
    FT: nameOf("Sig"),
    T: textString(field.name),
    V: field.signature,
    F: WIDGET_FLAGS,
    Rect: [0, 0, 0, 0],
    P: page.ref,
  });
  // §12.7.5.5, Table 235: the lock is an indirect object.
  if (field.lock) entries.set("Lock", update.add(field.lock));
  const widget = update.add(entries);
  const list = new ListEditor(pdf, update);
  if (!list.signed) update.externaliseInfo();
  list.append(page.dict.get("Annots"), widget, (array) => update.edit(page.ref).set("Annots", array));
  // ISO 14289-1 §7.18.3: a tagged page with an annotation names the order of its structure as that of tabbing.
  if (!list.signed && pdf.catalog.has("StructTreeRoot") && !page.dict.has("Tabs")) {
    update.edit(page.ref).set("Tabs", nameOf("S"));
  }
  addToForm(pdf, update, widget, list);
}

function addToForm(pdf: PdfFile, update: Increment, widget: PdfRef, list: ListEditor): void {
  const current = pdf.catalog.get("AcroForm");
  const form = pdf.dict(current) ?? new Map();
  let edited: PdfDict | null = null;
  const edit = () => edited ??= editForm(pdf, update, current, form);
  const flags = naturalNumber(pdf.resolve(form.get("SigFlags"))) ?? 0;
  if ((flags & SIGNATURE_FLAGS) !== SIGNATURE_FLAGS) edit().set("SigFlags", flags | SIGNATURE_FLAGS);
  // Viewers would draw the fields anew and so change the page; PDF/A forbids it.
  if (!list.signed && form.has("NeedAppearances")) edit().delete("NeedAppearances");
  list.append(form.get("Fields"), widget, (array) => edit().set("Fields", array));
}

/** The form to be written; one that stood in the catalog becomes an object of its own. */
function editForm(pdf: PdfFile, update: Increment, current: PdfValue | undefined, form: PdfDict): PdfDict {
  const object = isRef(current) ? pdf.object(current.number) : null;
  if (isRef(current) && isDict(object?.value) && object.dataAt === null) return update.edit(current);
  const copy: PdfDict = new Map(form);
  update.edit(pdf.catalogRef).set("AcroForm", update.add(copy));
  return copy;
}

/** Appends to /Annots and /Fields. */
class ListEditor {
  /** Whether the document is signed already. */
  readonly signed: boolean;
  readonly #pdf: PdfFile;
  readonly #update: Increment;

  constructor(pdf: PdfFile, update: Increment) {
    this.#pdf = pdf;
    this.#update = update;
    this.signed = signedFields(pdf).length > 0;
  }

  /**
   * Before the first signature the list becomes an array of our own with nothing but references in it: another
   * object may share the old one, and some judges can't compare dictionaries within arrays between revisions.
   */
  append(current: PdfValue | undefined, item: PdfRef, replace: (array: PdfRef) => void): void {
    const items = this.#pdf.array(current) ?? [];
    if (this.signed && isRef(current) && this.#isOwnList(current)) {
      this.#update.set(current, [...items, item]);
    } else replace(this.#update.add([...this.#externalised(items), item]));
  }

  /** Whether an object is an array, and not the one with the pages in it: what stands there is written over. */
  #isOwnList(ref: PdfRef): boolean {
    const items = this.#pdf.object(ref.number)?.value;
    const types = Array.isArray(items) ? items.map((each) => this.#pdf.dict(each)?.get("Type")) : null;
    return types?.every((type) => !["Page", "Pages"].includes(nameText(type) ?? "")) ?? false;
  }

  /** Only references; what is neither one nor a dictionary stands for nothing. */
  #externalised(items: readonly PdfValue[]): PdfValue[] {
    return items.filter((each) => isRef(each) || isDict(each))
      .map((each) => isDict(each) ? this.#update.add(each) : each);
  }
}
