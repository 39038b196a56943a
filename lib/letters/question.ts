/**
 * `question`: passes a question or a wish about dates on to the officer; nothing stops because of it (R23).
 *
 * @module
 */
import type { WriterCheck } from "../domain/writer_check.ts";
import type { Letter, LetterHead } from "./letter.ts";
import { type AboutContract, type AboutParty, officerNotice } from "./officer_notice.ts";
import { writerRows, writerWarningWords } from "./writer_words.ts";

/** What the letter states. */
export type QuestionFacts = {
  readonly about: AboutContract;
  /** The party who asked through the page; null for a mail. */
  readonly party: AboutParty | null;
  /** Who asks, by name or address. */
  readonly from: string;
  readonly question: string;
  /** How far the mail's writer was confirmed; null where there is no mail, or it was not kept. */
  readonly check: WriterCheck | null;
  /** Whether the mail itself is attached. */
  readonly attached: boolean;
  /** The case's page; null when the mail belongs to no case. */
  readonly officerUrl: string | null;
};

const ANSWER = "お電話やメールで、先方へ直接ご回答ください。このメールへの返信は先方には届きません。";
const DATES = "期限までに操作できないとの連絡の場合は、日程を調整のうえ、案件ページから再送してください。";

/** Writes the letter. */
export function writeQuestion(head: LetterHead, facts: QuestionFacts): Letter {
  const { about, party, from, question, check, attached, officerUrl } = facts;
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
    rows: party ? [] : [{ label: "差出人", value: from }, ...writerRows(check)],
    advice: [...check ? writerWarningWords(check) : [], ANSWER, ...officerUrl === null ? [] : [DATES]],
    officerUrl,
  });
}
