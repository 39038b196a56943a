/**
 * From findings to a consent form with the source of each value.
 *
 * @module
 */
import {
  type ConsentForm,
  type FieldPath,
  type FormKind,
  kindLabel,
  type UnsureField,
} from "../domain/consent_form.ts";
import type { FieldReading } from "./consent_reading.ts";
import { withContinuations } from "./continued.ts";
import { findValues, type Found } from "./find_values.ts";
import { addresseeName, dayIn } from "./form_values.ts";
import { FormDraft } from "./form_draft.ts";
import { type Layout, sameRow } from "./piece.ts";
import { isPlausible } from "./plausible.ts";
import { type Token, tokensOf } from "./token.ts";
import { better, type Slot } from "./vendor_draft.ts";

/** A form as read out of one layout. */
export type BuiltForm = {
  readonly form: ConsentForm;
  readonly fields: readonly FieldReading[];
  /** Whether it is a consent form at all, though perhaps a blank one. */
  readonly isForm: boolean;
  /** Whether it speaks of a 共同企業体. */
  readonly isVenture: boolean;
};

/** Below this a value may have been misread, and people are told so. */
export const SURE = 0.7;
/** What is left of the confidence in a value that does not look like what its field asks for. */
const ODD = 0.4;
/** How far down the date and the addressee may stand without labels, in rows. */
const HEAD_ROWS = 14;
/** How far up from the end. */
const FOOT_ROWS = 4;
const TITLE =
  /電子契約.{0,12}(?:同意書|確認書|申出書|申込書|承諾書|利用申請書)|メールアドレス(?:確認|届出|登録)書/;
const OFFICE = /(?:知事|長|管理者|企業団|組合|局|課|者)(?:様|殿|御中|あて|宛て?)$/;
/** Whom a mail greets. */
const GREETING = /担当(?:者|の方)?\s*(?:様|殿)$/;
/** The confidence in an addressee that may be but greeted. */
const GUESS = 0.6;
/** An office with the name of who holds it: 「青葉市長 青葉 太郎 様」. */
const HOLDER =
  /(?:知事|[都道府県市区町村庁局部課所]長|管理者)[\s\u3000]+\S{1,5}(?:[\s\u3000]+\S{1,5})?[\s\u3000]*(?:様|殿)$/;

/** Reads a layout. */
export function buildForm(layout: Layout): BuiltForm {
  const tokens = tokensOf(layout);
  const all = tokens.map((token) => token.whole).join("\n").normalize("NFKC").replace(/\s/g, "");
  const venture = /共同企業体|構成員|JV/.test(all);
  const draft = new FormDraft(venture);
  const found = withContinuations(findValues(tokens, layout.line, venture), tokens, layout.line);
  for (const each of found) draft.take(each);
  const rows = headRows(tokens);
  draft.date = better(draft.date, unlabelledDate(rows));
  draft.addressee = better(draft.addressee, unlabelledAddressee(rows));
  const kind = kindOf(all) ?? kindOfContract(draft.contract.value);
  const slots = new Map([...slotsOf(draft)].map(([path, slot]) => [path, judged(path, slot)]));
  const unsure = unsureIn(slots);
  const cutOff = [...slots].filter(([, slot]) => slot.clipped).map(([path]) => path);
  return {
    form: {
      ...formOf(draft, kind, [...new Set([...cutOff, ...lostAtEdge(tokens, found, slots)])]),
      ...(unsure.length > 0 ? { unsure } : {}),
    },
    fields: readings(slots, kind),
    isForm: looksLikeForm(all, tokens, draft),
    isVenture: venture,
  };
}

const judged = (path: FieldPath, slot: Slot): Slot =>
  slot.value === "" || isPlausible(path, slot.value)
    ? slot
    : { ...slot, confidence: Math.min(slot.confidence, ODD) };

const unsureIn = (slots: ReadonlyMap<FieldPath, Slot>): UnsureField[] =>
  [...slots].filter(([, { value, confidence }]) => value !== "" && confidence < SURE)
    .map(([field, { source }]) => ({ field, source }));

/** The rows at the head and at the foot of a form in which there are no labels. */
function headRows(tokens: readonly Token[]): Token[][] {
  const rows: Token[][] = [];
  for (const token of tokens) {
    const last = rows.at(-1);
    if (last !== undefined && sameRow(last[0]!, token)) last.push(token);
    else rows.push([token]);
  }
  const near = [...rows.slice(0, HEAD_ROWS), ...rows.slice(HEAD_ROWS).slice(-FOOT_ROWS)];
  return near.filter((row) => row.every((token) => token.label === null));
}

const rowSlot = (row: readonly Token[], value: string): Slot => ({
  value,
  source: row[0]!.source,
  confidence: 0.8,
  clipped: row.some((token) => token.clipped === true),
});

const textOf = (row: readonly Token[]): string => row.map((token) => token.text).join("");

/** Where in a row its date begins, which may be in several parts behind an addressee; its end without one. */
function dateAt(row: readonly Token[]): number {
  const day = dayIn(textOf(row))?.day;
  if (day === undefined) return row.length;
  return row.findLastIndex((_, at) => dayIn(textOf(row.slice(at)))?.day === day);
}

function unlabelledDate(rows: readonly Token[][]): Slot {
  for (const row of rows) {
    const at = dateAt(row);
    const day = dayIn(textOf(row.slice(at)));
    if (day?.alone) return rowSlot(row, day.day);
  }
  return rowSlot(rows[0] ?? [{ source: "" } as Token], "");
}

function unlabelledAddressee(rows: readonly Token[][]): Slot {
  for (const row of rows) {
    const text = row.slice(0, dateAt(row)).map((token) => token.text).join(" ").trim();
    const named = OFFICE.test(text.replace(/\s/g, "")) || HOLDER.test(text);
    if (text.length >= 40 || !named || GREETING.test(text)) continue;
    const slot = rowSlot(row, addresseeName(text));
    return /[課係]\s*御中$/.test(text) ? { ...slot, confidence: GUESS } : slot;
  }
  return rowSlot(rows[0] ?? [{ source: "" } as Token], "");
}

const TICKED = /[☑✓✔■●◉レ☒○◯〇]/;

/** The form type; where the form names both, the ticked one. */
function kindOf(all: string): FormKind | null {
  const goods = /(.)?物品[・等、･]*(?:及び)?役務/.exec(all);
  const works = /(.)?(?:建設工事|建設関連業務|建設コンサル)/.exec(all);
  if (goods !== null && works !== null) {
    if (TICKED.test(goods[1] ?? "")) return "goods-services";
    return TICKED.test(works[1] ?? "") ? "construction" : null;
  }
  if (works !== null || /建設業法/.test(all)) return "construction";
  return goods === null ? null : "goods-services";
}

/** What a contract's name alone tells of the form type; 業務委託 may be either. */
function kindOfContract(name: string): FormKind | null {
  if (/工事/.test(name)) return "construction";
  return /物品|購入|賃貸借|借上|リース/.test(name) ? "goods-services" : null;
}

/** All values by path, in printed order. */
function slotsOf(draft: FormDraft): Map<FieldPath, Slot> {
  const slots = new Map<FieldPath, Slot>([
    ["submittedOn", draft.date],
    ["addressee", draft.addressee],
    ["contractName", draft.contract],
  ]);
  draft.vendors.forEach((vendor, index, vendors) => {
    const prefix = vendors.length > 1 ? `member${index + 1}.` : "";
    slots.set(`${prefix}postalAddress`, vendor.postal);
    slots.set(`${prefix}company`, vendor.company);
    slots.set(`${prefix}representative`, withTitle(vendor.title, vendor.representative));
    vendor.confirmers.forEach((confirmer, place) => {
      slots.set(`${prefix}confirmer${place + 1}.name`, confirmer.name);
      slots.set(`${prefix}confirmer${place + 1}.address`, confirmer.address);
    });
  });
  return slots.set("staff", draft.staff).set("phone", draft.phone);
}

function withTitle(title: Slot, name: Slot): Slot {
  if (title.value === "" || name.value === "" || name.value.startsWith(title.value)) {
    return name.value === "" ? title : name;
  }
  return { ...name, value: `${title.value}　${name.value}`, clipped: title.clipped || name.clipped };
}

function formOf(draft: FormDraft, kind: FormKind | null, cutOff: readonly FieldPath[]): ConsentForm {
  return {
    kind,
    submittedOn: draft.date.value === "" ? null : draft.date.value,
    addressee: draft.addressee.value,
    contractName: draft.contract.value,
    staff: draft.staff.value,
    phone: draft.phone.value,
    vendors: draft.vendors.map((vendor) => ({
      company: vendor.company.value,
      postalAddress: vendor.postal.value,
      representative: withTitle(vendor.title, vendor.representative).value,
      confirmers: vendor.confirmers.length === 0
        ? [{ name: "", address: "" }]
        : vendor.confirmers.map(({ name, address }) => ({ name: name.value, address: address.value })),
    })),
    cutOff,
  };
}

function readings(slots: ReadonlyMap<FieldPath, Slot>, kind: FormKind | null): FieldReading[] {
  const texts = [...slots].filter(([, slot]) => slot.value !== "")
    .map(([path, { value, source, confidence }]) => ({ path, value, source, confidence }));
  if (kind === null) return texts;
  return [{ path: "kind", value: kindLabel(kind), source: "様式の記載", confidence: 0.9 }, ...texts];
}

/** Text over the page's edge that is no known value belongs to whatever is missing or was read beside it. */
function lostAtEdge(
  tokens: readonly Token[],
  found: readonly Found[],
  slots: ReadonlyMap<FieldPath, Slot>,
): FieldPath[] {
  const known = new Set(found.flatMap((each) => each.tokens));
  if (!tokens.some((token) => token.clipped === true && !known.has(token))) return [];
  const missing = [...slots].filter(([, slot]) => slot.value === "").map(([path]) => path);
  return missing.length > 0 ? missing : [...slots.keys()];
}

/** A title with some of the fields, or confirmers of a company or contract. */
function looksLikeForm(all: string, tokens: readonly Token[], draft: FormDraft): boolean {
  const labels = tokens.filter((token) => token.label !== null && !token.label.attributes.includes("other"));
  const kinds = new Set(labels.map((token) => JSON.stringify([token.label?.role, token.label?.attributes])));
  const confirmers = labels.some((token) => token.label?.role === "confirmer") ||
    draft.vendors[0]!.confirmers.length > 0;
  const party = labels.some((token) =>
    token.label?.attributes.some((each) => each === "company" || each === "contract" || each === "venture")
  );
  return (TITLE.test(all) && kinds.size >= 3) || (confirmers && party && kinds.size >= 3);
}
