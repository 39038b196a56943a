/**
 * Whether a contract's text says what the form and the mail say (R12: 名義人と一致, 契約書に記載した日付). A text
 * that lacks something is no fault, since scans have no text at all: the officer is asked to look.
 *
 * @module
 */
import type { ConsentForm } from "../domain/consent_form.ts";
import type { Day } from "../domain/instant.ts";
import { formatWareki } from "../domain/wareki.ts";

/** What was looked for in vain. */
export type TextWarning =
  | "company_not_found"
  | "representative_not_found"
  | "title_not_found"
  | "contract_date_not_found";

/** What the contract should say. */
export type ExpectedText = {
  readonly form: ConsentForm | null;
  readonly title: string;
  readonly contractDate: Day | null;
};

const HONORIFIC = /(様|殿|さま|御中)$/;

/** One spelling for what reads alike: NFKC, no blanks, 株式会社 for ㈱. */
function plain(text: string): string {
  return text.normalize("NFKC").replace(/\s+/g, "").replace(/\(株\)/g, "株式会社").replace(
    /\(有\)/g,
    "有限会社",
  );
}

/** A pattern for a day as contracts print it: 和暦 or 西暦, with or without leading zeros. */
function dayPattern(day: Day): RegExp {
  const padded = (text: string) => text.replace(/\d+/g, (digits) => `0?${Number(digits)}`);
  const [year, month, date] = day.split("-");
  const western = `${year}[年/.-]0?${Number(month)}[月/.-]0?${Number(date)}`;
  return new RegExp(`${padded(plain(formatWareki(day)))}|${western}(?!\\d)`);
}

/** Whether a text says a day, as contracts print it. */
export const saysDay = (text: string, day: Day): boolean => dayPattern(day).test(plain(text));

/** What a text lacks of what it should say. */
export function textWarnings(text: string, expected: ExpectedText): TextWarning[] {
  const haystack = plain(text);
  const lacks = (wanted: string) => {
    const needle = plain(wanted).replace(HONORIFIC, "");
    return needle !== "" && !haystack.includes(needle);
  };
  const vendors = expected.form?.vendors ?? [];
  const warnings: TextWarning[] = [];
  if (vendors.some((vendor) => lacks(vendor.company))) warnings.push("company_not_found");
  if (vendors.some((vendor) => lacks(vendor.representative))) warnings.push("representative_not_found");
  if (lacks(expected.title)) warnings.push("title_not_found");
  if (expected.contractDate !== null && !saysDay(text, expected.contractDate)) {
    warnings.push("contract_date_not_found");
  }
  return warnings;
}
