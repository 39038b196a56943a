/**
 * `receipt`: the consent form has arrived and this is what was read (R4, R8).
 *
 * @module
 */
import type { ConsentForm } from "../domain/consent_form.ts";
import { domainOf } from "../domain/mail_address.ts";
import type { Block, Letter, LetterHead } from "./letter.ts";
import { readBack } from "./read_back.ts";
import { greeting, subjectOf } from "./words.ts";

/** What the letter states. */
export type ReceiptFacts = {
  /** Who sent the form. */
  readonly contactName: string;
  readonly form: ConsentForm;
  /** The web form, prefilled, with 「紙の契約書を希望する」. */
  readonly formUrl: string;
  /** Whether it is a second form for the case, which waits for the officer's word (R7). */
  readonly proposed: boolean;
};

const COMING: Block = { is: "heading", text: "今後の流れ" };

function comingUp(head: LetterHead): Block[] {
  const domain = domainOf(head.botAddress);
  return [
    COMING,
    {
      is: "paragraph",
      text: "契約書の準備が整いましたら、確認者の方へ順に「確認依頼」のメールをお送りします。\n" +
        "受信できるよう、次の送信元からのメールを許可してください。",
    },
    {
      is: "fields",
      rows: [{ label: "送信元メールアドレス", value: head.botAddress }, { label: "ドメイン", value: domain }],
    },
    {
      is: "points",
      points: [
        "迷惑メールフォルダーに振り分けられることがあります。届かないときは、あわせてご確認ください。",
        "確認依頼のリンクには有効期限があります。休暇や出張などで確認者の方が操作できない期間（操作ができない期間）が" +
        "ありましたら、このメールに返信してお知らせください。",
        "アカウントの登録、費用、ソフトウェアの導入は必要ありません。",
      ],
    },
  ];
}

/** What comes after the read-back in every answer to a form: what happens next, and the way to paper. */
export function outlook(head: LetterHead, formUrl: string): Block[] {
  return [
    ...comingUp(head),
    { is: "heading", text: "紙の契約書をご希望の場合" },
    {
      is: "paragraph",
      text:
        "電子契約によらず、紙の契約書で契約することもできます。次の画面の「紙の契約書を希望する」からお知らせください。",
    },
    { is: "link", words: "入力内容の確認・訂正／紙の契約書を希望する", url: formUrl },
  ];
}

/** Writes the letter. */
export function writeReceipt(head: LetterHead, facts: ReceiptFacts): Letter {
  const { contactName, form, formUrl, proposed } = facts;
  return {
    subject: subjectOf(head, "電子契約の同意書を受け付けました"),
    caseNumber: head.caseNumber,
    signature: head.signature,
    blocks: [
      greeting(contactName),
      {
        is: "paragraph",
        text: "電子契約同意書兼メールアドレス確認書をご提出いただき、ありがとうございます。\n" +
          "次の内容で受け付けました。" +
          (proposed ? "\n先にいただいた同意書に代えて取り扱うかどうかは、担当者が確認します。" : ""),
      },
      { is: "heading", text: "読み取った内容" },
      { is: "fields", rows: readBack(form) },
      {
        is: "paragraph",
        text: "お手数ですが、読み取りに誤りがないかご確認ください。誤りがありましたら、" +
          "このメールに返信いただくか、下の画面で訂正してください。誤りがなければ、ご返信は不要です。",
      },
      ...outlook(head, formUrl),
    ],
  };
}
