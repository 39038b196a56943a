/**
 * Puts single values into a consent form: a vendor's reply with just the missing line (R4).
 *
 * @module
 */
import type { Confirmer, ConsentForm, FieldPath, FormKind, Vendor } from "../domain/consent_form.ts";
import { FORM_KINDS, kindLabel } from "../domain/consent_form.ts";
import { normalAddress } from "../domain/mail_address.ts";
import { parseDay } from "../domain/wareki.ts";
import type { FieldReading } from "../forms/consent_reading.ts";

const TEXTS = ["addressee", "contractName", "staff", "phone"] as const;
const VENDOR_TEXTS = ["company", "postalAddress", "representative"] as const;
const VENDOR_PATH = /^(?:member(\d{1,2})\.)?(.+)$/;
const CONFIRMER_PATH = /^confirmer(\d{1,2})\.(name|address)$/;

const kindOf = (value: string): FormKind | null =>
  FORM_KINDS.find((kind) => kind === value || kindLabel(kind) === value) ?? null;

function putAt<T>(list: readonly T[], index: number, blank: T, change: (old: T) => T): T[] {
  const filled = Array.from({ length: Math.max(list.length, index + 1) }, (_, at) => list[at] ?? blank);
  return filled.map((each, at) => at === index ? change(each) : each);
}

function putVendor(vendor: Vendor, path: string, value: string): Vendor {
  const text = VENDOR_TEXTS.find((name) => name === path);
  if (text) return { ...vendor, [text]: value };
  const [, number, part] = CONFIRMER_PATH.exec(path) ?? [];
  if (!number || !part) return vendor;
  const written = part === "address" ? normalAddress(value) : value;
  const blank: Confirmer = { name: "", address: "" };
  const change = (old: Confirmer): Confirmer => ({ ...old, [part]: written });
  return { ...vendor, confirmers: putAt(vendor.confirmers, Number(number) - 1, blank, change) };
}

function putOne(form: ConsentForm, { path, value }: FieldReading): ConsentForm {
  if (path === "kind") return { ...form, kind: kindOf(value) ?? form.kind };
  if (path === "submittedOn") return { ...form, submittedOn: parseDay(value) ?? form.submittedOn };
  const text = TEXTS.find((name) => name === path);
  if (text) return { ...form, [text]: value };
  const [, member, rest] = VENDOR_PATH.exec(path) ?? [];
  const index = member ? Number(member) - 1 : 0;
  const blank: Vendor = { company: "", postalAddress: "", representative: "", confirmers: [] };
  if (!rest || index < 0 || index > form.vendors.length) return form;
  return { ...form, vendors: putAt(form.vendors, index, blank, (vendor) => putVendor(vendor, rest, value)) };
}

/** The form with the values put in; a value that was cut off or unsure before is whole and sure now. */
export function mergeLines(form: ConsentForm, lines: readonly FieldReading[]): ConsentForm {
  const merged = lines.reduce(putOne, form);
  const kept = (path: FieldPath) => !lines.some((line) => line.path === path);
  const unsure = merged.unsure?.filter(({ field }) => kept(field));
  return { ...merged, cutOff: merged.cutOff.filter(kept), ...(unsure && { unsure }) };
}
