/**
 * A consent form, and what is wrong with it, in words.
 *
 * @module
 */
import {
  type ConsentForm,
  type FieldPath,
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

const BESIDE: Readonly<Record<FormFault, string>> = {
  missing: "入力してください。",
  bad_address: "メールアドレスの形になっていません。「@」の前後をご確認ください。",
  duplicate_address: "ほかの確認者と同じメールアドレスです。お一人のときは、確認者１だけをご記入ください。",
  cut_off: "途中で切れているようです。続きをご記入ください。",
  unsure: "正しく読み取れていないおそれがあります。ご確認ください。",
  confirmers_many: "",
};

/** What is wrong with each field, in words that stand beside it; of several things the first. */
export function wrongWords(problems: readonly FormProblem[]): Map<FieldPath, string> {
  const wrongs = new Map<FieldPath, string>();
  for (const { field, fault } of problems) {
    if (BESIDE[fault] !== "" && !wrongs.has(field)) wrongs.set(field, BESIDE[fault]);
  }
  return wrongs;
}

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
