/**
 * `access-code-locked`: tells the officer that a link was locked after too many wrong access codes (R24).
 *
 * @module
 */
import type { Letter, LetterHead } from "./letter.ts";
import { type AboutContract, type AboutParty, officerNotice, partyWords } from "./officer_notice.ts";

/** What the letter states. */
export type AccessCodeLockedFacts = {
  readonly about: AboutContract;
  readonly party: AboutParty;
  readonly tries: number;
  readonly officerUrl: string;
};

/** Writes the letter. */
export function writeAccessCodeLocked(head: LetterHead, facts: AccessCodeLockedFacts): Letter {
  const { about, party, tries, officerUrl } = facts;
  return officerNotice(head, {
    about,
    subject: "アクセスコードの誤入力によりリンクを停止しました",
    text: `${
      partyWords(party)
    }のリンクで、アクセスコードが${tries}回誤って入力されたため、リンクを停止しました。`,
    party,
    quote: null,
    advice: [
      "先方に、ご本人の操作かどうかを電話などでご確認ください。",
      "ご本人の操作の場合は、アクセスコードをあらためてお伝えのうえ、案件ページの「再送する」を押してください。",
      "アクセスコードを変える場合は、再送の前に「アクセスコードを設定する」で設定してください。",
      "アクセスコードは、確認依頼とは別の方法（電話など）でお伝えください。",
    ],
    officerUrl,
  });
}
