/**
 * The consent forms of both kinds as the service offers them to download (R1): what stands on them, whatever the file.
 * The labels are those that the readers know.
 *
 * @module
 */
import { type FormKind, kindLabel } from "../domain/consent_form.ts";

/** One field: its label, and what to write, in small print. */
export type BlankRow = {
  readonly label: string;
  readonly help: string;
  /** Without it the form cannot be taken (R4). */
  readonly required: boolean;
  /** Lines of text that must find room. */
  readonly lines: 1 | 2;
  /** What is written in it already: in samples; a blank form has none. */
  readonly value?: string;
};

/** Rows that belong together, below a heading. */
export type BlankPart = {
  readonly heading: string;
  readonly rows: readonly BlankRow[];
  /** Which member of a 共同企業体 the part is about, from 2; absent for the one that leads, or is alone. */
  readonly member?: number;
};

/** A form to fill in. */
export type BlankForm = {
  readonly title: string;
  /** Which kind of contract it is for. */
  readonly mark: string;
  /** What whoever fills it in agrees to. */
  readonly consent: string;
  readonly parts: readonly BlankPart[];
  readonly notes: readonly string[];
  /** The further members of a 共同企業体, on a page of their own; none where there can be no such. */
  readonly members: readonly BlankPart[];
};

/** Who the forms are for: an addressee as an example, and where they are to be mailed. */
export type FormReceiver = { readonly addressee: string; readonly mailTo: string };

type Extra = { readonly required?: boolean; readonly lines?: 1 | 2 };

const row = (label: string, help = "", { required = false, lines = 1 }: Extra = {}): BlankRow => ({
  label,
  help,
  required,
  lines,
});

/** What stands below a label in small print: whether it must be filled in, and what to write. */
export type RowHint = { readonly must: string; readonly help: string };

/** The hint in brackets, which the readers keep out of values; each half may be empty. */
export function rowHint({ help, required }: BlankRow): RowHint {
  return { must: required ? "（必須）" : "", help: help === "" ? "" : `（${help}）` };
}

/** What a screen reader says of a field, and viewers show beside it. */
export function rowTip(part: BlankPart, row: BlankRow): string {
  const { must, help } = rowHint(row);
  return fieldName(part, row) + must + help;
}

/** A name for a field that no other on the form has. */
export function fieldName({ member }: BlankPart, { label }: BlankRow): string {
  return member === undefined ? label : `構成員${fullWidth(member)} ${label}`;
}

const fullWidth = (digit: number): string => String.fromCharCode(0xff10 + digit);

/** A member with its own confirmers (R2); the readers tell members apart by the heading. */
function memberPart(member: number): BlankPart {
  return {
    heading: `構成員${fullWidth(member)}（共同企業体のときだけ）`,
    member,
    rows: [
      row("住所又は所在地", "", { lines: 2 }),
      row("商号又は名称", "", { lines: 2 }),
      row("代表者職氏名", "支店長などが代わるときは、その職氏名"),
      row("確認者１ 氏名", "契約を締結する権限のある方"),
      row("確認者１ メールアドレス"),
      row("確認者２ 氏名", "任意。確認者１より先に内容を確かめる方"),
      row("確認者２ メールアドレス", "任意。確認者１とは別のもの"),
    ],
  };
}

/** The form for a kind of contract. */
export function blankForm(kind: FormKind, { addressee, mailTo }: FormReceiver): BlankForm {
  return {
    title: "電子契約同意書兼メールアドレス確認書",
    mark: `様式（${kindLabel(kind)}）`,
    consent: "次の契約について、電子契約サービスを利用して契約を締結することに同意します。" +
      "電子契約に利用するメールアドレスは、次のとおりです。",
    parts: [
      {
        heading: "提出",
        rows: [
          row("提出日", "記入例：令和○年○月○日"),
          row("宛名", `記入例：${addressee}`),
        ],
      },
      {
        heading: kind === "construction" ? "代表構成員（共同企業体でない場合は、その事業者）" : "事業者",
        rows: [
          row("住所又は所在地", "", { lines: 2 }),
          row("商号又は名称", "", { required: true, lines: 2 }),
          row("代表者職氏名", "支店長などが代わるときは、その職氏名"),
          row("担当者氏名", "この書類についてお尋ねできる方"),
          row("電話番号", "日中につながる番号"),
        ],
      },
      { heading: "契約", rows: [row("契約名", "件名をそのまま", { required: true, lines: 2 })] },
      {
        heading: "電子契約に利用するメールアドレス",
        rows: [
          row("確認者１ 氏名", "契約を締結する権限のある方", { required: true }),
          row("確認者１ メールアドレス", "記入例：taro@example.co.jp", { required: true }),
          row("確認者２ 氏名", "任意。確認者１より先に内容を確かめる方"),
          row("確認者２ メールアドレス", "任意。確認者１とは別のもの"),
        ],
      },
    ],
    notes: [
      "確認者は、電子契約サービスから届くメールを開き、契約書の内容を確かめて同意する方です。",
      "一つのメールアドレスを、二人の確認者に使うことはできません。",
      `記入したファイルをメールに添付し、${mailTo} へお送りください。押印は要りません。`,
    ],
    members: kind === "construction" ? [memberPart(2), memberPart(3)] : [],
  };
}
