/**
 * `corrected`: tells whoever had a request what changed and why, that the earlier link is dead and the earlier
 * agreement has lapsed, and whether a new request follows (R34, R35).
 *
 * @module
 */
import type { FieldRow, Letter, LetterHead } from "./letter.ts";
import { type AboutContract, officerNotice } from "./officer_notice.ts";
import { greeting, oneLine, subjectOf } from "./words.ts";

/** What was sent anew: a corrected PDF as a further 版, or the same PDF to other confirmers. */
export type SentAnew = { readonly version: number } | "confirmers";

/** What the letter states. */
export type CorrectedFacts = {
  readonly recipientName: string;
  readonly title: string;
  readonly what: SentAnew;
  readonly reason: string;
  /** What is other than before. */
  readonly changes: readonly FieldRow[];
  /** Whether the recipient is asked again. */
  readonly again: boolean;
};

const whatWords = (what: SentAnew): string =>
  what === "confirmers" ? "確認者を変更して送り直しました" : `訂正版（第${what.version}版）を送り直しました`;

const reasonWords = (reason: string): string => reason === "" ? "（理由の記入はありません）" : reason;

/** Writes the letter to a confirmer or approver. */
export function writeCorrected(head: LetterHead, facts: CorrectedFacts): Letter {
  const { recipientName, title, what, reason, changes, again } = facts;
  const { publicBody, department } = head.signature;
  const next = again
    ? "順番になりましたら、新しい確認依頼のメールが届きます。お手数ですが、あらためて内容をご確認ください。"
    : "新しい確認依頼は届きません。お手続きは必要ありません。";
  return {
    subject: subjectOf(head, `${whatWords(what)}「${oneLine(title, 60)}」`),
    caseNumber: head.caseNumber,
    signature: head.signature,
    blocks: [
      greeting(recipientName),
      {
        is: "paragraph",
        text: `${publicBody}${department}からお送りした契約書について、次の理由で${whatWords(what)}。\n` +
          "先にお送りした確認依頼のリンクは使えなくなりました。",
      },
      { is: "quote", text: reasonWords(reason) },
      { is: "heading", text: "変わったところ" },
      { is: "fields", rows: [{ label: "契約名", value: title }, ...changes] },
      { is: "heading", text: "これから" },
      {
        is: "paragraph",
        text: `これまでにいただいた同意は効力を失いました。${next}\n` +
          "ご不明な点は、下記の担当までお問い合わせください。",
      },
    ],
  };
}

/** What the letter to the officer who had sent before states. */
export type OfficerCorrectedFacts = Pick<CorrectedFacts, "what" | "reason" | "changes"> & {
  readonly about: AboutContract;
  readonly by: string;
  readonly officerUrl: string;
};

/** Writes the letter to the officer who had sent before, when another one sends anew. */
export function writeOfficerCorrected(head: LetterHead, facts: OfficerCorrectedFacts): Letter {
  const { about, what, reason, changes, by, officerUrl } = facts;
  return officerNotice(head, {
    about,
    subject: whatWords(what),
    text: `${oneLine(by)}が、次の理由で${whatWords(what)}。先の確認依頼と同意は、効力を失いました。`,
    party: null,
    quote: reasonWords(reason),
    rows: changes,
    advice: ["今後のお知らせは、送り直した担当者に届きます。経過は案件ページでご確認ください。"],
    officerUrl,
  });
}
