/**
 * `documents-link`: a link to the contracts of the address that it is mailed to, and to no other (R37).
 *
 * @module
 */
import type { Letter, LetterHead } from "./letter.ts";
import { subjectOf } from "./words.ts";

/** What the letter states. */
export type DocumentsLinkFacts = { readonly documentsUrl: string; readonly untilWords: string };

/** Writes the letter. */
export function writeDocumentsLink(head: LetterHead, facts: DocumentsLinkFacts): Letter {
  return {
    subject: subjectOf(head, "契約書一覧のリンク"),
    caseNumber: head.caseNumber,
    signature: head.signature,
    blocks: [
      {
        is: "paragraph",
        text: "ご請求のあった、このメールアドレスに関わる契約書の一覧のリンクをお送りします。\n" +
          "お心当たりのない場合は、このメールを破棄してください。",
      },
      { is: "link", words: "契約書の一覧を開く", url: facts.documentsUrl, main: true },
      {
        is: "paragraph",
        text: `リンクの有効期限は ${facts.untilWords} です。ほかの方へ転送しないでください。`,
      },
    ],
  };
}
