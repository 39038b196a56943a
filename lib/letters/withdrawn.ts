/**
 * `withdrawn`: tells whoever got a request that the contract was withdrawn and that the link is dead (R35).
 *
 * @module
 */
import type { Letter, LetterHead } from "./letter.ts";
import { greeting, oneLine, subjectOf } from "./words.ts";

/** What the letter states. */
export type WithdrawnFacts = {
  readonly recipientName: string;
  readonly title: string;
  readonly reason: string;
};

/** Writes the letter. */
export function writeWithdrawn(head: LetterHead, facts: WithdrawnFacts): Letter {
  const { recipientName, title, reason } = facts;
  const { publicBody, department } = head.signature;
  return {
    subject: subjectOf(head, `確認依頼を取り消しました「${oneLine(title, 60)}」`),
    caseNumber: head.caseNumber,
    signature: head.signature,
    blocks: [
      greeting(recipientName),
      {
        is: "paragraph",
        text: `${publicBody}${department}からお送りした確認依頼を、次の理由で取り消しました。\n` +
          "先にお送りしたリンクは使えなくなりました。お手続きは必要ありません。",
      },
      { is: "fields", rows: [{ label: "契約名", value: title }] },
      { is: "quote", text: reason === "" ? "（理由の記入はありません）" : reason },
      {
        is: "paragraph",
        text: "これまでにいただいた同意は効力を生じません。契約書をあらためてお送りする場合は、" +
          "新しい確認依頼のメールが届きます。ご不明な点は、下記の担当までお問い合わせください。",
      },
    ],
  };
}
