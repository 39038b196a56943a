/**
 * The consent forms of both kinds as the service offers them to download (R1): what stands on them, whatever the file.
 * The labels are those that the readers know.
 *
 * @module
 */
import { type FormKind, kindLabel } from "../domain/consent_form.ts";

/** One field: its label, and what to write, in small print. */
export type BlankRow = { readonly label: string; readonly help: string };

/** A form to fill in. */
export type BlankForm = {
  readonly title: string;
  /** Which kind of contract it is for. */
  readonly mark: string;
  /** What whoever fills it in agrees to. */
  readonly consent: string;
  readonly rows: readonly BlankRow[];
  readonly notes: readonly string[];
};

/** Who the forms are for: an addressee as an example, and where they are to be mailed. */
export type FormReceiver = { readonly addressee: string; readonly mailTo: string };

const row = (label: string, help = ""): BlankRow => ({ label, help });

/** The form for a kind of contract. */
export function blankForm(kind: FormKind, { addressee, mailTo }: FormReceiver): BlankForm {
  return {
    title: "電子契約同意書兼メールアドレス確認書",
    mark: `様式（${kindLabel(kind)}）`,
    consent: "次の契約について、電子契約サービスを利用して契約を締結することに同意します。" +
      "電子契約に利用するメールアドレスは、次のとおりです。",
    rows: [
      row("提出日", "令和○年○月○日"),
      row("宛名", `例：${addressee}`),
      row("住所又は所在地"),
      row("商号又は名称"),
      row("代表者職氏名", "支店長などが代わるときは、その職氏名"),
      row("担当者氏名"),
      row("電話番号"),
      row("契約名"),
      row("確認者１ 氏名", "契約を締結する権限のある方"),
      row("確認者１ メールアドレス"),
      row("確認者２ 氏名", "任意。確認者１より先に内容を確かめる方"),
      row("確認者２ メールアドレス", "任意。確認者１とは別のもの"),
    ],
    notes: [
      "確認者は、電子契約サービスから届くメールを開き、契約書の内容を確かめて同意する方です。",
      "一つのメールアドレスを、二人の確認者に使うことはできません。",
      `記入したファイルをメールに添付し、${mailTo} へお送りください。押印は要りません。`,
    ],
  };
}
