/**
 * Cases as a table for spreadsheets (R37, R38): what a person may know of the own contracts, and with more columns
 * for the departments' officers. One record a case; its files stand in one cell, a line each.
 *
 * @module
 */
import { awaitedParty, type Case, currentSha256, fileIds, fileOf } from "../domain/case.ts";
import { type Instant, jstDateTime, jstParts } from "../domain/instant.ts";
import { BYTE_ORDER_MARK, csvRecord } from "../exports/csv.ts";
import { phaseWords, plainPhaseWords } from "../letters/phase_words.ts";
import { departmentOf, type Settings } from "../settings/settings.ts";
import { plainSearchFacts, type SearchFacts, searchFacts } from "./case_search.ts";
import { executedFiles } from "./documents.ts";

/** An executed file with its hash as it now stands. */
export type HashedFile = { readonly name: string; readonly sha256: string; readonly size: number };

/** The executed PDFs and the certificate of a case with their hashes, in the order in which they are handed out. */
export function hashedFiles(state: Case): HashedFile[] {
  const ids = fileIds(state);
  return executedFiles(state).flatMap(({ filename, size }, index) => {
    const file = fileOf(state, ids[index] ?? "certificate");
    return file ? [{ name: filename, sha256: currentSha256(file), size }] : [];
  });
}

/** How a time stands in a table: `2026-12-01 14:03:22`, in Japan; empty for none. */
function tableTime(at: Instant | null): string {
  if (at === null) return "";
  const { year, month, day, hour, minute, second } = jstParts(at);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`;
}

/** A column: its heading, and what stands in it for a case. */
export type CaseColumn = readonly [heading: string, cell: (state: Case) => string];

const factColumns = (factsOf: (state: Case) => SearchFacts): CaseColumn[] => [
  ["案件番号", ({ number }) => number],
  ["契約名", (state) => factsOf(state).title],
  ["商号又は名称", (state) => factsOf(state).companies.join("、")],
  ["契約日", (state) => factsOf(state).contractDate ?? ""],
  ["契約金額（円）", (state) => String(factsOf(state).amount ?? "")],
];

const fileColumns = (filesOf: (state: Case) => readonly HashedFile[]): CaseColumn[] => [
  ["締結日時", ({ executedAt }) => tableTime(executedAt)],
  ["ファイル名", (state) => filesOf(state).map(({ name }) => name).join("\n")],
  ["SHA-256", (state) => filesOf(state).map(({ sha256 }) => sha256).join("\n")],
];

/** The table of one person's contracts; `mayHave` says of which the files are the person's own. */
export const personTable = (mayHave: (state: Case) => boolean): readonly CaseColumn[] => [
  ...factColumns(plainSearchFacts),
  ["状況", ({ phase }) => plainPhaseWords(phase)],
  ...fileColumns((state) => mayHave(state) ? hashedFiles(state) : []),
];

/** The table of departments' cases. */
export const departmentTable = (settings: Settings): readonly CaseColumn[] => [
  ...factColumns(searchFacts),
  ["契約期間の開始", ({ draft }) => draft?.term?.from ?? ""],
  ["契約期間の終了", ({ draft }) => draft?.term?.to ?? ""],
  ["状況", ({ phase }) => phaseWords(phase)],
  ["待っている相手", (state) => awaitedParty(state)?.name ?? ""],
  ["所属", ({ departmentId }) => departmentOf(settings, departmentId)?.name ?? departmentId],
  ["担当者", ({ draft }) => draft?.officer.name ?? ""],
  ["連絡先", ({ contact }) => `${contact.name} <${contact.address}>`],
  ["受付日時", ({ openedAt }) => tableTime(openedAt)],
  ["送信日時", ({ sentAt }) => tableTime(sentAt)],
  [
    "確認・承認",
    ({ parties }) =>
      parties.map(({ name, address, agreedAt }) =>
        `${name} <${address}> ${agreedAt === null ? "未回答" : jstDateTime(agreedAt)}`
      ).join("\n"),
  ],
  ...fileColumns((state) => state.phase === "completed" ? hashedFiles(state) : []),
];

/** The table as CSV, record by record. */
export async function* caseCsv(
  cases: AsyncIterable<Case>,
  columns: readonly CaseColumn[],
): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvRecord(columns.map(([heading]) => heading));
  for await (const state of cases) yield csvRecord(columns.map(([, cell]) => cell(state)));
}
