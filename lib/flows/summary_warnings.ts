/**
 * What the officer should look at before sending, in words (R12). Nothing here stops the sending.
 *
 * @module
 */
import type { Case } from "../domain/case.ts";
import { type FormFault, labelOf, problemsOf, signingOrder } from "../domain/consent_form.ts";
import { daysBetween, type Instant, jstDay } from "../domain/instant.ts";
import { readDetail } from "./warning_detail.ts";

/** One thing to look at; `file` names the document that it is about. */
export type SummaryWarning = {
  readonly code: string;
  readonly sentence: string;
  readonly file: string | null;
};

/** With several confirmers each needs time: fewer days than this are near. */
const NEAR_DAYS = 4;

const SENTENCES: Readonly<Record<string, string>> = {
  company_not_found:
    "同意書の商号又は名称が、契約書の本文に見つかりませんでした。名義人と一致しているかご確認ください。",
  representative_not_found:
    "同意書の代表者職氏名が、契約書の本文に見つかりませんでした。名義人と一致しているかご確認ください。",
  title_not_found: "契約名が、契約書の本文に見つかりませんでした。契約名をご確認ください。",
  contract_date_not_found:
    "契約日が、契約書の本文に見つかりませんでした。契約書に記載した日付と同じかご確認ください。",
  fonts_not_embedded:
    "フォントが埋め込まれていません。相手方の端末で文字の形が変わることがあります。PDF/A での保存をお勧めします。",
  already_signed: "すでに電子署名が付いています。その署名は残したまま、新しい署名を重ねます。",
  signature_broken:
    "すでに付いている電子署名に、壊れているもの又は署名の後に内容が変えられたものがあります。正しいPDFかご確認ください。",
  normalised: "PDF の構造に壊れた箇所があったため、内容を変えずに整え直しました。表示をご確認ください。",
  trailing_bytes: "PDF の末尾に余分なデータがあります。内容には影響しません。",
  code_in_copy:
    "アクセスコードを書いたメールが、事業者にも届いています。別のアクセスコードを設定し、電話などでお伝えください。",
};

const FORM_SENTENCES: Readonly<Record<FormFault, string>> = {
  missing: "が空欄です。",
  bad_address: "がメールアドレスとして正しくありません。",
  duplicate_address: "が他の確認者と同じです。",
  cut_off: "が途中で切れているようです。",
  unsure: "は、正しく読み取れていないおそれがあります。届いた同意書と見比べてください。",
  confirmers_many: "以降の確認者があります。確認者が３名以上になっています。",
};

/** Warnings about the files alone. */
export function fileWarnings(state: Case): SummaryWarning[] {
  return (state.draft?.documents ?? []).flatMap(({ name, warnings }) =>
    warnings.map((warning) => {
      const { code, detail } = readDetail(warning);
      const sentence = SENTENCES[code] ?? "内容をご確認ください。";
      return { code, sentence: detail === "" ? sentence : `${sentence}（${detail}）`, file: name };
    })
  );
}

function formWarnings({ form }: Case): SummaryWarning[] {
  if (!form) {
    const sentence = "同意書を読み取れていません。「読み取りを直す」から内容を入力してください。";
    return [{ code: "form_missing", sentence, file: null }];
  }
  return problemsOf(form).map(({ fault, field }) => ({
    code: `form_${fault}`,
    sentence: `同意書の「${labelOf(form, field)}」${FORM_SENTENCES[fault]}`,
    file: null,
  }));
}

function dateWarnings({ form, draft }: Case, at: Instant): SummaryWarning[] {
  const contractDate = draft?.contractDate;
  const confirmers = form ? signingOrder(form).length : 0;
  if (!contractDate || confirmers < 2) return [];
  const days = daysBetween(jstDay(at), contractDate);
  if (days >= NEAR_DAYS) return [];
  const left = days <= 0 ? "本日" : `あと${days}日`;
  const sentence = `確認者が${confirmers}名いますが、契約日まで${left}です。` +
    "期日までに全員が確認できるかご確認ください。";
  return [{ code: "contract_date_near", sentence, file: null }];
}

/** 変更契約 of construction is out of scope (R14): a name that says so is worth a look. */
function scopeWarnings({ form, draft }: Case): SummaryWarning[] {
  const names = [draft?.title ?? "", ...draft?.documents.map(({ name }) => name) ?? []];
  const amends = names.some((name) => /変更.{0,6}契約|契約.{0,6}変更/.test(name.normalize("NFKC")));
  if (form?.kind !== "construction" || !amends) return [];
  const sentence = "建設工事等・建設工事関連業務委託の変更契約は、電子契約の対象外です。" +
    "書類が変更契約でないかご確認ください。";
  return [{ code: "amendment_of_construction", sentence, file: null }];
}

/** All warnings of a case with a draft, those about the form first. */
export function warningsOf(state: Case, at: Instant): SummaryWarning[] {
  return [
    ...formWarnings(state),
    ...scopeWarnings(state),
    ...dateWarnings(state, at),
    ...fileWarnings(state),
  ];
}
