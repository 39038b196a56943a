/**
 * `form-problem`: something is missing or wrong in a consent form, or it can't be read; what to do about it (R4).
 *
 * @module
 */
import { type ConsentForm, labelOf, problemsOf } from "../domain/consent_form.ts";
import type { Block, Letter, LetterHead } from "./letter.ts";
import { blockingAdvice, furtherAdvice, readBack } from "./read_back.ts";
import { outlook } from "./receipt.ts";
import { unreadableWords } from "./unreadable_words.ts";
import { greeting, subjectOf } from "./words.ts";

/** What the letter states. */
export type FormProblemFacts = {
  readonly contactName: string;
  /** What was read; null when the file could not be read at all. */
  readonly form: ConsentForm | null;
  /** Why it could not be read; null when it could. */
  readonly unreadable: string | null;
  /** The web form, prefilled with what was read. */
  readonly formUrl: string;
};

function unreadable(why: string, formUrl: string): Block[] {
  const words = unreadableWords(why);
  return [
    { is: "paragraph", text: `${words.what}\nいただいたメールは大切に保管し、担当者にもお知らせしました。` },
    { is: "heading", text: "お願い" },
    { is: "paragraph", text: `${words.remedy}\n次の入力画面から直接ご入力いただくこともできます。` },
    { is: "link", words: "同意書を画面で入力する", url: formUrl, main: true },
  ];
}

/**
 * How to reply with just what is missing. With ○ and in brackets: quoted back without marks it must not read as a
 * value.
 */
function byLine(form: ConsentForm): string {
  const [first] = problemsOf(form).filter(({ fault }) => fault !== "confirmers_many");
  if (!first) return "";
  const example = `「${labelOf(form, first.field)}：○○○○」`;
  return `\n足りないところや違うところだけを、${example}のように１行に１つずつ書いて返信していただくこともできます。`;
}

function faulty(form: ConsentForm, formUrl: string): Block[] {
  const blocking = blockingAdvice(form);
  const further = furtherAdvice(form);
  const mustMend: Block[] = blocking.length === 0 ? [] : [
    { is: "heading", text: "ご訂正いただきたいところ" },
    { is: "paragraph", text: "次の点が整うまで、契約の手続きを進めることができません。" },
    { is: "points", points: blocking },
  ];
  const mayMend: Block[] = further.length === 0 ? [] : [
    { is: "heading", text: "ご確認いただきたいところ" },
    { is: "points", points: further },
  ];
  return [
    {
      is: "paragraph",
      text: "電子契約同意書兼メールアドレス確認書をご提出いただき、ありがとうございます。\n" +
        "拝見したところ、次のとおり確認をお願いしたい点がありました。",
    },
    ...mustMend,
    ...mayMend,
    {
      is: "paragraph",
      text: "次の入力画面（読み取った内容が入っています）で訂正していただくか、" +
        "訂正した同意書を添付して、このメールに返信してください。" + byLine(form),
    },
    { is: "link", words: "同意書を画面で訂正する", url: formUrl, main: true },
    { is: "heading", text: "読み取った内容" },
    { is: "fields", rows: readBack(form) },
  ];
}

/** Writes the letter. */
export function writeFormProblem(head: LetterHead, facts: FormProblemFacts): Letter {
  const { contactName, form, formUrl } = facts;
  const body = form === null ? unreadable(facts.unreadable ?? "damaged", formUrl) : faulty(form, formUrl);
  return {
    subject: subjectOf(
      head,
      form === null ? "同意書を読み取れませんでした" : "同意書の内容についてご確認のお願い",
    ),
    caseNumber: head.caseNumber,
    signature: head.signature,
    blocks: [greeting(contactName), ...body, ...outlook(head, formUrl)],
  };
}
