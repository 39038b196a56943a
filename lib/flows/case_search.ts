/**
 * Looks for words in cases (R37, R38): number, 契約名, 商号, 契約日 in 西暦 or 和暦 (a day, a month, a year, a fiscal
 * year), 契約金額. All words must fit.
 *
 * @module
 */
import { foldText } from "../catalog/fold_text.ts";
import { wordFits } from "../catalog/row_fits.ts";
import type { WordSought } from "../catalog_port.ts";
import type { Case } from "../domain/case.ts";
import type { Day } from "../domain/instant.ts";
import { parseDay } from "../domain/wareki.ts";

/** What of a case is looked through. */
export type SearchFacts = {
  readonly number: string;
  readonly title: string;
  readonly companies: readonly string[];
  readonly contractDate: Day | null;
  /** In yen. */
  readonly amount: number | null;
};

/** What officers find a case by. */
export function searchFacts({ number, draft, form }: Case): SearchFacts {
  return {
    number,
    title: draft?.title || form?.contractName || "",
    companies: (form?.vendors ?? []).map(({ company }) => company),
    contractDate: draft?.contractDate ?? null,
    amount: draft?.amount ?? null,
  };
}

/** What others find a case by: nothing of a draft that was not sent, nor before the end of one with a code (R24). */
export function plainSearchFacts(state: Case): SearchFacts {
  const coded = (state.draft?.accessCode ?? null) !== null && state.executedAt === null;
  return searchFacts(state.sentAt === null || coded ? { ...state, draft: null } : state);
}

/** Whether a case fits. */
export type SearchTest = (facts: SearchFacts) => boolean;

const UNITS: Readonly<Record<string, number>> = { "": 1, "千": 1e3, "万": 1e4, "百万": 1e6, "億": 1e8 };
const AMOUNT = /^[¥\\]?(\d[\d,]{0,17}(?:\.\d{1,4})?)(千|万|百万|億)?円?$/;

/** The yen that a text states, `1,200,000円` or `120万円`; null when it states none. */
export function amountIn(text: string): number | null {
  const [, digits, unit = ""] = AMOUNT.exec(foldText(text)) ?? [];
  return digits === undefined ? null : Math.round(Number(digits.replaceAll(",", "")) * (UNITS[unit] ?? 1));
}

/** The days that a text names: a day, a month, a year or a fiscal year (April to March). */
export function daysIn(text: string): { readonly from: Day; readonly to: Day } | null {
  const word = foldText(text);
  const day = parseDay(word);
  if (day) return { from: day, to: day };
  const month = /年\d{1,2}月$/.test(word) ? parseDay(`${word}1日`) : parseDay(`${word}-1`);
  if (month) return { from: `${month.slice(0, 7)}-01`, to: `${month.slice(0, 7)}-31` };
  const year = /^(.*年)度?$/.exec(word)?.[1];
  const inYear = year === undefined ? null : parseDay(`${year}12月31日`)?.slice(0, 4) ?? null;
  if (inYear === null) return null;
  return word.endsWith("度")
    ? { from: `${inYear}-04-01`, to: `${Number(inYear) + 1}-03-31` }
    : { from: `${inYear}-01-01`, to: `${inYear}-12-31` };
}

const wordOf = (word: string): WordSought => ({
  text: foldText(word),
  amount: amountIn(word),
  days: daysIn(word),
});

/** The words of a search. */
export function wordsOf(search: string): readonly WordSought[] {
  // A day may be written with blanks in it.
  const words = daysIn(search) ? [search] : search.split(/\s+/);
  return words.map(wordOf).filter(({ text }) => text !== "");
}

/** What words are compared with. */
export function searchedTexts({ number, title, companies }: SearchFacts): readonly string[] {
  return [number, title, ...companies].map(foldText);
}

/** A test for cases that fit all words of a search; an empty one fits every case. */
export function searchTest(search: string): SearchTest {
  const words = wordsOf(search);
  return (facts) => {
    const row = { texts: searchedTexts(facts), contractDate: facts.contractDate, amount: facts.amount };
    return words.every((word) => wordFits(word, row));
  };
}
