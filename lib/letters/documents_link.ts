/**
 * `documents-link`: a link to the contracts of the address that it is mailed to, and to no other, with a short
 * list (R37). Whoever has none gets the same letter with an empty list.
 *
 * @module
 */
import type { Block, Letter, LetterHead } from "./letter.ts";
import { oneLine, subjectOf } from "./words.ts";

/** A contract as the letter lists it. */
export type ListedContract = { readonly number: string; readonly title: string; readonly words: string };

/** What the letter states. */
export type DocumentsLinkFacts = {
  /** What was looked for; empty for all. */
  readonly search: string;
  readonly contracts: readonly ListedContract[];
  /** Whether the page has, or may have, more than those. */
  readonly more: boolean;
  readonly documentsUrl: string;
  readonly untilWords: string;
};

function list({ search, contracts, more }: DocumentsLinkFacts): Block[] {
  const which = search === "" ? "このメールアドレスに関わる契約" : `「${oneLine(search)}」に該当する契約`;
  if (contracts.length === 0) return [{ is: "paragraph", text: `${which}は、ありませんでした。` }];
  return [
    { is: "heading", text: `${which}（新しい順）` },
    {
      is: "fields",
      rows: contracts.map(({ number, title, words }) => ({
        label: number,
        value: `${oneLine(title || "契約名未定", 80)}　${words}`,
      })),
    },
    ...more ? [{ is: "paragraph", text: "このほかの契約は、一覧の画面でご覧ください。" } as const] : [],
  ];
}

/** Writes the letter. */
export function writeDocumentsLink(head: LetterHead, facts: DocumentsLinkFacts): Letter {
  return {
    subject: subjectOf(head, "契約書一覧のリンク"),
    caseNumber: head.caseNumber,
    signature: head.signature,
    blocks: [
      {
        is: "paragraph",
        text: "ご請求のあった、このメールアドレスに関わる契約書の一覧のリンクをお送りします。" +
          "締結済みの契約書は、一覧の画面からダウンロードできます。\n" +
          "お心当たりのない場合は、このメールを破棄してください。",
      },
      { is: "link", words: "契約書の一覧を開く", url: facts.documentsUrl, main: true },
      {
        is: "paragraph",
        text: `リンクの有効期限は ${facts.untilWords} です。ほかの方へ転送しないでください。`,
      },
      ...list(facts),
    ],
  };
}
