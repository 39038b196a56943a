/**
 * A consent form, and what is wrong with it, in words.
 *
 * @module
 */
import {
  type ConsentForm,
  fieldsOf,
  type FormFault,
  type FormProblem,
  labelOf,
} from "../lib/domain/consent_form.ts";
import { dayWords } from "./words.ts";

const SAY: Readonly<Record<FormFault, string>> = {
  missing: "が空欄です。",
  bad_address: "が、メールアドレスとして正しくありません。",
  duplicate_address: "が、ほかの確認者と同じです。お一人のときは、確認者１だけをご記入ください。",
  cut_off: "が、途中で切れているようです。",
  unsure: "は、正しく読み取れていないおそれがあります。",
  confirmers_many: "まで、確認者が３名以上います。全員の確認に日数がかかることがあります。",
};

/** One problem as a sentence. */
export function problemWords(form: ConsentForm, { field, fault }: FormProblem): string {
  return `「${labelOf(form, field)}」${SAY[fault]}`;
}

/** Every field with what was read, as people write it. */
export function fieldRows(form: ConsentForm): (readonly [string, string])[] {
  return fieldsOf(form).map(({ path, label, value }) => {
    const shown = path === "submittedOn" && value !== "" ? dayWords(value) : value;
    return [label, shown === "" ? "（空欄）" : shown];
  });
}
