/**
 * `digest`: what waits in an officer's departments, each business morning (R32).
 *
 * @module
 */
import type { Day } from "../domain/instant.ts";
import type { Block, Letter, LetterHead } from "./letter.ts";
import { dayWords, greeting, oneLine, subjectOf } from "./words.ts";

/** A case as the letter shows it. */
export type DigestCase = {
  readonly number: string;
  readonly title: string;
  readonly company: string;
  /** 契約日 in words; empty when none is known. */
  readonly contractDate: string;
  /** What waits, for whom and for how long, a sentence each. */
  readonly words: readonly string[];
  readonly url: string;
};

/** Cases of one sort. */
export type DigestSection = {
  readonly heading: string;
  readonly cases: readonly DigestCase[];
  /** How many there are besides. */
  readonly more: number;
};

/** What the letter states. */
export type DigestFacts = {
  readonly officerName: string;
  readonly day: Day;
  readonly sections: readonly DigestSection[];
  /** The list of the departments' cases. */
  readonly listUrl: string;
  /** The end of all links as people read it; may be a placeholder that is filled at hand-over. */
  readonly untilWords: string;
};

function caseBlocks({ number, title, company, contractDate, words, url }: DigestCase): Block[] {
  const rows = [
    { label: "案件", value: `${number} ${oneLine(title || "契約名未定", 80)}` },
    { label: "商号又は名称", value: oneLine(company, 80) },
    { label: "契約日", value: contractDate },
    { label: "状況", value: words.join(" ") },
  ];
  return [
    { is: "fields", rows: rows.filter(({ value }) => value !== "") },
    { is: "link", words: "案件ページを開く", url },
  ];
}

const countOf = ({ cases, more }: DigestSection): number => cases.length + more;

function sectionBlocks(section: DigestSection): Block[] {
  const { heading, cases, more } = section;
  const rest: Block[] = more === 0
    ? []
    : [{ is: "paragraph", text: `このほかに${more}件あります。案件の一覧からご確認ください。` }];
  return [
    { is: "heading", text: `${heading}（${countOf(section)}件）` },
    ...cases.flatMap(caseBlocks),
    ...rest,
  ];
}

/** Writes the letter. */
export function writeDigest(head: LetterHead, facts: DigestFacts): Letter {
  const { officerName, day, sections, listUrl, untilWords } = facts;
  const counts = sections.map((section) => `${section.heading} ${countOf(section)}件`).join("、");
  return {
    subject: subjectOf(head, `本日のお知らせ（${counts}）`),
    caseNumber: head.caseNumber,
    signature: head.signature,
    blocks: [
      greeting(officerName),
      { is: "paragraph", text: `${dayWords(day)}の朝の時点で、次の案件の手続きが進行中です。` },
      ...sections.flatMap(sectionBlocks),
      { is: "heading", text: "案件の一覧" },
      { is: "link", words: "案件の一覧を開く", url: listUrl, main: true },
      {
        is: "paragraph",
        text: `リンクの有効期限は ${untilWords} です。ほかの方へ転送しないでください。\n` +
          "このメールは、進行中の案件があるときだけ、開庁日の朝にお送りしています。",
      },
    ],
  };
}
