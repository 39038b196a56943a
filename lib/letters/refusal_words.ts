/**
 * Why something was not done, and what to do, in words for people: one pair for every reason that a letter can
 * give (R13, R14).
 *
 * @module
 */
import type { RefusalCode } from "../domain/refusal.ts";
import type { UploadFault } from "../pdf/upload_check.ts";
import { CASE_WORDS } from "./refusal_words_case.ts";
import type { MailRefusal, RefusalReason } from "./letter_order.ts";

/** A reason and its remedy. */
export type RefusalWords = { readonly reason: string; readonly remedy: string };

const MAIL_WORDS: Readonly<Record<MailRefusal, RefusalWords>> = {
  not_officer: {
    reason: "契約書を提出できるのは、その案件を担当する所属の契約担当者に限られます。",
    remedy:
      "契約担当者として登録されたメールアドレスからお送りください。登録の変更は、システムの管理者にご連絡ください。",
  },
  unknown_case: {
    reason: "案件番号が書かれていないか、その番号の案件が見つかりませんでした。",
    remedy:
      "「同意書が届きました」のメールに返信するか、件名に案件番号（例：R8-000123）を書いてお送りください。",
  },
  no_pdf: {
    reason: "契約書のPDFが添付されていませんでした。",
    remedy: "契約書をPDF形式で保存し、添付してお送りください。",
  },
  form_after_execution: {
    reason: "この案件の契約は、すでに締結されています。締結後に、同意書を差し替えることはできません。",
    remedy:
      "契約の訂正や変更が必要なときは、担当課にご連絡ください。担当者が、新しい案件として手続きを始めます。" +
      "別の契約の同意書は、このメールへの返信ではなく、新しいメールでお送りください。",
  },
  several_forms: {
    reason:
      "１通のメールに、複数の契約の同意書が添付されていました。ほかの１件は受け付け、次の同意書は受け付けていません。",
    remedy: "お手数ですが、受け付けていない同意書を、１通のメールに１件ずつ添付してお送りください。",
  },
  several_writers: {
    reason: "差出人（From）が一人に定まらないため、受け付けられませんでした。",
    remedy: "差出人を一人にして、もう一度お送りください。",
  },
  not_authenticated: {
    reason: "差出人のメールアドレスが正しいことを確認できませんでした（送信ドメイン認証）。",
    remedy: "契約書の提出などの手続きは、受付のお知らせにある案件のページでお進めください。",
  },
  bad_line: {
    reason: "本文に書かれた項目を読み取れませんでした。",
    remedy: "「契約日: 令和8年12月1日」のように、１行に１項目ずつ書いてお送りください。",
  },
  unreadable_mail: {
    reason: "メールの形式を読み取ることができませんでした。",
    remedy: "添付ファイルを確認し、通常のメールとしてもう一度お送りください。",
  },
};

const MAKE_ANEW = "元の文書からPDFを作り直してお送りください。";

const DANGEROUS = "契約書に不要な仕組み（スクリプト、送信ボタン、ほかのファイルへのリンクなど）を取り除き、" +
  "元の文書からPDFを作り直してお送りください。";

const FILE_WORDS: Readonly<Record<UploadFault, RefusalWords>> = {
  not_pdf: {
    reason: "PDFファイルではありません。",
    remedy: "契約書をPDF形式で保存し直してお送りください。",
  },
  truncated: { reason: "PDFが途中で切れていて、終わりまで届いていません。", remedy: MAKE_ANEW },
  bad_xref: {
    reason: "PDFの索引（相互参照表）が壊れていて、直すことができません。",
    remedy: MAKE_ANEW,
  },
  malformed: { reason: "PDFの中身が壊れているため、正しく読み取れません。", remedy: MAKE_ANEW },
  bomb: {
    reason: "PDFの中身が異常に大きく展開されるか、異常に複雑なため、安全に扱えません。",
    remedy: MAKE_ANEW,
  },
  no_pages: { reason: "PDFにページがありません。", remedy: "内容の入ったPDFをお送りください。" },
  encrypted: {
    reason: "PDFにパスワード又は編集制限がかかっています。",
    remedy: "パスワードや制限を外して保存し直したPDFをお送りください。",
  },
  docmdp_locked: {
    reason: "PDFに変更を認めない証明用の署名が付いているため、電子署名を追加できません。",
    remedy: "その署名を付ける前のPDFをお送りください。",
  },
  xfa: {
    reason: "PDFがXFA形式のフォームで作られているため、表示や署名を正しく行えません。",
    remedy: "印刷機能などで通常のPDFに変換してお送りください。",
  },
  javascript: { reason: "PDFにスクリプト（JavaScript）が含まれています。", remedy: DANGEROUS },
  launch_action: {
    reason: "PDFに、ほかのプログラムやファイルを開く、又はデータを送信する仕組みが含まれています。",
    remedy: DANGEROUS,
  },
  embedded_files: {
    reason: "PDFの中に別のファイル（動画や音声などを含みます）が添付されています。",
    remedy: "添付を取り除いたPDFをお送りください。必要な書類は、それぞれ別のPDFとしてお送りください。",
  },
  too_large: {
    reason: "PDFの容量が上限を超えています。",
    remedy: "画像の解像度を下げるなどして容量を小さくするか、書類を分けてお送りください。",
  },
  too_many_pages: {
    reason: "PDFのページ数が上限を超えています。",
    remedy: "書類を分けて、それぞれ別のPDFとしてお送りください。",
  },
};

const WORDS: Readonly<Record<MailRefusal | RefusalCode | UploadFault, RefusalWords>> = {
  ...CASE_WORDS,
  ...FILE_WORDS,
  ...MAIL_WORDS,
};

/** The words for a reason. */
export const refusalWords = (code: RefusalReason["code"]): RefusalWords => WORDS[code];
