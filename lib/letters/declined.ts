/**
 * `declined`: tells the officer that someone does not agree, and why (R23).
 *
 * @module
 */
import type { Letter, LetterHead } from "./letter.ts";
import { type AboutContract, type AboutParty, officerNotice, partyWords } from "./officer_notice.ts";

/** What the letter states. */
export type DeclinedFacts = {
  readonly about: AboutContract;
  readonly party: AboutParty;
  readonly reason: string;
  readonly officerUrl: string;
};

/** Writes the letter. */
export function writeDeclined(head: LetterHead, facts: DeclinedFacts): Letter {
  const { about, party, reason, officerUrl } = facts;
  return officerNotice(head, {
    about,
    subject: "「同意しない」との回答がありました",
    text: `${
      partyWords(party)
    }から、次の理由で「同意しない」との回答がありました。確認依頼の手続きは止まっています。`,
    party,
    quote: reason === "" ? "（理由の記入はありませんでした）" : reason,
    advice: [
      "先方と調整のうえ、同じ内容で続ける場合は、案件ページの「再開する」を押してください。確認依頼を送り直します。",
      "内容を改める場合は、訂正したPDFを「訂正版を送る」からお送りください。はじめの確認者から、あらためて確認していただきます。",
      "確認する方を改める場合は「確認者を変更する」、取りやめる場合は「取り消す」を押してください。",
    ],
    officerUrl,
  });
}
