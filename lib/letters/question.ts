/**
 * `question`: passes a question or a wish about dates on to the officer; nothing stops because of it (R23).
 *
 * @module
 */
import type { Letter, LetterHead } from "./letter.ts";
import { type AboutContract, type AboutParty, officerNotice } from "./officer_notice.ts";

/** What the letter states. */
export type QuestionFacts = {
  readonly about: AboutContract;
  /** The party who asked through the page; null for a mail. */
  readonly party: AboutParty | null;
  /** Who asks, by name or address. */
  readonly from: string;
  readonly question: string;
  /** Whether the mail itself is attached. */
  readonly attached: boolean;
  /** The case's page; null when the mail belongs to no case. */
  readonly officerUrl: string | null;
};

const ANSWER = "お電話やメールで、先方へ直接ご回答ください。このメールへの返信は先方には届きません。";
const DATES = "期限までに操作できないとの連絡の場合は、日程を調整のうえ、案件ページから再送してください。";

/** Writes the letter. */
export function writeQuestion(head: LetterHead, facts: QuestionFacts): Letter {
  const { about, party, from, question, attached, officerUrl } = facts;
  const how = party ? "「質問・日程の相談」" : "メール";
  return officerNotice(head, {
    about,
    subject: "質問・連絡が届きました",
    text:
      `${how}で次の連絡が届きました。${
        officerUrl === null ? "どの案件にも結び付いていません。" : "手続きは止まっていません。"
      }` +
      (attached ? "\n届いたメールを、そのままの形（.eml）で添付しています。" : ""),
    party,
    quote: question,
    rows: party ? [] : [{ label: "差出人", value: from }],
    advice: officerUrl === null ? [ANSWER] : [ANSWER, DATES],
    officerUrl,
  });
}
