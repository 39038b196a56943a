/**
 * `reopened`: tells the officers that a stopped or closed agreement goes on (R32, R35).
 *
 * @module
 */
import type { Letter, LetterHead } from "./letter.ts";
import { type AboutContract, officerNotice } from "./officer_notice.ts";

/** What the letter states. */
export type ReopenedFacts = {
  readonly about: AboutContract;
  readonly by: string;
  readonly reason: string;
  readonly officerUrl: string;
};

/** Writes the letter. */
export function writeReopened(head: LetterHead, facts: ReopenedFacts): Letter {
  const { about, by, reason, officerUrl } = facts;
  return officerNotice(head, {
    about,
    subject: "手続きを再開しました",
    text:
      "止まっていた手続きを、次の理由で再開しました。確認・承認をお待ちしている方へ、新しいリンクをお送りします。",
    party: null,
    quote: reason,
    rows: [{ label: "再開した方", value: by }],
    advice: ["お心当たりのない場合は、案件ページで内容をご確認ください。"],
    officerUrl,
  });
}
