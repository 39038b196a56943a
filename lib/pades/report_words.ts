/**
 * What was found of each signature, in words that a clerk understands (R39).
 *
 * @module
 */
import { jstDateTime } from "../domain/instant.ts";
import { nextSteps, uncoveredWords, verdictWords } from "./verdict_words.ts";
import type {
  PadesLevel,
  RevisionChange,
  RevisionFault,
  RevisionReport,
  VerificationReport,
} from "./verification_report.ts";
import { isBroken } from "./verify_gravity.ts";

const FAULTS: Readonly<Record<RevisionFault, string>> = {
  bad_byte_range: "署名の対象範囲が正しくありません",
  no_revision: "署名された版がファイルの中にありません",
  hidden_bytes: "署名の格納場所に、署名以外のデータがあります",
  unreadable_cms: "署名データを読み取れません",
  wrong_digest: "署名された内容が書き換えられています",
  wrong_signature: "署名の値が正しくありません",
  weak_algorithm: "今では安全でないとされる古い方式（SHA-1、短い鍵など）の署名のため、証拠になりません",
  unknown_algorithm: "今では安全でない方式か、このサービスで扱わない方式の署名のため、確かめられません",
  unknown_format: "このサービスで扱わない形式の署名のため、確かめられません",
  several_signers: "一つの署名に複数の署名者があり、PDFの署名として確かめられません",
  wrong_certificate: "署名者の証明書がないか、署名と合いません",
  untrusted: "証明書が、信頼する認証局から発行されたものではありません",
  expired: "証明書が、証明できる時刻において有効期間外です",
  revoked: "証明書が、証明できる時刻より前に失効しています",
  wrong_usage: "証明書の用途が、この署名に合いません",
  bad_timestamp: "署名のタイムスタンプが正しくありません",
  untrusted_timestamp: "署名のタイムスタンプの発行者を確かめられません",
  weak_timestamp: "署名のタイムスタンプの方式が古いため、時刻の証拠になりません",
  forbidden_change: "この署名が禁じている変更が、後から加えられています",
};

/** What a fault is called. */
export const faultWords = (fault: RevisionFault): string => FAULTS[fault];

const CHANGES: Readonly<Record<RevisionChange, string>> = {
  "none": "ありません",
  "validation-data": "検証情報の追加のみ",
  "timestamps": "タイムスタンプの追加のみ",
  "file-info": "更新日時など、ファイルの情報の更新のみ",
  "signatures": "署名・タイムスタンプの追加のみ",
  "form-fields": "入力欄の変更",
  "metadata": "文書のプロパティ（題名、作成者など）の変更",
  "other": "内容の変更",
};

/** What was added after a signature, in words, and whether that is allowed. */
export function changeWords(
  { changedAfter, changeAllowed }: Pick<RevisionReport, "changedAfter" | "changeAllowed">,
): string {
  const words = CHANGES[changedAfter];
  if (changedAfter === "none") return words;
  if (!changeAllowed) return `${words}（認められない変更です）`;
  return changedAfter === "form-fields" ? `${words}（署名者が認めた変更です）` : words;
}

const LEVELS: Readonly<Record<PadesLevel, string>> = {
  B: "PAdES-B-B（電子署名）",
  T: "PAdES-B-T（タイムスタンプ付き）",
  LT: "PAdES-B-LT（検証情報付き）",
  LTA: "PAdES-B-LTA（長期保存）",
};

/** The name of a level. */
export const levelWords = (level: PadesLevel): string => LEVELS[level];

const COVERAGE: Readonly<Record<RevisionReport["covers"], string>> = {
  "whole-file": "ファイル全体",
  "whole-revision": "署名した時点のファイル全体",
  "part": "ファイルの一部のみ",
};

/** What a signature covers, in words. */
export const coverageWords = (covers: RevisionReport["covers"]): string => COVERAGE[covers];

const MAX_SHOWN = 400;

/** Text out of a file, without anything that would move a terminal's cursor or hide what follows. */
export function plain(text: string): string {
  const shown = text.replace(/\p{C}+/gu, " ").trim();
  return shown.length > MAX_SHOWN ? `${shown.slice(0, MAX_SHOWN)}…` : shown;
}

/** When it was, and who says so. */
export function timeWords({ at, timestamp, existedAt, kind }: RevisionReport): string {
  if (timestamp !== null) {
    const by = kind === "signature" ? "署名のタイムスタンプ" : "文書タイムスタンプ";
    return `${jstDateTime(timestamp)}（${by}による証明）`;
  }
  const claimed = at === null ? "不明" : `${jstDateTime(at)}（署名者の申告）`;
  if (existedAt === null) return claimed;
  return `${claimed}。${jstDateTime(existedAt)}までに存在したことを、後の文書タイムスタンプが証明しています`;
}

/** Whether the signed bytes are unchanged, in words. */
export function integrityWords({ intact, faults }: RevisionReport): string {
  if (intact) return "ありません";
  return isBroken(faults) ? "あります" : "確かめられません";
}

/** What a signature is called. */
export const kindWords = (kind: RevisionReport["kind"]): string =>
  kind === "signature" ? "電子署名" : "文書タイムスタンプ";

function revisionLines(each: RevisionReport, index: number): string[] {
  return [
    `${index + 1}. ${plain(each.field)}（${kindWords(each.kind)}）`,
    ...each.reason === null ? [] : [`   理由　　　: ${plain(each.reason)}`],
    `   署名者　　: ${each.who === null ? "不明" : plain(each.who)}`,
    `   日時　　　: ${timeWords(each)}`,
    ...each.level === null ? [] : [`   水準　　　: ${LEVELS[each.level]}`],
    `   改ざん　　: ${integrityWords(each)}`,
    `   証明書　　: ${
      each.trusted ? "信頼する認証局から発行されています" : "信頼できることを確かめられません"
    }`,
    `   対象範囲　: ${COVERAGE[each.covers]}`,
    `   この後　　: ${changeWords(each)}`,
    ...each.faults.map((fault) => `   問題点　　: ${faultWords(fault)}`),
  ];
}

/** The whole report as text. */
export function reportWords(report: VerificationReport, name: string): string {
  const lines = [`ファイル: ${plain(name)}`, `検証結果: ${verdictWords(report.verdict)}`];
  for (const [index, each] of report.revisions.entries()) lines.push("", ...revisionLines(each, index));
  const uncovered = uncoveredWords(report);
  if (uncovered) lines.push("", uncovered);
  const steps = nextSteps(report.verdict);
  if (steps.length > 0) lines.push("", "次にすること:", ...steps.map((step) => `・${step}`));
  return lines.join("\n");
}
