/**
 * `refusal`: something was not acted on; each reason with what to do (R5, R13, R14).
 *
 * @module
 */
import type { Block, Letter, LetterHead } from "./letter.ts";
import type { RefusalReason } from "./letter_order.ts";
import { refusalWords } from "./refusal_words.ts";
import { greeting, oneLine, subjectOf } from "./words.ts";

/** What an answer to a mail that was not acted on states. */
export type RefusalFacts = {
  readonly reasons: readonly RefusalReason[];
  /** Subject of the mail that it answers. */
  readonly subject: string;
  /** The case's page, for an officer who can do there what the mail could not. */
  readonly officerUrl?: string | null;
};

/** What the letter to a vendor states whose form the officer refused. */
export type FormRefusedFacts = {
  readonly contactName: string;
  readonly title: string;
  readonly reason: string;
};

function reasonBlocks({ code, about }: RefusalReason): Block[] {
  const { reason, remedy } = refusalWords(code);
  return [
    {
      is: "paragraph",
      text: about === null ? `【理由】${reason}` : `【理由】${reason}\n　対象：${oneLine(about, 200)}`,
    },
    { is: "paragraph", text: `【対応】${remedy}` },
  ];
}

/** Writes the answer to a mail that was not acted on. */
export function writeRefusal(head: LetterHead, facts: RefusalFacts): Letter {
  const { reasons, subject, officerUrl = null } = facts;
  const answered = oneLine(subject, 80);
  return {
    subject: subjectOf(head, `受け付けられませんでした${answered === "" ? "" : `「${answered}」`}`),
    caseNumber: head.caseNumber,
    signature: head.signature,
    blocks: [
      {
        is: "paragraph",
        text: "お送りいただいたメールについて、次の理由により受け付けることができませんでした。\n" +
          "お手数ですが、ご確認をお願いいたします。メールは保管しています。",
      },
      ...reasons.flatMap(reasonBlocks),
      ...officerUrl === null
        ? []
        : [{ is: "link", words: "案件ページを開く", url: officerUrl, main: true } as const],
    ],
  };
}

/** Writes the letter to a vendor whose form the officer refused. */
export function writeFormRefused(head: LetterHead, facts: FormRefusedFacts): Letter {
  const { contactName, title, reason } = facts;
  const { publicBody, department } = head.signature;
  return {
    subject: subjectOf(head, `電子契約の対象とならない旨のお知らせ「${oneLine(title, 60)}」`),
    caseNumber: head.caseNumber,
    signature: head.signature,
    blocks: [
      greeting(contactName),
      {
        is: "paragraph",
        text: "電子契約同意書兼メールアドレス確認書をご提出いただき、ありがとうございました。\n" +
          `${publicBody}${department}で確認しましたところ、次の理由により、この契約は電子契約で手続きすることができません。`,
      },
      { is: "fields", rows: [{ label: "契約名", value: title }] },
      { is: "quote", text: reason === "" ? "（理由の記入はありません）" : reason },
      {
        is: "paragraph",
        text: "今後のお手続きについては、下記の担当からご案内します。ご不明な点は、お問い合わせください。",
      },
    ],
  };
}
