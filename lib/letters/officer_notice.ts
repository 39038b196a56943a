/**
 * The common shape of the short letters that tell an officer what happened on a case and what can be done.
 *
 * @module
 */
import type { PartyId } from "../domain/case.ts";
import type { Block, FieldRow, Letter, LetterHead } from "./letter.ts";
import { oneLine, partyLabel, subjectOf } from "./words.ts";

/** The contract that a notice is about. */
export type AboutContract = {
  /** 契約名; empty when none is known. */
  readonly title: string;
  /** 商号; empty when none is known. */
  readonly company: string;
};

/** A party as notices name it. */
export type AboutParty = { readonly id: PartyId; readonly name: string };

/** One notice. */
export type OfficerNotice = {
  readonly about: AboutContract;
  /** What the subject says before the title. */
  readonly subject: string;
  /** What happened. */
  readonly text: string;
  readonly party: AboutParty | null;
  /** What a person wrote. */
  readonly quote: string | null;
  readonly rows?: readonly FieldRow[];
  /** What the officer can do now. */
  readonly advice: readonly string[];
  /** The case's page; null when the letter belongs to no case. */
  readonly officerUrl: string | null;
};

/** A party with its role: 「確認者１ 見本 太郎 様」. */
export const partyWords = (party: AboutParty): string => `${partyLabel(party.id)} ${oneLine(party.name)} 様`;

function rowsOf({ about, party, rows = [] }: OfficerNotice): FieldRow[] {
  return [
    { label: "契約名", value: about.title },
    { label: "商号又は名称", value: about.company },
    { label: "対象の方", value: party ? partyWords(party) : "" },
    ...rows,
  ].filter((row) => row.value !== "");
}

/** The letter of a notice. */
export function officerNotice(head: LetterHead, notice: OfficerNotice): Letter {
  const { about, subject, text, quote, advice, officerUrl } = notice;
  const title = about.title === "" ? "" : `「${oneLine(about.title, 60)}」`;
  const words: Block[] = quote === null ? [] : [{ is: "quote", text: quote }];
  const rows = rowsOf(notice);
  return {
    subject: subjectOf(head, `${subject}${title}`),
    caseNumber: head.caseNumber,
    signature: head.signature,
    blocks: [
      { is: "paragraph", text: `${head.signature.department} 契約担当者 様`.trimStart() },
      { is: "paragraph", text },
      ...words,
      ...rows.length === 0 ? [] : [{ is: "fields", rows } as const],
      { is: "heading", text: "今後の対応" },
      { is: "points", points: advice },
      ...officerUrl === null
        ? []
        : [{ is: "link", words: "案件ページを開く", url: officerUrl, main: true } as const],
    ],
  };
}
