/**
 * How an officer hands a contract in by mail (R10, R11), as letters explain it.
 *
 * @module
 */
import type { Block } from "./letter.ts";

/** The explanation. */
export const HAND_IN: readonly Block[] = [
  { is: "heading", text: "契約書の提出方法" },
  {
    is: "paragraph",
    text: "このメールに、契約書のPDF（覚書等があればあわせて）を添付して返信してください。" +
      "メールの容量を超える場合は、案件ページからアップロードできます。\n" +
      "本文に次の項目を１行に１つずつ書くと、読み取って反映します（書かなかった項目は画面で入力できます）。",
  },
  // In 「」 and with ○ for figures: quoted back without marks, these lines must not read as an officer's own.
  {
    is: "points",
    points: [
      "「契約日: 令和○年○月○日」（送信する日以後の日付）",
      "「契約名: ○○○○」（同意書の契約名と異なる場合）",
      "「契約期間: 令和○年○月○日〜令和○年○月○日」",
      "「契約金額: ○○○円」",
      "「アクセスコード: ○○○○」（設定する場合。確認者へは電話など別の方法でお伝えください）",
      "「共有: メールアドレス」（締結後の契約書を受け取る方）",
      "「承認者: 氏名 メールアドレス」（通常と異なる場合）",
    ],
  },
  {
    is: "paragraph",
    text: "返信だけで契約書が事業者に送られることはありません。内容の確認画面をお送りしますので、" +
      "「この内容で送信する」を押したときに送信されます。",
  },
];
