/**
 * `completion`: the contract is concluded; the executed PDFs with it, or a link to them (R30, R31).
 *
 * @module
 */
import type { Day, Instant } from "../domain/instant.ts";
import type { Block, FileRow, Letter, LetterHead } from "./letter.ts";
import { dayWords, greeting, oneLine, subjectOf, timeWords } from "./words.ts";

/** What the letter states. */
export type CompletionFacts = {
  /** Empty for copy recipients, whose names are not known. */
  readonly recipientName: string;
  readonly title: string;
  readonly company: string;
  readonly contractDate: Day | null;
  readonly executedAt: Instant;
  readonly files: readonly FileRow[];
  /** Whether the files go with the letter. */
  readonly attached: boolean;
  readonly downloadUrl: string;
  /** The end of the link as people read it; may be a placeholder that is filled at hand-over. */
  readonly untilWords: string;
  readonly verifyUrl: string;
};

/** How an executed PDF is to be kept (R30). */
export const KEEPING: Block = {
  is: "points",
  points: [
    "このPDFファイルが契約書の原本です。",
    "データのまま保管してください。",
    "ファイル名の変更は差し支えありません。ファイル名以外は変更しないでください。",
    "紙に印刷したものは原本になりません（写しとしてお使いください）。",
    "編集や上書き保存、別のPDFへの変換をしないでください。電子署名とタイムスタンプが確認できなくなります。",
  ],
};

function howToGet({ attached, downloadUrl, untilWords }: CompletionFacts): Block[] {
  const words = attached
    ? "契約書と合意締結証明書を、このメールに添付しました。\n" +
      "受信の環境によっては添付ファイルが変換されることがあります。その場合は、次のリンクから原本を取得してください。"
    : "ファイルの容量が大きいため、添付していません。次のリンクからダウンロードしてください。";
  return [
    { is: "paragraph", text: words },
    { is: "link", words: "契約書・証明書をダウンロードする", url: downloadUrl, main: true },
    {
      is: "paragraph",
      text: `リンクの有効期限は ${untilWords} です。` +
        "過ぎた場合も、同じリンクの画面から新しいリンクを請求できます（このメールアドレスへお送りします）。",
    },
  ];
}

/** Writes the letter. */
export function writeCompletion(head: LetterHead, facts: CompletionFacts): Letter {
  const { recipientName, title, company, contractDate, executedAt, files, verifyUrl } = facts;
  return {
    subject: subjectOf(head, `契約の締結が完了しました「${oneLine(title, 80)}」`),
    caseNumber: head.caseNumber,
    signature: head.signature,
    blocks: [
      recipientName === "" ? { is: "paragraph", text: "関係者各位" } : greeting(recipientName),
      {
        is: "paragraph",
        text:
          "次の契約について、すべての方の同意・承認が揃い、電子署名とタイムスタンプの付与が完了しました。",
      },
      {
        is: "fields",
        rows: [
          { label: "契約名", value: title },
          { label: "商号又は名称", value: company },
          { label: "契約日", value: contractDate === null ? "" : dayWords(contractDate) },
          { label: "同意・承認が揃った日時", value: timeWords(executedAt) },
        ],
      },
      ...howToGet(facts),
      { is: "heading", text: "ファイル" },
      { is: "files", files },
      { is: "heading", text: "保管のお願い" },
      KEEPING,
      {
        is: "paragraph",
        text:
          "契約書が改ざんされていないことは、Adobe Acrobat Reader の署名パネル、又は次の画面で確認できます。",
      },
      { is: "link", words: "契約書を検証する", url: verifyUrl },
    ],
  };
}
