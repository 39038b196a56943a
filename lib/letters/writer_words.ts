/**
 * How far the writer of a mail was confirmed, in words for officers.
 *
 * @module
 */
import type { WriterCheck, WriterWarning } from "../domain/writer_check.ts";
import type { Block, FieldRow } from "./letter.ts";

const WARNINGS: Readonly<Record<WriterWarning, string>> = {
  hidden_characters: "差出人の表示名に、目に見えない文字や、文字の向きを変える文字が含まれています。",
  names_other_address: "差出人の表示名に、実際の差出人とは別のメールアドレスが書かれています。",
  staff_name:
    "差出人の表示名に職員の氏名又は本サービスの名称が使われていますが、メールアドレスは登録されたものではありません。",
  look_alike_domain:
    "差出人のメールアドレスのドメインが、職員又は本サービスのものとよく似ています。一文字ずつご確認ください。",
  reply_elsewhere: "返信先（Reply-To）に、差出人とは別のドメインのメールアドレスが指定されています。",
};

/** The word on its own, for a row 「差出人の確認」. */
export const writerWord = ({ vouched }: WriterCheck): string =>
  vouched
    ? "確認済み（差出人のドメインから送られたメールです）"
    : "未確認（差出人のドメインから送られたことを確認できません。内容に心当たりがないときは、電話などでお確かめください）";

/** A sentence for each thing that may deceive. */
export const writerWarningWords = ({ warnings }: WriterCheck): string[] =>
  warnings.map((warning) => WARNINGS[warning]);

/** The row of a letter; none for what came by no mail. */
export const writerRows = (check: WriterCheck | null): FieldRow[] =>
  check ? [{ label: "差出人の確認", value: writerWord(check) }] : [];

/** The warnings of a letter; none where there is nothing to warn of. */
export function writerBlocks(check: WriterCheck | null): Block[] {
  const points = check ? writerWarningWords(check) : [];
  if (points.length === 0) return [];
  return [{ is: "heading", text: "差出人についてのご注意" }, { is: "points", points }];
}
