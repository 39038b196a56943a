/**
 * `receipt` and `case-notice` of a case that an officer began after an executed one: the form of that case holds on,
 * nobody need hand it in again (R36).
 *
 * @module
 */
import type { Reference } from "../domain/case.ts";
import type { ConsentForm } from "../domain/consent_form.ts";
import { HAND_IN } from "./hand_in.ts";
import type { Letter, LetterHead } from "./letter.ts";
import { readBack } from "./read_back.ts";
import { outlook } from "./receipt.ts";
import { linkedRows, relationWords } from "./relation_words.ts";
import { greeting, oneLine, subjectOf } from "./words.ts";

/** What both letters state. */
export type LinkedCaseFacts = {
  readonly refersTo: Reference;
  /** The form that was taken over. */
  readonly form: ConsentForm;
};

/** Tells the vendor's contact that the procedure begins, and what was taken over. */
export function writeLinkedReceipt(
  head: LetterHead,
  facts: LinkedCaseFacts & { readonly contactName: string; readonly formUrl: string },
): Letter {
  const { refersTo, form, contactName, formUrl } = facts;
  const relation = relationWords(refersTo.relation);
  return {
    subject: subjectOf(head, `${relation}の手続きを始めました「${oneLine(form.contractName, 60)}」`),
    caseNumber: head.caseNumber,
    signature: head.signature,
    blocks: [
      greeting(contactName),
      {
        is: "paragraph",
        text: `電子契約で締結いただいた次の契約について、${relation}の手続きを始めました。\n` +
          "先にご提出いただいた同意書の内容を引き継ぎますので、あらためてご提出いただく必要はありません。\n" +
          "締結済みの契約は、そのまま有効です。",
      },
      { is: "fields", rows: linkedRows({ refersTo }) },
      { is: "heading", text: "引き継いだ内容" },
      { is: "fields", rows: readBack(form) },
      {
        is: "paragraph",
        text:
          "確認者の交代などで内容に変更がありましたら、このメールに返信いただくか、下の画面で訂正してください。" +
          "変更がなければ、ご返信は不要です。",
      },
      ...outlook(head, formUrl),
    ],
  };
}

/** Tells the officers of the case that was begun, and how to hand the contract in. */
export function writeLinkedNotice(
  head: LetterHead,
  facts: LinkedCaseFacts & { readonly officerUrl: string },
): Letter {
  const { refersTo, form, officerUrl } = facts;
  const relation = relationWords(refersTo.relation);
  return {
    subject: subjectOf(head, `${relation}の案件を始めました「${oneLine(form.contractName, 60)}」`),
    caseNumber: head.caseNumber,
    signature: head.signature,
    blocks: [
      { is: "paragraph", text: `${head.signature.department} 契約担当者 様`.trimStart() },
      {
        is: "paragraph",
        text: `締結済みの案件に続く、${relation}の案件を始めました。\n` +
          "同意書の内容（確認者など）を引き継いでいます。事業者の担当者にもお知らせしました。",
      },
      {
        is: "fields",
        rows: [
          { label: "案件番号", value: head.caseNumber ?? "" },
          ...linkedRows({ refersTo }),
          { label: "始めた方", value: refersTo.by },
        ],
      },
      { is: "heading", text: "引き継いだ内容" },
      { is: "fields", rows: readBack(form) },
      ...HAND_IN,
      {
        is: "paragraph",
        text:
          "確認者の変更などの訂正、案件の取消しは、案件ページでできます。元の案件は締結済みのまま残ります。",
      },
      { is: "link", words: "案件ページを開く", url: officerUrl, main: true },
    ],
  };
}
