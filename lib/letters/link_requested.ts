/**
 * `link-requested`: tells the officer that someone asks for a new link (R19).
 *
 * @module
 */
import type { Letter, LetterHead } from "./letter.ts";
import { type AboutContract, type AboutParty, officerNotice, partyWords } from "./officer_notice.ts";

/** What the letter states. */
export type LinkRequestedFacts = {
  readonly about: AboutContract;
  readonly party: AboutParty;
  readonly officerUrl: string;
};

/** Writes the letter. */
export function writeLinkRequested(head: LetterHead, facts: LinkRequestedFacts): Letter {
  const { about, party, officerUrl } = facts;
  return officerNotice(head, {
    about,
    subject: "新しいリンクの請求がありました",
    text: `${partyWords(party)}から、確認依頼の新しいリンクの請求がありました。`,
    party,
    quote: null,
    advice: [
      "案件ページの「再送する」を押すと、新しいリンクを同じメールアドレスへお送りします。",
      "契約日をご確認のうえ、対応をお願いします。",
    ],
    officerUrl,
  });
}
