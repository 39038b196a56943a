/**
 * `download-link`: a fresh link to the executed contract, for who holds an old one (R30).
 *
 * @module
 */
import type { Letter, LetterHead } from "./letter.ts";
import { KEEPING } from "./completion.ts";
import { oneLine, subjectOf } from "./words.ts";

/** What the letter states. */
export type DownloadLinkFacts = {
  readonly title: string;
  readonly downloadUrl: string;
  readonly untilWords: string;
};

/** Writes the letter. */
export function writeDownloadLink(head: LetterHead, facts: DownloadLinkFacts): Letter {
  const { title, downloadUrl, untilWords } = facts;
  return {
    subject: subjectOf(head, `ダウンロード用の新しいリンク「${oneLine(title, 80)}」`),
    caseNumber: head.caseNumber,
    signature: head.signature,
    blocks: [
      {
        is: "paragraph",
        text: "ご請求のあった、締結済みの契約書をダウンロードするための新しいリンクをお送りします。\n" +
          "お心当たりのない場合は、このメールを破棄してください。",
      },
      { is: "fields", rows: [{ label: "契約名", value: title }] },
      { is: "link", words: "契約書・証明書をダウンロードする", url: downloadUrl, main: true },
      { is: "paragraph", text: `リンクの有効期限は ${untilWords} です。` },
      { is: "heading", text: "保管のお願い" },
      KEEPING,
    ],
  };
}
