/**
 * What is told to an officer whose act a case refuses, where the words for everyone would lead astray: what is still
 * to be mended before sending is to be changed after it.
 *
 * @module
 */
import type { Case } from "../../lib/domain/case.ts";
import type { Refusal, RefusalCode } from "../../lib/domain/refusal.ts";
import { type Answer, answer } from "../answer.ts";
import type { Desk } from "../desk.ts";
import { answerPage, refusalPage } from "../refusal_page.tsx";

type Words = Readonly<Partial<Record<RefusalCode, Answer>>>;

const ALWAYS: Words = {
  not_awaited: answer(
    409,
    "いまは操作できません",
    "案件の状況が変わったため、この操作はできませんでした。",
    "案件のページに戻り、いまの状況をご確認ください。",
  ),
  agreement_closed: answer(
    409,
    "契約日を過ぎています",
    "契約日を過ぎたため、同意の受付を終了しています。このままでは続けられません。",
    "続けるときは「再開する」で理由を入力するか、「訂正版を送る」で契約日を改めてから、もう一度お試しください。",
  ),
};

const ONCE_SENT: Words = {
  form_incomplete: answer(
    409,
    "確認者をご確認ください",
    "確認者の氏名またはメールアドレスに、空欄や誤り、ほかの確認者との重複があります。何も送信していません。",
    "案件のページに戻り、確認者の氏名とメールアドレスを入力し直してください。",
  ),
  parties_overlap: answer(
    409,
    "確認者をご確認ください",
    "確認者のメールアドレスが、発注者側の職員、承認者、本サービスまたはほかの確認者のものと同じです。何も送信していません。",
    "事業者に正しいメールアドレスを確かめ、案件のページで入力し直してください。",
  ),
  contract_date_past: answer(
    409,
    "新しい契約日が必要です",
    "契約日が過去の日付です。契約日には、本日以降の日付が必要です。何も送信していません。",
    "契約日を改めたPDFを選び、「契約日」に新しい日付を入力して、もう一度「訂正版を送る」を押してください。",
  ),
};

/** The page for a refused act of an officer on a case as it then was. */
export function officerRefusal(
  desk: Desk,
  refusal: Refusal,
  { state, back }: { readonly state: Case; readonly back: string },
): Response {
  const words = ALWAYS[refusal.refused] ??
    (state.sentAt === null ? undefined : ONCE_SENT[refusal.refused]);
  return words ? answerPage(desk.pages, words, { back }) : refusalPage(desk.pages, refusal, { back });
}
