/**
 * `withdrawn`: tells whoever got a request that the contract was withdrawn and that the link is dead (R35); before
 * anyone got one, whoever handed the form in.
 *
 * @module
 */
import type { Letter, LetterHead } from "./letter.ts";
import { type AboutContract, officerNotice } from "./officer_notice.ts";
import { greeting, oneLine, subjectOf } from "./words.ts";

/** What the letter to people of the vendor states. */
export type WithdrawnFacts = {
  readonly recipientName: string;
  readonly title: string;
  readonly reason: string;
};

/** What the letter to an officer of the case states, when another one withdrew it. */
export type OfficerWithdrawnFacts = {
  readonly about: AboutContract;
  readonly by: string;
  readonly reason: string;
  readonly officerUrl: string;
};

/** Writes the letter to an officer. */
export function writeOfficerWithdrawn(head: LetterHead, facts: OfficerWithdrawnFacts): Letter {
  const { about, by, reason, officerUrl } = facts;
  return officerNotice(head, {
    about,
    subject: "案件を取り消しました",
    text: `${
      oneLine(by)
    }が、次の理由でこの案件を取り消しました。確認依頼を受け取っていた方には、お知らせ済みです。`,
    party: null,
    quote: reason === "" ? "（理由の記入はありません）" : reason,
    advice: ["電子契約で手続きし直す場合は、あらためて同意書の提出を受けてください。"],
    officerUrl,
  });
}

/** Writes the letter to whoever got a request. */
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

/** Writes the letter to whoever handed in the form of a contract that was never sent. */
export function writeFormWithdrawn(head: LetterHead, facts: WithdrawnFacts): Letter {
  const { recipientName, title, reason } = facts;
  const { publicBody, department } = head.signature;
  return {
    subject: subjectOf(head, `電子契約の手続きを取りやめました「${oneLine(title, 60)}」`),
    caseNumber: head.caseNumber,
    signature: head.signature,
    blocks: [
      greeting(recipientName),
      {
        is: "paragraph",
        text:
          `${publicBody}${department}は、同意書をいただいた次の契約について、電子契約の手続きを取りやめました。\n` +
          "確認依頼はお送りしていません。お手続きは必要ありません。",
      },
      { is: "fields", rows: [{ label: "契約名", value: title }] },
      { is: "quote", text: reason === "" ? "（理由の記入はありません）" : reason },
      {
        is: "paragraph",
        text: "あらためて電子契約の手続きをする場合は、担当からご案内します。" +
          "ご不明な点は、下記の担当までお問い合わせください。",
      },
    ],
  };
}
