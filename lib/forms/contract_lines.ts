/**
 * The lines of an officer's mail that set what the contract is and who else takes part (R11).
 *
 * @module
 */
import type { Day } from "../domain/instant.ts";
import { isMailAddress, normalAddress } from "../domain/mail_address.ts";
import { parseDay } from "../domain/wareki.ts";

/** A person with an address, as an officer's line names one. */
export type NamedAddress = { readonly name: string; readonly address: string };

/** From one day to another, both included. */
export type TermLine = { readonly from: Day; readonly to: Day };

/** What the lines say. A line that is not there leaves its member out. */
export type ContractLines = {
  /** 契約名 */
  readonly title?: string;
  /** 契約日 */
  readonly contractDate?: Day;
  /** アクセスコード */
  readonly accessCode?: string;
  /** 契約期間 */
  readonly term?: TermLine;
  /** 契約金額, in yen. */
  readonly amount?: number;
  /** 共有: who gets the completion mail besides. */
  readonly copyTo?: readonly string[];
  /** 承認者, in order. */
  readonly approvers?: readonly NamedAddress[];
  /** Lines that name a known label with a value that could not be understood, as written. */
  readonly faults: readonly string[];
};

type Part = Omit<ContractLines, "faults">;

/** For each label the reader of its value; null for a value that says nothing. The first to match counts. */
const READERS: readonly (readonly [RegExp, (value: string) => Part | null])[] = [
  [/^契約(?:締結)?(?:年月)?日$/, (value) => {
    const contractDate = parseDay(value);
    return contractDate === null ? null : { contractDate };
  }],
  [/^(?:契約名|契約件名|契約名称|件名|工事名|業務名)$/, (value) => ({ title: value })],
  [/^(?:アクセスコード|accesscode)$/i, (value) => {
    // Blanks and dashes do not count when a code is compared: alone they are none.
    const accessCode = value.normalize("NFKC");
    return /[^\s\p{Pd}−ー]/u.test(accessCode) ? { accessCode } : null;
  }],
  [/^(?:契約期間|履行期間|工期|委託期間)$/, (value) => {
    const term = readTerm(value);
    return term === null ? null : { term };
  }],
  [/^(?:契約金額|請負代金額|請負金額|委託料)$/, (value) => {
    const amount = readAmount(value);
    return amount === null ? null : { amount };
  }],
  [/^(?:共有|共有先|CC)$/i, (value) => {
    const copyTo = readAddresses(value)?.map((each) => each.address);
    return copyTo === undefined ? null : { copyTo };
  }],
  [/^承認者$/, (value) => {
    const approvers = readAddresses(value);
    return approvers === null ? null : { approvers };
  }],
];

const LINE = /^[\s　・■□●○◆*＊-]*([^:：\n]{1,20})[:：](.*)$/;

/** Reads the lines of a mail's new text; a quoted original must be cut off before. */
export function readContractLines(text: string): ContractLines {
  let lines: ContractLines = { faults: [] };
  for (const line of text.split(/\r\n?|\n/)) {
    const [, label = "", value = ""] = LINE.exec(line) ?? [];
    // 契約金額（税込）: what a label says in brackets belongs to its form, not to its name.
    const name = label.normalize("NFKC").replace(/\s|\([^()]*\)/g, "");
    const reader = READERS.find(([word]) => word.test(name));
    if (reader === undefined) continue;
    const part = value.trim() === "" ? null : reader[1](value.trim());
    lines = part === null
      ? { ...lines, faults: [...lines.faults, line.trim()] }
      : { ...lines, ...merged(lines, part) };
  }
  return lines;
}

/** Several 共有 and 承認者 lines add up; of the others the last one stands. */
function merged(lines: ContractLines, part: Part): Part {
  if (part.copyTo !== undefined) return { copyTo: [...lines.copyTo ?? [], ...part.copyTo] };
  if (part.approvers !== undefined) return { approvers: [...lines.approvers ?? [], ...part.approvers] };
  return part;
}

/** Two days parted by a wave, a dash or から; a term that ends before it begins is none. */
function readTerm(written: string): TermLine | null {
  const text = written.normalize("NFKC").replace(/\s/g, "").replace(/(?:自|まで|至)/g, "");
  const ends = text.split(/[〜～~]|から/).filter((part) => part !== "");
  const [first, last] = ends.length === 2 ? ends : byDash(text);
  const from = parseDay(first ?? "");
  const to = parseDay(last ?? "");
  return from === null || to === null || to < from ? null : { from, to };
}

/** The dash with a day on both sides, since days hold dashes too. */
function byDash(text: string): string[] {
  for (const { index } of text.matchAll(/[-‐–—−―ー]/g)) {
    const parts = [text.slice(0, index), text.slice(index + 1)];
    if (parts.every((part) => parseDay(part) !== null)) return parts;
  }
  return [];
}

const UNITS: Readonly<Record<string, number>> = {
  "": 1,
  "千": 1_000,
  "万": 10_000,
  "百万": 1_000_000,
  "億": 100_000_000,
};

/** Yen: `1,200,000円`, `金120万円`, `¥1,200,000-`, `1億2,000万円（税込）`. */
function readAmount(written: string): number | null {
  const text = written.normalize("NFKC").replace(/[\s,、]/g, "").replace(/\([^()]*\)|税込み?|税抜き?/g, "")
    .replace(/^(?:金|[¥\\])+/, "").replace(/(?:円整?|也|[-‐−ー])+$/, "");
  if (!/^(?:\d+(?:\.\d+)?(?:億|百万|万|千)?)+$/.test(text)) return null;
  let total = 0;
  for (const [, number, unit = ""] of text.matchAll(/(\d+(?:\.\d+)?)(億|百万|万|千)?/g)) {
    total += Number(number) * UNITS[unit]!;
  }
  const yen = Math.round(total);
  return Number.isSafeInteger(yen) ? yen : null;
}

/** `氏名 <address>、address, …`; null unless every one has an address to which mail can go. */
function readAddresses(written: string): NamedAddress[] | null {
  const people = written.normalize("NFKC").split(/[、,;；]/).map((part) => part.trim()).filter((part) =>
    part !== ""
  )
    .map((part): NamedAddress => {
      const at = /^(.*?)[\s<(（]*([^\s<>()（）]+@[^\s<>()（）]+)[\s>)）]*$/.exec(part);
      return {
        name: (at?.[1] ?? "").replace(/[\s"]+$|^"|様$/g, "").trim(),
        address: normalAddress(at?.[2] ?? ""),
      };
    });
  return people.length > 0 && people.every((person) => isMailAddress(person.address)) ? people : null;
}
