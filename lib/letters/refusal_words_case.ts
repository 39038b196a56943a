/**
 * What a case refuses, in words for people who write letters to it.
 *
 * @module
 */
import type { RefusalCode } from "../domain/refusal.ts";

const ASK_PAGE = "案件ページで現在の状況をご確認ください。";

/** Reason and remedy for each refusal of a case. */
export const CASE_WORDS: Readonly<Record<RefusalCode, { readonly reason: string; readonly remedy: string }>> =
  {
    already_agreed: { reason: "すでに同意・承認が済んでいます。", remedy: "お手続きは必要ありません。" },
    already_sent: {
      reason: "この案件の契約書は、すでに送信されています。",
      remedy:
        "内容を改める場合は、案件ページの「訂正版を送る」から、取りやめる場合は「取り消す」から手続きしてください。",
    },
    agreement_closed: {
      reason: "契約日を過ぎたため、同意・承認の受付を終了しています。",
      remedy: "続ける場合は、契約担当者が案件ページの「再開する」から理由を入力してください。" +
        "契約書に契約日の記載があるときは、「訂正版を送る」から、契約日を改めたPDFをお送りください。",
    },
    amendment_of_construction: {
      reason: "建設工事等・建設工事関連業務委託の変更契約は、電子契約の対象外です。",
      remedy: "書面で変更契約を結んでください。訂正した契約書と覚書は、電子契約で手続きできます。",
    },
    approver_missing: {
      reason: "承認者（県側）が設定されていません。",
      remedy: "本文に「承認者: 氏名 メールアドレス」と書くか、所属の承認者の設定を管理者にご確認ください。",
    },
    case_closed: {
      reason: "この案件は、お断り又は取消しにより終了しています。",
      remedy: "電子契約で手続きする場合は、あらためて同意書の提出を受けてください。",
    },
    case_executed: {
      reason: "この案件の契約は、すでに締結されています。締結後の取消しや差替えはできません。",
      remedy:
        "訂正した契約書、変更契約又は覚書は、この案件のページの「締結後の手続き」から、新しい案件として始めてください。" +
        "契約書のPDFは、新しい案件のお知らせに返信してお送りください。",
    },
    case_paper: {
      reason: "この案件は、事業者の希望により、紙の契約書で手続きすることになっています。",
      remedy:
        "紙の契約書で手続きしてください。電子契約に戻す場合は、返信ではなく新しいメールで、あらためて同意書をご提出いただいてください。",
    },
    code_locked: {
      reason: "アクセスコードの誤入力により、リンクが停止しています。",
      remedy: "契約担当者が案件ページから再送してください。",
    },
    code_missing: {
      reason: "アクセスコードの確認が済んでいません。",
      remedy: "リンクの画面でアクセスコードを入力してください。",
    },
    contract_date_missing: {
      reason: "契約日が入力されていません。",
      remedy: "本文に「契約日: 令和8年12月1日」のように書くか、確認画面で入力してください。",
    },
    contract_date_past: {
      reason: "契約日が過去の日付です。契約日は、送信する日以後の日付にする必要があります。",
      remedy: "契約日を改めてください。契約書に日付の記載がある場合は、契約書も改めてお送りください。",
    },
    contract_date_shown: {
      reason: "契約日を過ぎており、その契約日が契約書のPDFに記載されているため、再開だけでは続けられません。",
      remedy: "案件ページの「訂正版を送る」から、契約日を改めたPDFと新しい契約日をお送りください。",
    },
    documents_too_many: {
      reason: "書類の数、又は書類の数と確認・承認される方の人数を合わせた規模が上限を超えています。",
      remedy: "書類をまとめて、数を減らしてお送りください。",
    },
    followers_too_many: {
      reason: "この契約に続く案件の数が、上限に達しています。",
      remedy: "最も新しい案件のページから始めてください。",
    },
    form_incomplete: {
      reason: "同意書に、送信に必要な項目の不足又は誤りがあります。",
      remedy: "案件ページの「読み取りを直す」で補うか、事業者に訂正をご依頼ください。",
    },
    link_expired: {
      reason: "リンクの有効期限が過ぎています。",
      remedy: "リンク先の画面から、新しいリンクを請求してください。",
    },
    link_superseded: {
      reason: "契約書の訂正又は確認者の変更により、このリンクは使えなくなりました。",
      remedy: "順番になりましたら、新しい確認依頼のメールが届きます。",
    },
    link_void: {
      reason: "このリンクは、新しいものに替わったため使えません。",
      remedy: "最後に届いたメールのリンクをお使いください。",
    },
    no_documents: {
      reason: "契約書のPDFがありません。",
      remedy: "契約書のPDFを添付するか、案件ページからアップロードしてください。",
    },
    no_draft: { reason: "契約書がまだ提出されていません。", remedy: "先に契約書のPDFをお送りください。" },
    no_proposal: { reason: "受入れを待っている同意書はありません。", remedy: ASK_PAGE },
    not_awaited: {
      reason: "現在は、その方の手続きの番ではありません。",
      remedy: ASK_PAGE,
    },
    not_declared: {
      reason: "電子契約の対象となる書類（契約書又はその覚書）であることの確認がされていません。",
      remedy:
        "確認画面で、書類の種類を確かめてから送信してください。それ以外の書類は、電子契約の対象外です。",
    },
    not_executed: {
      reason: "この案件の契約は、まだ締結されていません。",
      remedy: "締結前の内容の訂正は、案件ページで手続きしてください。",
    },
    not_sealed_yet: {
      reason: "電子署名の処理が続いています。",
      remedy: "しばらくお待ちいただき、時間をおいてもう一度お試しください。",
    },
    not_sent_yet: {
      reason: "この案件の契約書は、まだ送信されていません。",
      remedy:
        "契約書を差し替える場合は、案件のメールにPDFを添付して返信するか、案件ページの「契約書を出す」から" +
        "お出しください。確認者は「読み取りを直す」で改められます。",
    },
    nothing_changed: {
      reason: "先に送った内容と変わったところがありません。",
      remedy:
        "改める内容をご確認ください。同じ内容で続ける場合は、案件ページの「再送する」をお使いください。",
    },
    parties_overlap: {
      reason: "確認者のメールアドレスが、県側の担当者、承認者又は本サービスのアドレスと同じです。",
      remedy: "確認者のメールアドレスを事業者にご確認ください。",
    },
    parties_too_many: {
      reason: "確認・承認される方又は共有先の人数が上限を超えています。",
      remedy: "人数を減らしてください。",
    },
    summary_changed: {
      reason: "確認画面を開いた後に、内容が変わりました。",
      remedy: "新しい内容をご確認のうえ、もう一度送信してください。",
    },
    term_missing: {
      reason: "契約期間が入力されていません。",
      remedy: "本文に「契約期間: 2026-12-01〜2027-03-31」のように書くか、確認画面で入力してください。",
    },
    term_too_long: {
      reason: "契約期間が10年を超えており、タイムスタンプの有効期間に収まりません。",
      remedy: "紙の契約書によるか、システムの管理者にご相談ください。",
    },
    text_too_long: {
      reason: "文章が長すぎます。",
      remedy: "短くまとめてお送りください。長い資料は、担当者へ直接お送りください。",
    },
    too_often: {
      reason: "短い時間に再送が繰り返されたため、今回は送りませんでした。",
      remedy:
        "先にお送りしたメールが届いていないか、先方にご確認ください。1時間ほどおくと、また再送できます。",
    },
    unknown_party: { reason: "この案件の当事者ではありません。", remedy: ASK_PAGE },
  };
