/**
 * What the mailbox says of mails: their kind, and what became of them.
 *
 * @module
 */
import type { InboxFate } from "../../lib/flows/receive_mail.ts";
import { kindWords } from "../../lib/letters/kind_words.ts";
import type { LetterKind } from "../../lib/letters/letter_order.ts";

const FATES: Readonly<Record<InboxFate, string>> = {
  waiting: "処理待ち",
  opened: "案件を開始",
  proposed: "差し替え案として受付",
  drafted: "契約書を受付",
  answered: "自動で返信",
  passed_on: "担当者へ取次ぎ",
  bounce: "不達の知らせ",
  automatic: "自動メール（返信なし）",
  duplicate: "重複",
  unanswerable: "返信できない差出人",
};

/** What became of a mail that came in. */
export const fateWords = (fate: InboxFate): string => FATES[fate];

/** What a letter is called by its header `X-Warifu-Kind`; empty for none. */
export const headerKindWords = (kind: string | null): string =>
  kind === null ? "" : kindWords(kind as LetterKind) ?? kind;
