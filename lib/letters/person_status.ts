/**
 * `status` for who is no officer: where the case stands, as far as it concerns the reader. It holds no link: the
 * one to act with came, or comes, with the request.
 *
 * @module
 */
import type { Phase } from "../domain/case.ts";
import type { FieldRow, Letter, LetterHead } from "./letter.ts";
import type { AboutContract } from "./officer_notice.ts";
import { plainPhaseWords } from "./phase_words.ts";
import type { PartyStatus } from "./status.ts";
import { oneLine, partyLabel, subjectOf, timeWords } from "./words.ts";

/** What is to be done next, by whom. */
export type PersonNext =
  /** The reader has a link that works. */
  | "yours"
  /** The reader's link has ended or is stopped, and the officer was asked for a new one. */
  | "newLinkAsked"
  | "others"
  | "nothing";

/** What the letter states. */
export type PersonStatusFacts = {
  readonly about: AboutContract;
  readonly phase: Phase;
  readonly parties: readonly PartyStatus[];
  readonly next: PersonNext;
  /** Cases that belong with it; none for most. */
  readonly linked?: readonly FieldRow[];
};

const NEXT: Readonly<Record<PersonNext, readonly string[]>> = {
  yours: [
    "お届けした「確認依頼」のメールのリンクから、お手続きください。",
    "メールが見つからないときは、迷惑メールフォルダーをご確認のうえ、このメールに「再送」と返信してください。",
  ],
  newLinkAsked: [
    "お手元のリンクは、有効期限が過ぎたなどの理由で使えません。新しいリンクの送付を、担当課に依頼しました。",
    "担当課の確認がすむと、新しい「確認依頼」のメールが届きます。",
  ],
  others: ["お手続きいただくことがあるときは、「確認依頼」のメールが届きます。"],
  nothing: ["お手続きいただくことはありません。"],
};

/** Approvers stand for the public body: what they are called there is no matter of the vendor's. */
function partyRow(party: PartyStatus): FieldRow {
  const label = partyLabel(party.id);
  const vendors = /Confirmer\d+$/.test(party.id);
  const value = party.agreedAt !== null
    ? `${timeWords(party.agreedAt)} ${vendors ? "同意" : "承認"}済み`
    : party.handedOverAt === null
    ? "順番待ち"
    : `${timeWords(party.handedOverAt)} 依頼済み`;
  return { label: vendors ? `${label} ${oneLine(party.name)} 様` : label, value };
}

/** Writes the letter. */
export function writePersonStatus(head: LetterHead, facts: PersonStatusFacts): Letter {
  const { about, phase, parties, next, linked = [] } = facts;
  const title = about.title === "" ? "" : `「${oneLine(about.title, 60)}」`;
  const rows: FieldRow[] = [
    { label: "契約名", value: about.title },
    { label: "商号又は名称", value: about.company },
    { label: "状況", value: plainPhaseWords(phase) },
    ...linked,
    ...parties.map(partyRow),
  ];
  return {
    subject: subjectOf(head, `手続きの状況${title}`),
    caseNumber: head.caseNumber,
    signature: head.signature,
    blocks: [
      { is: "paragraph", text: "お問い合わせの手続きの状況は、次のとおりです。" },
      { is: "fields", rows: rows.filter(({ value }) => value !== "") },
      { is: "heading", text: "これから" },
      { is: "points", points: NEXT[next] },
      {
        is: "paragraph",
        text: "ご不明な点は、このメールに返信いただくか、下記の担当課までお問い合わせください。",
      },
    ],
  };
}
