/**
 * `help`: what can be done by mail, for who wrote without saying what.
 *
 * @module
 */
import type { Letter, LetterHead } from "./letter.ts";
import { subjectOf } from "./words.ts";

/** What the letter points to. */
export type HelpFacts = {
  /** Page with the consent forms to download and to fill in. */
  readonly formsUrl: string;
  readonly verifyUrl: string;
};

/** Writes the letter. */
export function writeHelp(head: LetterHead, { formsUrl, verifyUrl }: HelpFacts): Letter {
  return {
    subject: subjectOf(head, "ご利用案内"),
    caseNumber: head.caseNumber,
    signature: head.signature,
    blocks: [
      {
        is: "paragraph",
        text:
          "メールをお送りいただき、ありがとうございます。このアドレスでは、電子契約の手続きを自動で受け付けています。",
      },
      { is: "heading", text: "事業者の方" },
      {
        is: "points",
        points: [
          "電子契約同意書兼メールアドレス確認書を添付してお送りください（PDF、Word又はExcel）。",
          "確認依頼のメールが届いた方は、メールのリンクからお手続きください。",
        ],
      },
      { is: "link", words: "同意書の様式・画面での入力", url: formsUrl },
      { is: "heading", text: "契約担当者の方" },
      {
        is: "points",
        points: ["「同意書が届きました」のメールに、契約書のPDFを添付して返信してください。"],
      },
      { is: "heading", text: "締結済みの契約書の確認" },
      {
        is: "points",
        points: ["件名又は本文の先頭に「検証」と書き、PDFを添付してお送りいただくと、検証結果を返信します。"],
      },
      { is: "link", words: "契約書を検証する", url: verifyUrl },
    ],
  };
}
