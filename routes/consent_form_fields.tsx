/**
 * The consent form as a web form: for the vendor who completes it, and for the officer who mends a misreading.
 *
 * @module
 */
import type { VNode } from "preact";
import {
  type ConsentForm,
  type FieldPath,
  FORM_KINDS,
  kindLabel,
  type Vendor,
} from "../lib/domain/consent_form.ts";
import { formatWareki } from "../lib/domain/wareki.ts";
import { MAX_CONFIRMERS, MAX_MEMBERS, prefixOf, roomFor } from "./consent_form_values.ts";
import { TextField, type TextFieldProps } from "./text_field.tsx";

const fullWidth = (number: number): string => String.fromCharCode(0xff10 + number);

/** A button that sends the form back with more or less room; what was written stays. */
function Change({ value, words }: { readonly value: string; readonly words: string }): VNode {
  return <button class="chip" type="submit" name="change" value={value} formNoValidate>{words}</button>;
}

type FieldOf = (path: string, label: string, value: string, more: Partial<TextFieldProps>) => VNode;

/** Name and address of each confirmer. */
function VendorConfirmers({ vendor, field, at }: {
  readonly vendor: Vendor;
  readonly field: FieldOf;
  /** Which vendor, where confirmers can be added and taken out. */
  readonly at?: number;
}): VNode {
  return (
    <>
      {vendor.confirmers.map(({ name, address }, index) => {
        const title = `確認者${fullWidth(index + 1)}`;
        const required = index === 0;
        return (
          <div key={title} class="stack">
            {field(`confirmer${index + 1}.name`, `${title} 氏名`, name, {
              required,
              help: required ? "契約を締結する権限のある方" : "いない場合は空欄のまま",
            })}
            {field(`confirmer${index + 1}.address`, `${title} メールアドレス`, address, {
              keyboard: "email",
              required,
            })}
            {at !== undefined && !required && (
              <div>
                <Change value={`drop-confirmer:${at}:${index}`} words={`${title}を取り除く`} />
              </div>
            )}
          </div>
        );
      })}
      {at !== undefined && vendor.confirmers.length < MAX_CONFIRMERS && (
        <div>
          <Change value={`add-confirmer:${at}`} words="確認者を追加する" />
        </div>
      )}
    </>
  );
}

function VendorFields({ vendor, prefix, heading, more, at, droppable }: {
  readonly vendor: Vendor;
  readonly prefix: string;
  readonly heading: string;
  readonly more: (path: FieldPath) => Partial<TextFieldProps>;
  readonly at?: number | undefined;
  readonly droppable: boolean;
}): VNode {
  const field = (path: string, label: string, value: string, own: Partial<TextFieldProps> = {}) => (
    <TextField
      maxLength={300}
      name={prefix + path}
      label={label}
      value={value}
      {...more(prefix + path)}
      {...own}
    />
  );
  return (
    <fieldset>
      <legend>{heading}</legend>
      {field("postalAddress", "住所又は所在地", vendor.postalAddress)}
      {field("company", "商号又は名称", vendor.company, { required: true })}
      {field("representative", "代表者職氏名", vendor.representative)}
      <VendorConfirmers vendor={vendor} field={field} {...at === undefined ? {} : { at }} />
      {at !== undefined && droppable && (
        <div>
          <Change value={`drop-member:${at}`} words={`${heading}を取り除く`} />
        </div>
      )}
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

/** What the fields show. */
export type ConsentFormFieldsProps = {
  readonly form: ConsentForm;
  /** What is wrong with a field, in words that stand beside it. */
  readonly wrongs: ReadonlyMap<FieldPath, string>;
  /** Whether confirmers and members can be added and taken out. */
  readonly changeable?: boolean;
  /** The field to go on with. */
  readonly next?: FieldPath | null;
  /** 提出日 as it was typed, when it is no day. */
  readonly typedDay?: string;
};

function Kind({ form, wrong }: { readonly form: ConsentForm; readonly wrong: string | undefined }): VNode {
  return (
    <div class="field">
      <label for="kind">同意書の種類</label>
      {wrong && <span class="wrong" id="kind-wrong">{wrong}</span>}
      <select
        id="kind"
        name="kind"
        aria-describedby={wrong ? "kind-wrong" : undefined}
        aria-invalid={wrong ? "true" : undefined}
      >
        <option value="">選んでください</option>
        {FORM_KINDS.map((kind) => (
          <option key={kind} value={kind} selected={form.kind === kind}>{kindLabel(kind)}</option>
        ))}
      </select>
    </div>
  );
}

/** All fields, filled with what is known. Fields with a problem say so. */
export function ConsentFormFields(props: ConsentFormFieldsProps): VNode {
  const { form, wrongs, changeable = false, next, typedDay } = props;
  const more = (path: FieldPath): Partial<TextFieldProps> => {
    const wrong = wrongs.get(path);
    return { ...wrong === undefined ? {} : { wrong }, ...path === next ? { focus: true } : {} };
  };
  const field = (
    path: keyof ConsentForm,
    label: string,
    value: string,
    own: Partial<TextFieldProps> = {},
  ) => <TextField maxLength={300} name={path} label={label} value={value} {...more(path)} {...own} />;
  const members = form.vendors.length;
  const day = form.submittedOn ? formatWareki(form.submittedOn) : typedDay ?? "";
  return (
    <>
      <input type="hidden" name="members" value={members} />
      <Kind form={form} wrong={wrongs.get("kind")} />
      {field("submittedOn", "提出日", day, { help: "例：令和8年12月1日" })}
      {field("addressee", "宛名", form.addressee)}
      {field("contractName", "契約名", form.contractName, { required: true })}
      {form.vendors.map((vendor, index) => (
        <VendorFields
          key={index}
          vendor={vendor}
          prefix={prefixOf(members, index)}
          heading={members > 1 ? `構成員${fullWidth(index + 1)}` : "事業者"}
          more={more}
          at={changeable ? index : undefined}
          droppable={members > 1}
        />
      ))}
      {changeable && members < MAX_MEMBERS && (
        <div>
          <Change value="add-member" words="共同企業体の構成員を追加する" />
        </div>
      )}
      {field("staff", "担当者氏名", form.staff)}
      {field("phone", "電話番号", form.phone, { keyboard: "tel" })}
    </>
  );
}
