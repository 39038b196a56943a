/**
 * Rows and queries as words of a full-text index. Japanese is written without blanks, so a text is indexed by each
 * of its characters and each pair of neighbours; days by month and year, amounts by magnitude. What an index finds
 * by them holds every row that fits, and a few that do not: those are told by `contentFits`.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import type { CatalogQuery, CatalogRow, WordSought } from "../catalog_port.ts";
import type { Day } from "../domain/instant.ts";

const hex = (character: string): string => character.codePointAt(0)!.toString(16).padStart(5, "0");
const departmentToken = (id: string): string => `d${Buffer.from(id).toString("hex")}`;
const addressToken = (hash: string): string => `a${hash}`;
const phaseToken = (phase: string): string => `p${phase}`;

/** Steps of amounts for each factor of ten. */
const STEPS = 8;
/** Amounts from 10¹⁶ yen on are one step. */
const LAST_STEP = 16 * STEPS;
const magnitude = (amount: number): number =>
  Math.min(LAST_STEP, Math.floor(Math.log10(Math.max(0, amount) + 1) * STEPS));
const amountToken = (step: number): string => `b${step}`;

/** What lies outside of these years counts as one of them. */
const FIRST_YEAR = 1950;
const LAST_YEAR = 2100;
const yearOf = (day: Day): number => Math.min(LAST_YEAR, Math.max(FIRST_YEAR, Number(day.slice(0, 4))));
const yearToken = (year: number): string => `y${year}`;
const monthToken = (day: Day): string => `m${day.slice(0, 4)}${day.slice(5, 7)}`;

function textTokens(text: string): { readonly ones: string[]; readonly pairs: string[] } {
  const codes = [...text].map(hex);
  return {
    ones: codes.map((code) => `u${code}`),
    pairs: codes.slice(1).map((code, index) => `g${codes[index]}${code}`),
  };
}

/** All words of a row, each once, with blanks between. */
export function rowTokens(row: CatalogRow): string {
  const texts = row.texts.map(textTokens).flatMap(({ ones, pairs }) => [...ones, ...pairs]);
  const { contractDate, amount } = row;
  return [
    ...new Set([
      departmentToken(row.departmentId),
      ...row.addresses.map(addressToken),
      phaseToken(row.phase),
      ...contractDate === null ? [] : [yearToken(yearOf(contractDate)), monthToken(contractDate)],
      ...amount === null ? [] : [amountToken(magnitude(amount))],
      ...texts,
    ]),
  ].join(" ");
}

/** An expression of FTS5 (sqlite.org/fts5.html §3): words joined. */
const joined = (operator: "AND" | "OR", parts: readonly string[]): string =>
  `(${parts.join(` ${operator} `)})`;

/** Pairs of a text, or its one character. */
function textExpression(text: string): string {
  const { ones, pairs } = textTokens(text);
  return joined("AND", [...new Set(pairs.length > 0 ? pairs : ones)]);
}

/** A range of days is looked up by months up to this length of it, and by years above. */
const MOST_MONTHS = 24;

const monthOf = (day: Day): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
const dayIn = (month: number): Day =>
  `${String(Math.floor(month / 12)).padStart(4, "0")}-${String(month % 12 + 1).padStart(2, "0")}-01`;

/** As many numbers as there are from one to another, both included, each made to a word. */
const each = (first: number, last: number, token: (at: number) => string): string[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => token(first + index));

const anyOf = (tokens: readonly string[]): string | null => tokens.length === 0 ? null : joined("OR", tokens);

function daysExpression(from: Day | null, to: Day | null): string | null {
  const months = from === null || to === null ? Infinity : monthOf(to) - monthOf(from);
  return from !== null && to !== null && months < MOST_MONTHS
    ? anyOf(each(monthOf(from), monthOf(to), (month) => monthToken(dayIn(month))))
    : anyOf(each(from ? yearOf(from) : FIRST_YEAR, to ? yearOf(to) : LAST_YEAR, yearToken));
}

function amountExpression(least: number | null, most: number | null): string | null {
  return anyOf(each(magnitude(least ?? 0), most === null ? LAST_STEP : magnitude(most), amountToken));
}

function wordExpression({ text, amount, days }: WordSought): string {
  const ways = [
    textExpression(text),
    amount === null ? null : amountExpression(amount, amount),
    days && daysExpression(days.from, days.to),
  ];
  return joined("OR", ways.filter((way) => way !== null));
}

/** The expression that finds every row that fits; null when none can. */
export function queryExpression(query: CatalogQuery): string | null {
  const { owner, words, from, to, least, most, company, phases } = query;
  const owners = "address" in owner ? [addressToken(owner.address)] : owner.departments.map(departmentToken);
  const parts: (string | null)[] = [
    anyOf(owners),
    ...words.map(wordExpression),
    ...company === "" ? [] : [textExpression(company)],
    ...from === null && to === null ? [] : [daysExpression(from, to)],
    ...least === null && most === null ? [] : [amountExpression(least, most)],
    ...phases === null ? [] : [anyOf(phases.map(phaseToken))],
  ];
  return parts.includes(null) ? null : parts.join(" AND ");
}
