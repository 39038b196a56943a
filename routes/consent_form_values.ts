/**
 * A consent form out of posted values, and the room that the web form has for it.
 *
 * @module
 */
import {
  type Confirmer,
  type ConsentForm,
  EMPTY_FORM,
  type FieldPath,
  FORM_KINDS,
  type Vendor,
} from "../lib/domain/consent_form.ts";
import { normalAddress } from "../lib/domain/mail_address.ts";
import { parseDay } from "../lib/domain/wareki.ts";
import type { FormValues } from "./read_form.ts";

/** Most members of a 共同企業体 on the web form. */
export const MAX_MEMBERS = 10;
/** Most confirmers of a vendor on the web form. */
export const MAX_CONFIRMERS = 6;

/** Prefix of the fields of a vendor: none unless there are several. */
export const prefixOf = (members: number, index: number): string => members > 1 ? `member${index + 1}.` : "";

const NOBODY: Confirmer = { name: "", address: "" };

/** A form with room for as many vendors, each with a second and, unless `spare` is 0, a further confirmer. */
export function roomFor(form: ConsentForm, members: number, spare: 0 | 1 = 1): ConsentForm {
  const count = Math.min(MAX_MEMBERS, Math.max(form.vendors.length, members));
  const vendors = Array.from({ length: count }, (_, index): Vendor => {
    const vendor = form.vendors[index] ?? EMPTY_FORM.vendors[0]!;
    const wanted = Math.min(MAX_CONFIRMERS, Math.max(2, vendor.confirmers.length + spare));
    const confirmers = Array.from({ length: wanted }, (_, place) => vendor.confirmers[place] ?? NOBODY);
    return { ...vendor, confirmers };
  });
  return { ...form, vendors };
}

function confirmersIn(values: FormValues, prefix: string): readonly Confirmer[] {
  const confirmers = Array.from({ length: MAX_CONFIRMERS }, (_, index) => ({
    name: values.get(`${prefix}confirmer${index + 1}.name`),
    address: normalAddress(values.get(`${prefix}confirmer${index + 1}.address`)),
  }));
  const last = confirmers.findLastIndex(({ name, address }) => name !== "" || address !== "");
  return confirmers.slice(0, Math.max(1, last + 1));
}

/** The confirmers alone, of each of so many vendors, as posted values say them. */
export function confirmersOf(values: FormValues, vendors: number): readonly (readonly Confirmer[])[] {
  return Array.from({ length: vendors }, (_, index) => confirmersIn(values, prefixOf(vendors, index)));
}

function vendorOf(values: FormValues, prefix: string): Vendor {
  return {
    company: values.get(`${prefix}company`),
    postalAddress: values.get(`${prefix}postalAddress`),
    representative: values.get(`${prefix}representative`),
    confirmers: confirmersIn(values, prefix),
  };
}

const membersIn = (values: FormValues): number =>
  Math.min(MAX_MEMBERS, Math.max(1, Number(values.get("members")) || 1));

const emptyVendor = ({ company, confirmers }: Vendor): boolean =>
  company === "" && confirmers.every(({ name, address }) => name === "" && address === "");

/** The form that posted values make. Vendors that were left empty are not there. */
export function consentFormOf(values: FormValues): ConsentForm {
  const members = membersIn(values);
  const [first, ...others] = Array.from(
    { length: members },
    (_, index) => vendorOf(values, prefixOf(members, index)),
  );
  const kind = FORM_KINDS.find((each) => each === values.get("kind")) ?? null;
  return {
    kind,
    submittedOn: parseDay(values.get("submittedOn")),
    addressee: values.get("addressee"),
    contractName: values.get("contractName"),
    staff: values.get("staff"),
    phone: values.get("phone"),
    vendors: [first ?? EMPTY_FORM.vendors[0]!, ...others.filter((vendor) => !emptyVendor(vendor))],
    cutOff: [],
  };
}

/** Vendors and confirmers as they stood on the page, the empty ones too. */
function vendorsShown(values: FormValues): Vendor[] {
  const names = new Set([...values.entries()].map(([name]) => name));
  const members = membersIn(values);
  return Array.from({ length: members }, (_, index) => {
    const prefix = prefixOf(members, index);
    const shown = Array.from({ length: MAX_CONFIRMERS }, (_, place) => place)
      .filter((place) => names.has(`${prefix}confirmer${place + 1}.name`)).length;
    const vendor = vendorOf(values, prefix);
    const confirmers = Array.from({ length: Math.max(1, shown) }, (_, at) => vendor.confirmers[at] ?? NOBODY);
    return { ...vendor, confirmers };
  });
}

/** A form with more or less room, and the field to go on with. */
export type ChangedForm = { readonly form: ConsentForm; readonly next: FieldPath };

/**
 * The posted form with a confirmer or a member added or taken out, as the pressed button says:
 * `add-confirmer:0` (to the first vendor), `drop-confirmer:0:2` (its 確認者３), `add-member`, `drop-member:1`.
 */
export function changedForm(values: FormValues): ChangedForm {
  const [change, vendorAt = 0, confirmerAt = 0] = values.get("change").split(":")
    .map((part, index) => index === 0 ? part : Number(part)) as [string, number?, number?];
  const vendors = vendorsShown(values);
  const vendor = vendors[vendorAt];
  let next: readonly [vendor: number, field: string] = [vendorAt, "company"];
  if (change === "add-member" && vendors.length < MAX_MEMBERS) {
    vendors.push({ ...EMPTY_FORM.vendors[0]!, confirmers: [NOBODY, NOBODY] });
    next = [vendors.length - 1, "postalAddress"];
  } else if (change === "drop-member" && vendors.length > 1) {
    vendors.splice(vendorAt, 1);
    next = [Math.max(0, vendorAt - 1), "company"];
  } else if (change === "add-confirmer" && vendor && vendor.confirmers.length < MAX_CONFIRMERS) {
    vendors[vendorAt] = { ...vendor, confirmers: [...vendor.confirmers, NOBODY] };
    next = [vendorAt, `confirmer${vendor.confirmers.length + 1}.name`];
  } else if (change === "drop-confirmer" && vendor && vendor.confirmers.length > 1) {
    vendors[vendorAt] = { ...vendor, confirmers: vendor.confirmers.toSpliced(confirmerAt, 1) };
    next = [vendorAt, `confirmer${Math.max(1, confirmerAt)}.name`];
  }
  const form = { ...consentFormOf(values), vendors };
  return { form, next: prefixOf(vendors.length, next[0]) + next[1] };
}
