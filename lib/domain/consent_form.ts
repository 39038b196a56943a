/**
 * 電子契約同意書兼メールアドレス確認書: what it says, what is wrong with it, and who signs because of it
 * (R1–R4, R16).
 *
 * @module
 */
import type { Day } from "./instant.ts";
import { isMailAddress, sameAddress } from "./mail_address.ts";

/** 物品・役務 or 建設工事等・建設工事関連業務委託. */
export type FormKind = "goods-services" | "construction";

/** 確認者 as written on the form; an empty text stands for an empty cell. */
export type Confirmer = { readonly name: string; readonly address: string };

/** One vendor. Its first confirmer (確認者１) has the authority to contract. */
export type Vendor = {
  /** 商号又は名称 */
  readonly company: string;
  /** 住所又は所在地 */
  readonly postalAddress: string;
  /** 代表者職氏名, or that of the branch manager who stands in. */
  readonly representative: string;
  /** 確認者１, 確認者２, … in the order of their numbers; an empty one keeps its place. */
  readonly confirmers: readonly Confirmer[];
};

/**
 * The place of a value on the form: `company`, `confirmer1.name`; in a 共同企業体 `member2.company`,
 * `member2.confirmer1.address`.
 */
export type FieldPath = string;

/** A consent form as read. Texts are as written, an empty one stands for an empty cell. */
export type ConsentForm = {
  readonly kind: FormKind | null;
  /** 提出日 */
  readonly submittedOn: Day | null;
  /** 宛名 */
  readonly addressee: string;
  /** 契約名 */
  readonly contractName: string;
  /** 担当者氏名 */
  readonly staff: string;
  /** 電話番号 */
  readonly phone: string;
  /** At least one; several make a 共同企業体, in the order given. */
  readonly vendors: readonly Vendor[];
  /** Fields whose text looked cut off at the edge of a cell or page. */
  readonly cutOff: readonly FieldPath[];
  /** Fields that may have been misread; none when nobody read the form off a file. */
  readonly unsure?: readonly UnsureField[];
};

/** A field that may have been misread, and where its value stood, for people: `同意書.xlsx セル B4`. */
export type UnsureField = { readonly field: FieldPath; readonly source: string };

/** What is wrong with a field. */
export type FormFault =
  | "missing"
  | "bad_address"
  | "duplicate_address"
  | "cut_off"
  | "unsure"
  | "confirmers_many";

/** One thing that the vendor or the officer should look at. */
export type FormProblem = {
  readonly fault: FormFault;
  readonly field: FieldPath;
  /** Whether a contract can't be sent while it stands (R4). */
  readonly blocking: boolean;
};

/** A value with its place and the name that people know it by. */
export type FormField = { readonly path: FieldPath; readonly label: string; readonly value: string };

/** Confirmers above this number are allowed, with a warning (R2). */
export const USUAL_CONFIRMERS = 2;

const KIND_LABELS: Readonly<Record<FormKind, string>> = {
  "goods-services": "物品・役務",
  "construction": "建設工事等・建設工事関連業務委託",
};

/** Both form types, in the order in which they are offered. */
export const FORM_KINDS: readonly FormKind[] = ["goods-services", "construction"];

/** What a form type is called. */
export const kindLabel = (kind: FormKind | null): string => kind === null ? "" : KIND_LABELS[kind];

/** A form on which nothing is written. */
export const EMPTY_FORM: ConsentForm = {
  kind: null,
  submittedOn: null,
  addressee: "",
  contractName: "",
  staff: "",
  phone: "",
  vendors: [{ company: "", postalAddress: "", representative: "", confirmers: [{ name: "", address: "" }] }],
  cutOff: [],
};

const fullWidth = (number: number): string =>
  String(number).replace(/\d/g, (digit) => String.fromCodePoint(digit.charCodeAt(0) + 0xfee0));

function vendorFields(vendor: Vendor, prefix: string, of: string): FormField[] {
  const confirmers = vendor.confirmers.flatMap((confirmer, index): FormField[] => [
    {
      path: `${prefix}confirmer${index + 1}.name`,
      label: `${of}確認者${fullWidth(index + 1)} 氏名`,
      value: confirmer.name,
    },
    {
      path: `${prefix}confirmer${index + 1}.address`,
      label: `${of}確認者${fullWidth(index + 1)} メールアドレス`,
      value: confirmer.address,
    },
  ]);
  return [
    { path: `${prefix}postalAddress`, label: `${of}住所又は所在地`, value: vendor.postalAddress },
    { path: `${prefix}company`, label: `${of}商号又は名称`, value: vendor.company },
    { path: `${prefix}representative`, label: `${of}代表者職氏名`, value: vendor.representative },
    ...confirmers,
  ];
}

/** Prefix of the paths of a vendor's fields: none unless several vendors make a 共同企業体. */
const memberPrefix = (form: ConsentForm, index: number): string =>
  form.vendors.length > 1 ? `member${index + 1}.` : "";

/** Every field of a form in its printed order, with its label: what a read-back shows (R4). */
export function fieldsOf(form: ConsentForm): FormField[] {
  return [
    { path: "kind", label: "同意書の種類", value: kindLabel(form.kind) },
    { path: "submittedOn", label: "提出日", value: form.submittedOn ?? "" },
    { path: "addressee", label: "宛名", value: form.addressee },
    { path: "contractName", label: "契約名", value: form.contractName },
    ...form.vendors.flatMap((vendor, index) =>
      vendorFields(
        vendor,
        memberPrefix(form, index),
        form.vendors.length > 1 ? `構成員${fullWidth(index + 1)} ` : "",
      )
    ),
    { path: "staff", label: "担当者氏名", value: form.staff },
    { path: "phone", label: "電話番号", value: form.phone },
  ];
}

/** The label of a field; the path itself for a field that the form does not have. */
export function labelOf(form: ConsentForm, path: FieldPath): string {
  return fieldsOf(form).find((field) => field.path === path)?.label ?? path;
}

const blank = (confirmer: Confirmer): boolean => confirmer.name === "" && confirmer.address === "";

function addressProblems(form: ConsentForm): FormProblem[] {
  const seen: string[] = [];
  const problems: FormProblem[] = [];
  for (const { path, value } of fieldsOf(form)) {
    if (!path.endsWith(".address") || value === "") continue;
    if (!isMailAddress(value)) problems.push({ fault: "bad_address", field: path, blocking: true });
    else if (seen.some((earlier) => sameAddress(earlier, value))) {
      problems.push({ fault: "duplicate_address", field: path, blocking: true });
    }
    seen.push(value);
  }
  return problems;
}

/** A confirmer who is there in part lacks the rest; 確認者１ must be there. */
function confirmerProblems(vendor: Vendor, prefix: string): FormProblem[] {
  const listed = vendor.confirmers.length === 0 ? [{ name: "", address: "" }] : vendor.confirmers;
  return listed.flatMap((confirmer, index) => {
    if (index > 0 && blank(confirmer)) return [];
    const missing = (["name", "address"] as const).filter((part) => confirmer[part] === "");
    return missing.map((part): FormProblem => ({
      fault: "missing",
      field: `${prefix}confirmer${index + 1}.${part}`,
      blocking: true,
    }));
  });
}

function vendorProblems(form: ConsentForm): FormProblem[] {
  const vendors = form.vendors.length > 0 ? form.vendors : EMPTY_FORM.vendors;
  return vendors.flatMap((vendor, index) => {
    const prefix = memberPrefix(form, index);
    const problems = confirmerProblems(vendor, prefix);
    if (vendor.company === "") {
      problems.unshift({ fault: "missing", field: `${prefix}company`, blocking: true });
    }
    for (const field of ["postalAddress", "representative"] as const) {
      if (vendor[field] === "") {
        problems.push({ fault: "missing", field: `${prefix}${field}`, blocking: false });
      }
    }
    if (vendor.confirmers.length > USUAL_CONFIRMERS) {
      const field = `${prefix}confirmer${USUAL_CONFIRMERS + 1}.name`;
      problems.push({ fault: "confirmers_many", field, blocking: false });
    }
    return problems;
  });
}

/** All that is missing, bad, doubled, cut off or unusual on a form, blocking things first (R2–R4). */
export function problemsOf(form: ConsentForm): FormProblem[] {
  const problems = [...vendorProblems(form), ...addressProblems(form)];
  if (form.contractName === "") problems.push({ fault: "missing", field: "contractName", blocking: true });
  for (const field of ["kind", "submittedOn", "addressee", "staff", "phone"] as const) {
    if (!form[field]) problems.push({ fault: "missing", field, blocking: false });
  }
  for (const field of form.cutOff) problems.push({ fault: "cut_off", field, blocking: false });
  for (const { field } of form.unsure ?? []) {
    if (problems.some((problem) => problem.field === field)) continue;
    problems.push({ fault: "unsure", field, blocking: false });
  }
  return [
    ...problems.filter((problem) => problem.blocking),
    ...problems.filter((problem) => !problem.blocking),
  ];
}

/** Whether the officer can settle a problem alone: more confirmers than usual, or a form that does not say its type. */
const settledWithin = ({ field, fault }: FormProblem): boolean =>
  fault === "confirmers_many" || (field === "kind" && fault === "missing");

/** Whether the vendor must be asked: something of R2's fields is missing, bad, doubled, cut off or unsure. */
export function needsAnswer(form: ConsentForm): boolean {
  return problemsOf(form).some((problem) => !settledWithin(problem));
}

/** A confirmer in line, with the name of the signature field. */
export type ConfirmerInOrder = Confirmer & { readonly field: string };

/** Confirmers in signing order: member by member, within each the larger number first (R2, R16). */
export function signingOrder(form: ConsentForm): ConfirmerInOrder[] {
  return form.vendors.flatMap((vendor, index) => {
    const member = form.vendors.length > 1 ? `Member${index + 1}` : "";
    return vendor.confirmers
      .map((confirmer, place) => ({ ...confirmer, field: `${member}Confirmer${place + 1}` }))
      .filter((confirmer) => !blank(confirmer))
      .reverse();
  });
}

/** 商号 of the vendor; of a 共同企業体 its first member's with 「ほか」. */
export function companyOf(form: ConsentForm): string {
  const first = form.vendors[0]?.company ?? "";
  return form.vendors.length > 1 ? `${first}ほか` : first;
}
