/**
 * What the letters are called when one speaks of another.
 *
 * @module
 */
import type { LetterKind } from "./letter_order.ts";

const WORDS: Readonly<Record<LetterKind, string>> = {
  "receipt": "同意書の受付のお知らせ",
  "form-problem": "同意書についての確認のお願い",
  "case-notice": "同意書の到着のお知らせ",
  "address-check": "確認者へのお知らせ（メールアドレスの確認）",
  "draft-summary": "送信前の確認",
  "refusal": "受け付けられない旨のお知らせ",
  "request": "確認依頼",
  "reminder": "確認依頼の再度のご案内",
  "declined": "「同意しない」との回答のお知らせ",
  "question": "質問・連絡のお知らせ",
  "withdrawn": "取消しのお知らせ",
  "corrected": "訂正・確認者の変更のお知らせ",
  "expired": "期限切れのお知らせ",
  "reopened": "再開のお知らせ",
  "paper": "紙の契約書を希望する旨のお知らせ",
  "link-requested": "新しいリンクの請求のお知らせ",
  "access-code-locked": "リンク停止のお知らせ",
  "sealing-delayed": "処理の遅れのお知らせ",
  "completion": "契約締結完了のお知らせ",
  "delivery-problem": "メール不達のお知らせ",
  "download-link": "ダウンロード用リンク",
  "documents-link": "契約書一覧のリンク",
  "status": "案件の状況",
  "verification": "電子署名の検証結果",
  "digest": "毎朝のお知らせ",
  "help": "ご利用案内",
};

/** What a letter of this kind is called. */
export const kindWords = (kind: LetterKind): string => WORDS[kind];
