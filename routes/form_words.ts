/**
 * What is wrong with a consent form, in words.
 *
 * @module
 */
import { type ConsentForm, type FormFault, type FormProblem, labelOf } from "../lib/domain/consent_form.ts";

const SAY: Readonly<Record<FormFault, string>> = {
  missing: "が空欄です。",
  bad_address: "が、メールアドレスとして正しくありません。",
  duplicate_address: "が、ほかの確認者と同じです。お一人のときは、確認者１だけをご記入ください。",
  cut_off: "が、途中で切れているようです。",
  confirmers_many: "があります。確認者が３名以上のときは、全員の確認に日数がかかります。",
};

/** One problem as a sentence. */
export function problemWords(form: ConsentForm, { field, fault }: FormProblem): string {
  return `「${labelOf(form, field)}」${SAY[fault]}`;
}
