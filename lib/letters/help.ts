/**
 * `help`: what can be done by mail, for who wrote a word that the service does not know.
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
  /** Page to ask for one's own contracts. */
  readonly documentsUrl: string;
};

const VENDORS = [
  "電子契約同意書兼メールアドレス確認書を添付してお送りください（PDF、Word又はExcel）。",
  "確認依頼のメールが届いた方は、メールのリンクからお手続きください。",
  "「状況」… 手続きがどこまで進んでいるかをお知らせします（案件のメールに返信してください）。",
  "「再送」… 確認依頼のリンクを、同じメールアドレスにもう一度お送りします。",
  "「一覧」… このメールアドレスに関わる契約書の一覧をお送りします。PDFを紛失されたときもこちらです。",
  "「検索 文書管理」「検索 令和8年12月1日」… 一覧から、契約名・契約日などで探します。",
];

const OFFICERS = [
  "「同意書が届きました」のメールに、契約書のPDFを添付して返信してください。",
  "「再送」「状況」「取消 理由」… 案件のメールに返信してください。取消しは、案件ページで行います。",
  "「一覧」… 所属の進行中の案件と、だれの確認待ちかをお送りします。",
  "「検索 株式会社見本」「検索 1,200,000円」… 所属の案件を、契約名・事業者名・契約日・契約金額・案件番号で探します。",
];

/** Writes the letter. */
export function writeHelp(head: LetterHead, { formsUrl, verifyUrl, documentsUrl }: HelpFacts): Letter {
  return {
    subject: subjectOf(head, "ご利用案内"),
    caseNumber: head.caseNumber,
    signature: head.signature,
    blocks: [
      {
        is: "paragraph",
        text:
          "メールをお送りいただき、ありがとうございます。このアドレスでは、電子契約の手続きを自動で受け付けています。\n" +
          "件名又は本文の先頭に、次の言葉を書いてお送りください。",
      },
      { is: "heading", text: "事業者の方" },
      { is: "points", points: VENDORS },
      { is: "link", words: "同意書の様式・画面での入力", url: formsUrl },
      { is: "link", words: "契約書の一覧を請求する", url: documentsUrl },
      { is: "heading", text: "契約担当者の方" },
      { is: "points", points: OFFICERS },
      { is: "heading", text: "締結済みの契約書の確認" },
      {
        is: "points",
        points: ["「検証」と書き、PDFを添付してお送りいただくと、検証結果を返信します。"],
      },
      { is: "link", words: "契約書を検証する", url: verifyUrl },
    ],
  };
}
