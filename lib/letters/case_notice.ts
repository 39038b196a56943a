/**
 * `case-notice`: tells the officers that a consent form has come, what it says, and how to hand the contract in
 * (R5, R10, R11).
 *
 * @module
 */
import type { Person } from "../domain/case.ts";
import type { ConsentForm } from "../domain/consent_form.ts";
import type { WriterCheck } from "../domain/writer_check.ts";
import { HAND_IN } from "./hand_in.ts";
import type { Block, Letter, LetterHead } from "./letter.ts";
import { blockingAdvice, furtherAdvice, readBack } from "./read_back.ts";
import { unreadableWords } from "./unreadable_words.ts";
import { oneLine, subjectOf } from "./words.ts";
import { writerBlocks, writerRows } from "./writer_words.ts";

/** What the letter states. */
export type CaseNoticeFacts = {
  /** Who sent the form. */
  readonly contact: Person;
  /** How far the writer of this mail was confirmed; null where no mail came, or it was not kept. */
  readonly check: WriterCheck | null;
  readonly form: ConsentForm | null;
  readonly unreadable: string | null;
  /** Why the officers hear of it: a new case, a later form to be accepted (late: the contract is on its way), a case that was changed or handed on. */
  readonly because: "opened" | "proposed" | "proposedLate" | "changed" | "handedOn";
  /** Whether the original mail goes with the letter. */
  readonly attached: boolean;
  readonly officerUrl: string;
};

const OPENING: Readonly<Record<CaseNoticeFacts["because"], string>> = {
  opened: "事業者から電子契約同意書兼メールアドレス確認書が届きました。",
  proposed: "この案件に、事業者からあらためて同意書が届きました。\n" +
    "案件ページで「この同意書に差し替える」を押すまで、先の同意書の内容が有効です。",
  proposedLate: "契約書を送信済みのこの案件に、事業者からあらためて同意書が届きました。\n" +
    "案件ページで「この同意書に差し替える」を押すと、新しい同意書の確認者に、契約書をはじめから送り直します" +
    "（これまでの同意は効力を失います）。押すまでは、先の同意書のまま手続きが続きます。",
  changed: "この案件の内容が変わりました。現在の内容は次のとおりです。",
  handedOn: "この案件を、ほかの所属から引き継ぎました。以後の手続きは、こちらの所属でお願いします。",
};

const SUBJECT: Readonly<Record<CaseNoticeFacts["because"], string>> = {
  opened: "同意書が届きました",
  proposed: "あらためて同意書が届きました（受入れの確認が必要です）",
  proposedLate: "送信後に、あらためて同意書が届きました（受入れの確認が必要です）",
  changed: "案件の内容が変わりました",
  handedOn: "案件を引き継ぎました",
};

function reading({ form, unreadable }: CaseNoticeFacts): Block[] {
  if (form === null) {
    return [{
      is: "paragraph",
      text: `${unreadableWords(unreadable ?? "damaged").told}\n` +
        "事業者には、再提出又は画面での入力をお願いするメールを送りました。内容は元のメールでご確認ください。",
    }];
  }
  const blocking = blockingAdvice(form);
  const points = [...blocking, ...furtherAdvice(form)];
  const problems: Block[] = points.length === 0 ? [] : [
    { is: "heading", text: "読み取りで気になる点（事業者にも確認をお願いしています）" },
    { is: "points", points },
  ];
  return [
    { is: "heading", text: "読み取った内容" },
    { is: "fields", rows: readBack(form) },
    ...problems,
  ];
}

/** What is still to be done before sending, and where. */
const BEFORE_SENDING: readonly Block[] = [
  ...HAND_IN,
  {
    is: "paragraph",
    text: "読み取りの訂正、担当の変更、電子契約の対象外としてお断りすることは、案件ページでできます。",
  },
];

/** Writes the letter. */
export function writeCaseNotice(head: LetterHead, facts: CaseNoticeFacts): Letter {
  const { contact, check, form, because, attached, officerUrl } = facts;
  const unread = form === null && because === "opened";
  const title = form?.contractName ? `「${oneLine(form.contractName, 60)}」` : "";
  const original: Block[] = attached
    ? [{ is: "paragraph", text: "届いたメールを、そのままの形（.eml）で添付しています。" }]
    : [];
  return {
    subject: subjectOf(head, `${unread ? "同意書を読み取れませんでした" : SUBJECT[because]}${title}`),
    caseNumber: head.caseNumber,
    signature: head.signature,
    blocks: [
      { is: "paragraph", text: `${head.signature.department} 契約担当者 様`.trimStart() },
      { is: "paragraph", text: unread ? "事業者から同意書と思われるメールが届きました。" : OPENING[because] },
      {
        is: "fields",
        rows: [
          { label: "案件番号", value: head.caseNumber ?? "" },
          { label: "差出人", value: `${contact.name} ${contact.address}` },
          ...writerRows(check),
        ],
      },
      ...writerBlocks(check),
      ...reading(facts),
      ...original,
      ...because === "proposedLate" ? [] : BEFORE_SENDING,
      { is: "link", words: "案件ページを開く", url: officerUrl, main: true },
    ],
  };
}
