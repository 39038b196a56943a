/**
 * `reopened`: tells the officers, and whoever has agreed, that a stopped or closed agreement goes on (R32, R35).
 *
 * @module
 */
import type { Letter, LetterHead } from "./letter.ts";
import { type AboutContract, officerNotice } from "./officer_notice.ts";
import { greeting, oneLine, subjectOf } from "./words.ts";

/** What the letter states. */
export type ReopenedFacts = {
  readonly about: AboutContract;
  readonly by: string;
  readonly reason: string;
  readonly officerUrl: string;
};

/** What the letter to someone who has agreed states. */
export type PartyReopenedFacts = {
  readonly recipientName: string;
  readonly title: string;
  readonly reason: string;
};

/** Writes the letter to someone who has agreed: the agreement stands, nothing is to be done. */
export function writePartyReopened(head: LetterHead, facts: PartyReopenedFacts): Letter {
  const { recipientName, title, reason } = facts;
  const { publicBody, department } = head.signature;
  return {
    subject: subjectOf(head, `手続きを再開しました「${oneLine(title, 60)}」`),
    caseNumber: head.caseNumber,
    signature: head.signature,
    blocks: [
      greeting(recipientName),
      {
        is: "paragraph",
        text: `${publicBody}${department}が、止まっていた契約の手続きを、次の理由で再開しました。`,
      },
      { is: "fields", rows: [{ label: "契約名", value: title }] },
      { is: "quote", text: reason },
      {
        is: "paragraph",
        text: "すでにいただいた同意・承認は、そのまま有効です。お手続きは必要ありません。\n" +
          "手続きが完了しましたら、締結済みの契約書をお送りします。ご不明な点は、下記の担当までお問い合わせください。",
      },
    ],
  };
}

/** Writes the letter to the officers. */
export function writeReopened(head: LetterHead, facts: ReopenedFacts): Letter {
  const { about, by, reason, officerUrl } = facts;
  return officerNotice(head, {
    about,
    subject: "手続きを再開しました",
    text:
      "止まっていた手続きを、次の理由で再開しました。確認・承認をお待ちしている方へ、新しいリンクをお送りします。",
    party: null,
    quote: reason,
    rows: [{ label: "再開した方", value: by }],
    advice: ["お心当たりのない場合は、案件ページで内容をご確認ください。"],
    officerUrl,
  });
}
