/**
 * The early word to a confirmer that a contract names: an address that is wrong comes back while there is still
 * time to mend it. It asks for nothing and holds no link, so that nobody takes it for the request.
 *
 * @module
 */
import { domainOf } from "../domain/mail_address.ts";
import type { Letter, LetterHead } from "./letter.ts";
import { greeting, subjectOf } from "./words.ts";

/** What the letter states. */
export type AddressCheckFacts = {
  /** The confirmer as named on the form. */
  readonly name: string;
  /** 商号 of the vendor that named them. */
  readonly company: string;
  readonly title: string;
};

/** Writes the letter. */
export function writeAddressCheck(head: LetterHead, { name, company, title }: AddressCheckFacts): Letter {
  const { botAddress } = head;
  return {
    subject: subjectOf(head, "契約の確認者として届出がありました（ご対応は不要です）"),
    caseNumber: head.caseNumber,
    signature: head.signature,
    blocks: [
      greeting(name),
      {
        is: "paragraph",
        text: "次の契約について、あなたを確認者とする電子契約同意書が提出されました。" +
          "メールが届くことを確かめるため、お知らせします。\n今は、何もしていただく必要はありません。",
      },
      {
        is: "fields",
        rows: [{ label: "契約名", value: title }, { label: "提出した事業者", value: company }]
          .filter(({ value }) => value !== ""),
      },
      { is: "heading", text: "これから" },
      {
        is: "paragraph",
        text: "契約書の準備が整いましたら、次の送信元から「確認依頼」のメールをお送りします。" +
          "受信できるよう、許可してください。迷惑メールフォルダーに入ることもあります。",
      },
      {
        is: "fields",
        rows: [
          { label: "送信元メールアドレス", value: botAddress },
          { label: "ドメイン", value: domainOf(botAddress) },
        ],
      },
      {
        is: "paragraph",
        text:
          "お心当たりがない場合や、確認者が違う場合は、お手数ですがこのメールに返信してお知らせください。",
      },
    ],
  };
}
