/**
 * Kind words for a consent form that can't be read: what happened, and what helps.
 *
 * @module
 */
import type { UnreadableFormCode } from "../forms/consent_reading.ts";

/** What happened, and what to do. */
export type UnreadableWords = {
  readonly what: string;
  readonly remedy: string;
  /** What happened, as officers are told. */
  readonly told: string;
};

const WORDS: Readonly<Record<UnreadableFormCode, UnreadableWords>> = {
  encrypted: {
    told: "提出されたファイルにパスワードがかかっており、読み取ることができませんでした。",
    what: "ご提出いただいたファイルにパスワードがかかっており、開くことができませんでした。" +
      "（パスワード付きZIPを含みます。別のメールでお送りいただいたパスワードは使用しません。）",
    remedy: "お手数ですが、パスワードをかけずに同意書のファイルを添付し、このメールに返信してください。",
  },
  scanned: {
    told: "提出されたファイルが画像（スキャンや写真）のため、読み取ることができませんでした。",
    what: "ご提出いただいたファイルは画像（スキャンや写真）のため、文字を読み取ることができませんでした。",
    remedy: "お手数ですが、文字の入ったPDF、Word（.docx）又はExcel（.xlsx）の同意書を添付し、" +
      "このメールに返信してください。",
  },
  old_format: {
    told: "提出されたファイルの形式に対応していないため、読み取ることができませんでした。",
    what: "ご提出いただいたファイルの形式には対応しておらず、読み取ることができませんでした。",
    remedy: "お手数ですが、PDF、Word（.docx）又はExcel（.xlsx）の形式で保存し直して添付し、" +
      "このメールに返信してください。",
  },
  damaged: {
    told: "提出されたファイルが壊れているか、大きすぎるため、読み取ることができませんでした。",
    what: "ご提出いただいたファイルが壊れているか、大きすぎるため、読み取ることができませんでした。",
    remedy:
      "お手数ですが、ファイルが開けることをご確認のうえ、もう一度添付し、このメールに返信してください。",
  },
  too_slow: {
    told: "提出されたファイルの作りが複雑すぎるため、読み取ることができませんでした。",
    what: "ご提出いただいたファイルの作りが複雑なため、決められた時間内に読み取ることができませんでした。",
    remedy: "お手数ですが、Word（.docx）若しくはExcel（.xlsx）の同意書、又は作り直したPDFを添付し、" +
      "このメールに返信してください。",
  },
  no_form: {
    told: "届いたメールの中に、同意書が見つかりませんでした。",
    what: "いただいたメールの中に、電子契約同意書兼メールアドレス確認書が見つかりませんでした。",
    remedy: "お手数ですが、ご記入済みの同意書（PDF、Word又はExcel）を添付し、このメールに返信してください。",
  },
};

/** The words for a code; those for a damaged file when the code is unknown. */
export function unreadableWords(code: string): UnreadableWords {
  return Object.hasOwn(WORDS, code) ? WORDS[code as UnreadableFormCode] : WORDS.damaged;
}
