/**
 * `status` of a whole department: its cases, each with a link to its page (R38).
 *
 * @module
 */
import type { Block, Letter, LetterHead } from "./letter.ts";
import { oneLine, subjectOf } from "./words.ts";

/** A case as the list shows it. */
export type ListedCase = {
  readonly number: string;
  readonly title: string;
  readonly company: string;
  /** 契約日 in words; empty when none is known. */
  readonly contractDate: string;
  /** Where it stands, and who is awaited. */
  readonly words: string;
  readonly url: string;
};

/** What the letter states. */
export type CaseListFacts = {
  /** What was looked for; empty for all that is open. */
  readonly search: string;
  readonly cases: readonly ListedCase[];
  /** Whether there may be more than those. */
  readonly more: boolean;
  /** The list as a page, on which all cases are searched and exported. */
  readonly listUrl: string;
  readonly untilWords: string;
};

function caseBlocks({ number, title, company, contractDate, words, url }: ListedCase): Block[] {
  const rows = [
    { label: "商号又は名称", value: company },
    { label: "契約日", value: contractDate },
    { label: "状況", value: words },
  ];
  return [
    { is: "heading", text: `${number} ${oneLine(title || "契約名未定", 80)}` },
    { is: "fields", rows: rows.filter(({ value }) => value !== "") },
    { is: "link", words: "案件ページを開く", url },
  ];
}

/** Says that there is more than is listed, and how to come to it. */
const MORE_CASES = "このほかにも該当する案件があるか、すべてを調べきれていない可能性があります。" +
  "一覧の画面で検索するか、「検索」に続けて契約名・事業者名・契約日・契約金額・案件番号を書いて送ると、絞り込めます。";

/** Writes the letter. */
export function writeCaseList(head: LetterHead, facts: CaseListFacts): Letter {
  const { search, cases, more, listUrl, untilWords } = facts;
  const asked = search === "" ? "進行中の案件" : `「${oneLine(search)}」に該当する案件`;
  const found = cases.length === 0 ? "ありませんでした" : `${cases.length}件です（新しい順）`;
  return {
    subject: subjectOf(head, search === "" ? "案件の一覧" : `案件の検索結果「${oneLine(search, 60)}」`),
    caseNumber: head.caseNumber,
    signature: head.signature,
    blocks: [
      { is: "paragraph", text: `${asked}は、${found}。` },
      { is: "link", words: "案件の一覧を開く", url: listUrl, main: true },
      {
        is: "paragraph",
        text:
          "一覧の画面では、所属のすべての案件を検索し、表（CSV）と締結済みの契約書（ZIP）を保存できます。" +
          `リンクの有効期限は ${untilWords} です。ほかの方へ転送しないでください。`,
      },
      ...cases.flatMap(caseBlocks),
      ...more ? [{ is: "paragraph", text: MORE_CASES } as const] : [],
    ],
  };
}
