/**
 * A verification report in words that a clerk understands (R39).
 *
 * @module
 */
import { jstDateTime } from "../domain/instant.ts";
import type {
  PadesLevel,
  RevisionChange,
  RevisionFault,
  RevisionReport,
  Verdict,
  VerificationReport,
} from "./verification_report.ts";

const VERDICTS: Readonly<Record<Verdict, string>> = {
  "valid": "有効です。電子署名が付与された後、内容は変更されていません。",
  "tampered": "改ざんされています。署名された内容又は署名そのものが書き換えられています。",
  "changed-after": "電子署名が付与された後に、変更が加えられています。",
  "not-ours":
    "署名者を確かめられません。信頼する認証局から発行された、有効な証明書による署名ではありません。",
  "unsigned": "電子署名がありません。",
  "unreadable": "PDFとして読み取れません。ファイルが壊れているか、パスワードで保護されています。",
};

/** The sentence for a verdict. */
export const verdictWords = (verdict: Verdict): string => VERDICTS[verdict];

const FAULTS: Readonly<Record<RevisionFault, string>> = {
  bad_byte_range: "署名の対象範囲が正しくありません",
  no_revision: "署名された版がファイルの中にありません",
  hidden_bytes: "署名の格納場所に、署名以外のデータがあります",
  unreadable_cms: "署名データを読み取れません",
  wrong_digest: "署名された内容が書き換えられています",
  wrong_signature: "署名の値が正しくないか、安全でない方式です",
  wrong_certificate: "署名者の証明書がないか、署名と合いません",
  untrusted: "証明書が、信頼する認証局から発行されたものではありません",
  expired: "証明書が、証明できる時刻において有効期間外です",
  revoked: "証明書が、証明できる時刻より前に失効しています",
  wrong_usage: "証明書の用途が、この署名に合いません",
  bad_timestamp: "署名のタイムスタンプが正しくありません",
  untrusted_timestamp: "署名のタイムスタンプの発行者を確かめられません",
};

/** What a fault is called. */
export const faultWords = (fault: RevisionFault): string => FAULTS[fault];

const CHANGES: Readonly<Record<RevisionChange, string>> = {
  "none": "ありません",
  "validation-data": "検証情報の追加のみ",
  "signatures": "署名・タイムスタンプの追加のみ",
  "metadata": "文書のプロパティの変更",
  "form-fields": "入力欄の変更",
  "other": "内容の変更",
};

/** What was added after a signature, in words. */
export const changeWords = (change: RevisionChange): string => CHANGES[change];

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
export function timeWords({ at, timestamp }: RevisionReport): string {
  if (at === null) return "不明";
  return `${jstDateTime(at)}（${timestamp === null ? "署名者の申告" : "タイムスタンプによる証明"}）`;
}

function revisionLines(each: RevisionReport, index: number): string[] {
  const kind = each.kind === "signature" ? "電子署名" : "文書タイムスタンプ";
  return [
    `${index + 1}. ${plain(each.field)}（${kind}）`,
    ...each.reason === null ? [] : [`   理由　　　: ${plain(each.reason)}`],
    `   署名者　　: ${each.who === null ? "不明" : plain(each.who)}`,
    `   日時　　　: ${timeWords(each)}`,
    ...each.level === null ? [] : [`   水準　　　: ${LEVELS[each.level]}`],
    `   改ざん　　: ${each.intact ? "ありません" : "あります"}`,
    `   証明書　　: ${
      each.trusted ? "信頼する認証局から発行されています" : "信頼できることを確かめられません"
    }`,
    `   対象範囲　: ${COVERAGE[each.covers]}`,
    `   この後　　: ${changeWords(each.changedAfter)}`,
    ...each.faults.map((fault) => `   問題点　　: ${faultWords(fault)}`),
  ];
}

/** The whole report as text. */
export function reportWords(report: VerificationReport, name: string): string {
  const lines = [`ファイル: ${plain(name)}`, `検証結果: ${verdictWords(report.verdict)}`];
  for (const [index, each] of report.revisions.entries()) lines.push("", ...revisionLines(each, index));
  if (report.uncoveredBytes > 0) {
    lines.push("", `最後の署名の後に、署名で保護されていない ${report.uncoveredBytes} バイトがあります。`);
  }
  return lines.join("\n");
}
