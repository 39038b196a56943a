/**
 * `expired`: tells the officer that a request's link has ended unanswered (R32).
 *
 * @module
 */
import type { Instant } from "../domain/instant.ts";
import type { Letter, LetterHead } from "./letter.ts";
import { type AboutContract, type AboutParty, officerNotice, partyWords } from "./officer_notice.ts";
import { timeWords } from "./words.ts";

/** What the letter states. */
export type ExpiredFacts = {
  readonly about: AboutContract;
  readonly party: AboutParty;
  readonly expiredAt: Instant | null;
  /** Whether the person had opened the documents. */
  readonly viewed: boolean;
  readonly officerUrl: string;
};

/** Writes the letter. */
export function writeExpired(head: LetterHead, facts: ExpiredFacts): Letter {
  const { about, party, expiredAt, viewed, officerUrl } = facts;
  return officerNotice(head, {
    about,
    subject: "確認依頼のリンクが期限切れになりました",
    text: `${partyWords(party)}への確認依頼のリンクが、同意のないまま有効期限を迎えました。`,
    party,
    quote: null,
    rows: [
      { label: "有効期限", value: expiredAt === null ? "" : timeWords(expiredAt) },
      { label: "書類の閲覧", value: viewed ? "あり" : "なし" },
    ],
    advice: [
      "先方の状況をご確認のうえ、案件ページの「再送する」を押してください。新しいリンクをお送りします。",
      "契約日に間に合わないおそれがある場合は、先方とご相談ください。",
    ],
    officerUrl,
  });
}
