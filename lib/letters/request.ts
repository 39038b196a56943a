/**
 * `request`: asks a confirmer or approver to read the contract and to agree (R17–R19).
 *
 * @module
 */
import type { Day } from "../domain/instant.ts";
import type { Block, FieldRow, Letter, LetterHead } from "./letter.ts";
import { dayWords, oneLine, partyLabel } from "./words.ts";

/** What the letter states. */
export type RequestFacts = {
  readonly recipient: { readonly id: string; readonly role: "confirmer" | "approver"; readonly name: string };
  /** 商号 of the vendor. */
  readonly company: string;
  readonly title: string;
  readonly contractDate: Day;
  /** The executed case that this one follows; none for most. */
  readonly linked?: readonly FieldRow[];
  /** The officer who sends. */
  readonly officerName: string;
  /** Names of the documents. */
  readonly documents: readonly string[];
  /** Whether an access code will be asked of this recipient. */
  readonly accessCode: boolean;
  /** Whether an earlier request of the same recipient is void now. */
  readonly again: boolean;
  /** Sent once more as its recipient wished: the earlier link works as well. */
  readonly repeated?: boolean;
  /** Which 版 it is, where earlier ones became void; absent for the first. */
  readonly version?: number;
  /** The end of the links as people read it; may be a placeholder that is filled at hand-over. */
  readonly untilWords: string;
  readonly normalUrl: string;
  readonly simpleUrl: string;
};

function greeting(facts: RequestFacts): Block {
  const { recipient, company } = facts;
  const from = recipient.role === "confirmer" && company !== "" ? `${oneLine(company)}\n` : "";
  return { is: "paragraph", text: `${from}${oneLine(recipient.name)} 様（${partyLabel(recipient.id)}）` };
}

function ask(sender: string, facts: RequestFacts): Block[] {
  const act = facts.recipient.role === "confirmer" ? "内容をご確認のうえ、同意" : "内容をご確認のうえ、承認";
  const corrected: Block[] = facts.version === undefined ? [] : [{
    is: "paragraph",
    text:
      `訂正した契約書（第${facts.version}版）です。以前の版は無効になりましたので、この版の内容をご確認ください。`,
  }];
  const renewed: Block[] = facts.repeated
    ? [{ is: "paragraph", text: "ご請求により、もう一度お送りするものです。有効期限は変わりません。" }]
    : facts.again
    ? [{
      is: "paragraph",
      text: "あらためてお送りするものです。先にお送りしたメールのリンクは使えなくなりました。",
    }]
    : [];
  return [
    {
      is: "paragraph",
      text: `${sender}から、契約書の確認をお願いするメールです。\n` +
        `リンクを開き、${act}の手続きをお願いいたします。`,
    },
    ...corrected,
    ...renewed,
  ];
}

function notes({ accessCode, untilWords }: RequestFacts): string[] {
  const code =
    "リンクを開くとアクセスコードの入力が必要です。アクセスコードは、担当者から別の方法でお知らせします。";
  return [
    `リンクの有効期限は ${untilWords} です。過ぎた場合は、リンク先の画面から新しいリンクを請求できます。`,
    ...accessCode ? [code] : [],
    "アカウントの登録、費用、ソフトウェアの導入は必要ありません。スマートフォンからも操作できます。",
    "本サービスが、メールや画面でパスワードをお尋ねすることはありません。",
    "このリンクはあなた専用です。ほかの方へ転送しないでください。",
    "今後のメール（完了のお知らせなど）が届かないときは、迷惑メールフォルダーもご確認ください。",
    "内容に同意できないとき、質問や日程の相談があるときも、リンク先の画面からお知らせいただけます。",
  ];
}

function whomToAsk(head: LetterHead, facts: RequestFacts): Block[] {
  const { publicBody, department, phone, email } = head.signature;
  return [
    { is: "heading", text: "お問い合わせ先" },
    {
      is: "fields",
      rows: [
        { label: "担当", value: `${publicBody} ${department} ${facts.officerName}` },
        ...phone === null ? [] : [{ label: "電話", value: phone }],
        ...email === null ? [] : [{ label: "メール", value: email }],
        { label: "案件番号", value: head.caseNumber ?? "" },
      ],
    },
    { is: "paragraph", text: "このメールに返信いただいても、担当者に届きます。" },
  ];
}

/** Writes the letter. Its subject is fixed by R17 and carries no case number. */
export function writeRequest(head: LetterHead, facts: RequestFacts): Letter {
  const sender = `${head.signature.publicBody}${head.signature.department}`;
  return {
    subject: `${oneLine(sender)}様から「${oneLine(facts.title)}」の確認依頼が届いています`,
    caseNumber: head.caseNumber,
    signature: head.signature,
    blocks: [
      greeting(facts),
      ...ask(`${sender}（担当：${oneLine(facts.officerName)}）`, facts),
      {
        is: "fields",
        rows: [
          { label: "契約名", value: facts.title },
          ...facts.linked ?? [],
          { label: "契約日", value: dayWords(facts.contractDate) },
          { label: "商号又は名称", value: facts.company },
          { label: "書類", value: facts.documents.join("、") },
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
      ...whomToAsk(head, facts),
    ],
  };
}
