/**
 * Repeats what was read off a consent form, field by field, so that a misread shows (R4), and says of each fault
 * what to do.
 *
 * @module
 */
import {
  type ConsentForm,
  fieldsOf,
  type FormFault,
  type FormProblem,
  labelOf,
  problemsOf,
} from "../domain/consent_form.ts";
import { dayWords } from "./words.ts";
import type { FieldRow } from "./letter.ts";

const MARKS: Readonly<Record<FormFault, string>> = {
  missing: "読み取れませんでした",
  bad_address: "メールアドレスの形になっていません",
  duplicate_address: "ほかの確認者と同じメールアドレスです",
  cut_off: "文字が途中で切れているようです",
  unsure: "正しく読み取れていないおそれがあります",
  confirmers_many: "確認者が３名以上記入されています",
};

const ADVICE: Readonly<Record<FormFault, (label: string) => string>> = {
  missing: (label) => `「${label}」が読み取れませんでした。正しい内容をお知らせください。`,
  bad_address: (label) =>
    `「${label}」は、メールアドレスの形になっていません。「@」の前後、全角文字や空白の混入をご確認のうえ、` +
    "正しいメールアドレスをお知らせください。",
  duplicate_address: (label) =>
    `「${label}」が、ほかの確認者と同じです。確認者ごとに異なるメールアドレスが必要です。` +
    "お一人で確認される場合は、確認者１のみをご記入ください。",
  cut_off: (label) => `「${label}」の文字が欄の端で切れているようです。省略のない内容をお知らせください。`,
  unsure: (label) =>
    `「${label}」を正しく読み取れていないおそれがあります。「読み取った内容」をご覧いただき、` +
    "違っていましたら正しい内容をお知らせください。",
  confirmers_many: () =>
    "確認者が３名以上記入されています。このままでも手続きできますが、お間違いがないかご確認ください。",
};

/** Every field with what was read; a field that has a fault says which. */
export function readBack(form: ConsentForm): FieldRow[] {
  const problems = problemsOf(form);
  return fieldsOf(form).map(({ path, label, value }) => {
    const problem = problems.find((each) => each.field === path);
    const shown = path === "submittedOn" && value !== "" ? dayWords(value) : value;
    const row = { label, value: shown === "" ? "（空欄）" : shown };
    return problem ? { ...row, mark: MARKS[problem.fault] } : row;
  });
}

const adviceOn = (form: ConsentForm) => (problem: FormProblem): string =>
  ADVICE[problem.fault](labelOf(form, problem.field));

/** What must be mended before a contract can be sent, one sentence a fault. */
export function blockingAdvice(form: ConsentForm): string[] {
  return problemsOf(form).filter((problem) => problem.blocking).map(adviceOn(form));
}

/** What should be looked at, though nothing waits for it. */
export function furtherAdvice(form: ConsentForm): string[] {
  return problemsOf(form).filter((problem) => !problem.blocking).map(adviceOn(form));
}
