/**
 * Puts the forms of a 共同企業体 together whose members each filled in a sheet or a file of their own (R2).
 *
 * @module
 */
import type { ConsentForm, FieldPath } from "../domain/consent_form.ts";
import type { FieldReading } from "./consent_reading.ts";

/** A form as read, with the source of each value. */
export type MemberForm = { readonly form: ConsentForm; readonly fields: readonly FieldReading[] };

const squash = (text: string): string => text.normalize("NFKC").replace(/\s/g, "");
const companies = ({ form }: MemberForm): string[] => form.vendors.map(({ company }) => squash(company));

/**
 * Whether two forms are of members of one 共同企業体: other companies, the same contract. A form that names no contract
 * joins only where `venture` says that the file speaks of a 共同企業体.
 */
function together(first: MemberForm, next: MemberForm, venture: boolean): boolean {
  const [one, other] = [first, next].map(({ form }) => squash(form.contractName));
  const named = companies(next);
  if (named.includes("") || named.some((company) => companies(first).includes(company))) return false;
  if (companies(first).includes("")) return false;
  return one !== "" && one === other || venture && (one === "" || other === "");
}

/** Joins to the first form those after it that belong to it, in their order; the others are left out. */
export function joinMembers<Form extends MemberForm>(forms: readonly Form[], venture: boolean): Form | null {
  const [first, ...others] = forms;
  if (first === undefined) return null;
  return others.reduce((all, next) => together(all, next, venture) ? joinedTo(all, next) : all, first);
}

function joinedTo<Form extends MemberForm>(first: Form, next: MemberForm): Form {
  const count = first.form.vendors.length;
  const path = (from: number) => (field: FieldPath): FieldPath => placed(field, from);
  const own = next.form.vendors.length;
  const before = count > 1 ? (field: FieldPath) => field : path(0);
  const behind = own > 1 ? (field: FieldPath) => shifted(field, count) : path(count);
  const unsure = [
    ...(first.form.unsure ?? []).map((each) => ({ ...each, field: before(each.field) })),
    ...(next.form.unsure ?? []).filter(({ field }) => isOfVendor(field)).map((each) => ({
      ...each,
      field: behind(each.field),
    })),
  ];
  const form: ConsentForm = {
    ...first.form,
    kind: first.form.kind ?? next.form.kind,
    submittedOn: first.form.submittedOn ?? next.form.submittedOn,
    addressee: first.form.addressee || next.form.addressee,
    contractName: first.form.contractName || next.form.contractName,
    staff: first.form.staff || next.form.staff,
    phone: first.form.phone || next.form.phone,
    vendors: [...first.form.vendors, ...next.form.vendors],
    cutOff: [...first.form.cutOff.map(before), ...next.form.cutOff.filter(isOfVendor).map(behind)],
    ...(unsure.length > 0 ? { unsure } : {}),
  };
  const known = new Set(first.fields.map((field) => field.path));
  const fields = [
    ...first.fields.map((field) => ({ ...field, path: before(field.path) })),
    ...next.fields.filter((field) => isOfVendor(field.path) || !known.has(field.path))
      .map((field) => ({ ...field, path: behind(field.path) })),
  ];
  return { ...first, form, fields };
}

const isOfVendor = (field: FieldPath): boolean =>
  /^(?:member\d+\.)?(?:company|postalAddress|representative|confirmer\d+\.(?:name|address))$/.test(field);

const placed = (field: FieldPath, from: number): FieldPath =>
  isOfVendor(field) ? `member${from + 1}.${field}` : field;

const shifted = (field: FieldPath, by: number): FieldPath =>
  field.replace(/^member(\d+)\./, (_, number) => `member${Number(number) + by}.`);
