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
  /** What goes on with the case: a fresh link alone, or 契約日 has passed as well. */
  readonly needs: "resend" | "reopen" | "correct";
  readonly officerUrl: string;
};

const ADVICE: Readonly<Record<ExpiredFacts["needs"], readonly string[]>> = {
  resend: [
    "先方の状況をご確認のうえ、案件ページの「再送する」を押してください。新しいリンクをお送りします。",
    "契約日に間に合わないおそれがある場合は、先方とご相談のうえ、契約日を改めたPDFを「訂正版を送る」からお送りください。",
  ],
  reopen: [
    "契約日も過ぎています。続ける場合は、案件ページの「再開する」から理由を入力してください。新しいリンクをお送りします。",
    "取りやめる場合は「取り消す」を押してください。",
  ],
  correct: [
    "契約書に記載の契約日も過ぎています。続ける場合は、契約日を改めたPDFを、案件ページの「訂正版を送る」からお送りください。",
    "取りやめる場合は「取り消す」を押してください。",
  ],
};

/** Writes the letter. */
export function writeExpired(head: LetterHead, facts: ExpiredFacts): Letter {
  const { about, party, expiredAt, viewed, needs, officerUrl } = facts;
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
    advice: ADVICE[needs],
    officerUrl,
  });
}
