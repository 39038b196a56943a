/**
 * The consent form as a web form: for the vendor who completes it, and for the officer who mends a misreading.
 *
 * @module
 */
import type { VNode } from "preact";
import {
  type Confirmer,
  type ConsentForm,
  EMPTY_FORM,
  FORM_KINDS,
  type FormProblem,
  kindLabel,
  type Vendor,
} from "../lib/domain/consent_form.ts";
import { normalAddress } from "../lib/domain/mail_address.ts";
import { formatWareki, parseDay } from "../lib/domain/wareki.ts";
import type { FormValues } from "./read_form.ts";
import { TextField, type TextFieldProps } from "./text_field.tsx";

const MAX_MEMBERS = 10;
const MAX_CONFIRMERS = 6;

const prefixOf = (members: number, index: number): string => members > 1 ? `member${index + 1}.` : "";
const fullWidth = (number: number): string => String.fromCharCode(0xff10 + number);

/** A form with room for as many vendors, each with a second and, where there are more, a further confirmer. */
export function roomFor(form: ConsentForm, members: number): ConsentForm {
  const count = Math.min(MAX_MEMBERS, Math.max(form.vendors.length, members));
  const vendors = Array.from({ length: count }, (_, index): Vendor => {
    const vendor = form.vendors[index] ?? EMPTY_FORM.vendors[0]!;
    const wanted = Math.min(MAX_CONFIRMERS, Math.max(2, vendor.confirmers.length + 1));
    const confirmers = Array.from(
      { length: wanted },
      (_, place) => vendor.confirmers[place] ?? { name: "", address: "" },
    );
    return { ...vendor, confirmers };
  });
  return { ...form, vendors };
}

type FieldOf = (path: string, label: string, value: string, more: Partial<TextFieldProps>) => VNode;

/** Name and address of each confirmer. */
function VendorConfirmers({ vendor, field }: { readonly vendor: Vendor; readonly field: FieldOf }): VNode {
  return (
    <>
      {vendor.confirmers.map(({ name, address }, index) => {
        const title = `確認者${fullWidth(index + 1)}`;
        const required = index === 0;
        return (
          <div key={title} class="stack">
            {field(`confirmer${index + 1}.name`, `${title} 氏名`, name, {
              required,
              ...(required ? { help: "契約を締結する権限のある方" } : { help: "いない場合は空欄のまま" }),
            })}
            {field(`confirmer${index + 1}.address`, `${title} メールアドレス`, address, {
              keyboard: "email",
              required,
            })}
          </div>
        );
      })}
    </>
  );
}

function VendorFields({ vendor, prefix, heading, faulty }: {
  readonly vendor: Vendor;
  readonly prefix: string;
  readonly heading: string;
  readonly faulty: (path: string) => boolean;
}): VNode {
  const field = (path: string, label: string, value: string, more: Partial<TextFieldProps> = {}) => (
    <TextField
      maxLength={300}
      name={prefix + path}
      label={label}
      value={value}
      fault={faulty(prefix + path)}
      {...more}
    />
  );
  return (
    <fieldset>
      <legend>{heading}</legend>
      {field("postalAddress", "住所又は所在地", vendor.postalAddress)}
      {field("company", "商号又は名称", vendor.company, { required: true })}
      {field("representative", "代表者職氏名", vendor.representative)}
      <VendorConfirmers vendor={vendor} field={field} />
    </fieldset>
  );
}

/** The fields of the confirmers alone, vendor by vendor, filled with those of a form. */
export function ConfirmerFields({ form }: { readonly form: ConsentForm }): VNode {
  const { vendors } = roomFor(form, form.vendors.length);
  return (
    <>
      {vendors.map((vendor, index) => (
        <fieldset key={index}>
          <legend>{vendor.company || "事業者"}</legend>
          <VendorConfirmers
            vendor={vendor}
            field={(path, label, value, more) => (
              <TextField
                maxLength={300}
                name={prefixOf(vendors.length, index) + path}
                label={label}
                value={value}
                autocomplete="off"
                {...more}
              />
            )}
          />
        </fieldset>
      ))}
    </>
  );
}

/** All fields, filled with what is known. Fields with a problem are marked. */
export function ConsentFormFields({ form, problems }: {
  readonly form: ConsentForm;
  readonly problems: readonly FormProblem[];
}): VNode {
  const faulty = (path: string) =>
    problems.some((problem) => problem.field === path && problem.fault !== "confirmers_many");
  const field = (
    path: keyof ConsentForm,
    label: string,
    value: string,
    more: Partial<TextFieldProps> = {},
  ) => <TextField maxLength={300} name={path} label={label} value={value} fault={faulty(path)} {...more} />;
  const members = form.vendors.length;
  return (
    <>
      <input type="hidden" name="members" value={members} />
      <div class="field">
        <label for="kind">同意書の種類</label>
        <select id="kind" name="kind">
          <option value="">選んでください</option>
          {FORM_KINDS.map((kind) => (
            <option key={kind} value={kind} selected={form.kind === kind}>{kindLabel(kind)}</option>
          ))}
        </select>
      </div>
      {field("submittedOn", "提出日", form.submittedOn ? formatWareki(form.submittedOn) : "", {
        help: "例：令和8年12月1日",
      })}
      {field("addressee", "宛名", form.addressee)}
      {field("contractName", "契約名", form.contractName, { required: true })}
      {form.vendors.map((vendor, index) => (
        <VendorFields
          key={index}
          vendor={vendor}
          prefix={prefixOf(members, index)}
          heading={members > 1 ? `構成員${fullWidth(index + 1)}` : "事業者"}
          faulty={faulty}
        />
      ))}
      {field("staff", "担当者氏名", form.staff)}
      {field("phone", "電話番号", form.phone, { keyboard: "tel" })}
    </>
  );
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

const emptyVendor = ({ company, confirmers }: Vendor): boolean =>
  company === "" && confirmers.every(({ name, address }) => name === "" && address === "");

/** The form that posted values make. Vendors that were left empty are not there. */
export function consentFormOf(values: FormValues): ConsentForm {
  const members = Math.min(MAX_MEMBERS, Math.max(1, Number(values.get("members")) || 1));
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
