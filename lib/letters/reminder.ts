/**
 * `reminder`: reminds a confirmer or approver of a request that waits for an answer (R32). Its links are those of the
 * request, with the same end.
 *
 * @module
 */
import type { Day } from "../domain/instant.ts";
import type { ReminderReason } from "../domain/case_event.ts";
import type { Block, Letter, LetterHead } from "./letter.ts";
import { dayWords, oneLine, partyLabel, subjectOf } from "./words.ts";

/** What the letter states. */
export type ReminderFacts = {
  readonly recipient: { readonly id: string; readonly role: "confirmer" | "approver"; readonly name: string };
  /** 商号 of the vendor. */
  readonly company: string;
  readonly title: string;
  readonly contractDate: Day;
  /** Days until 契約日: 0 on the day itself, negative when it was reopened after it. */
  readonly daysToContract: number;
  /** Whole days of life that the link has at least left. */
  readonly daysOfLink: number;
  readonly why: readonly ReminderReason[];
  readonly officerName: string;
  /** Whether an access code will be asked of this recipient. */
  readonly accessCode: boolean;
  /** The end of the links as people read it; may be a placeholder that is filled at hand-over. */
  readonly untilWords: string;
  readonly normalUrl: string;
  readonly simpleUrl: string;
};

function contractDayWords(days: number): string {
  if (days <= 0) return "本日が契約日です。";
  return days === 1 ? "明日が契約日です。" : `契約日まで、あと${days}日です。`;
}

/** What is near, each once. */
function nearWords({ why, daysToContract, daysOfLink, untilWords }: ReminderFacts): string[] {
  const contract = why.some((each) => each !== "link_ends");
  const left = daysOfLink < 1 ? "まもなく終わります" : `あと${daysOfLink}日ほどです`;
  return [
    ...contract
      ? [`${contractDayWords(daysToContract)}契約日の24時を過ぎると、同意・承認の受付を終了します。`]
      : [],
    ...why.includes("link_ends") ? [`リンクの有効期限は、${left}（${untilWords} まで）。`] : [],
  ];
}

function notes({ accessCode }: ReminderFacts): string[] {
  return [
    "先にお送りした確認依頼のリンクも、同じ期限までお使いいただけます。",
    "期限を過ぎた場合は、リンク先の画面から新しいリンクを請求できます。",
    ...accessCode
      ? [
        "リンクを開くとアクセスコードの入力が必要です。お手元にないときは、担当者にお問い合わせください。",
      ]
      : [],
    "内容に同意できないとき、質問や日程の相談があるときも、リンク先の画面からお知らせいただけます。",
    "このリンクはあなた専用です。ほかの方へ転送しないでください。",
    "本サービスが、メールや画面でパスワードをお尋ねすることはありません。",
  ];
}

/** Writes the letter. */
export function writeReminder(head: LetterHead, facts: ReminderFacts): Letter {
  const { recipient, company, title } = facts;
  const { publicBody, department, phone, email } = head.signature;
  const from = recipient.role === "confirmer" && company !== "" ? `${oneLine(company)}\n` : "";
  const sender = `${publicBody}${department}`;
  const act = recipient.role === "confirmer" ? "同意" : "承認";
  const blocks: Block[] = [
    { is: "paragraph", text: `${from}${oneLine(recipient.name)} 様（${partyLabel(recipient.id)}）` },
    {
      is: "paragraph",
      text: `${sender}（担当：${oneLine(facts.officerName)}）から先にお送りした契約書の確認依頼について、` +
        `あらためてご案内します。\nお忙しいところ恐れ入りますが、内容をご確認のうえ、${act}の手続きをお願いいたします。` +
        "行き違いでお手続きがお済みの場合は、ご容赦ください。",
    },
    { is: "points", points: nearWords(facts) },
    {
      is: "fields",
      rows: [
        { label: "契約名", value: title },
        { label: "契約日", value: dayWords(facts.contractDate) },
        { label: "商号又は名称", value: company },
        { label: "リンクの有効期限", value: facts.untilWords },
      ],
    },
    { is: "link", words: "書類を確認する（通常の画面）", url: facts.normalUrl, main: true },
    {
      is: "paragraph",
      text: "うまく表示されないときは、簡易表示版をお使いください。同じ手続きができます。",
    },
    { is: "link", words: "簡易表示版で確認する", url: facts.simpleUrl },
    { is: "heading", text: "ご案内" },
    { is: "points", points: notes(facts) },
    { is: "heading", text: "お問い合わせ先" },
    {
      is: "fields",
      rows: [
        { label: "担当", value: `${publicBody} ${department} ${facts.officerName}` },
        ...phone === null ? [] : [{ label: "電話", value: phone }],
        ...email === null ? [] : [{ label: "メール", value: email }],
      ],
    },
  ];
  const subject = subjectOf(head, `確認依頼の再度のご案内「${oneLine(title, 60)}」`);
  return { subject, caseNumber: head.caseNumber, signature: head.signature, blocks };
}
