/**
 * The vendor's pages: the consent form as read, to be completed; or paper instead (R4, R8).
 *
 * @module
 */
import type { VNode } from "preact";
import {
  type ConsentForm,
  type FieldPath,
  fieldsOf,
  type FormProblem,
} from "../../lib/domain/consent_form.ts";
import { ConsentFormFields } from "../consent_form_fields.tsx";
import { problemWords, wrongWords } from "../form_words.ts";
import { Layout, Note } from "../layout.tsx";
import { Guard } from "../posted_form.tsx";

/** The words on the vendor's buttons. */
export const WORDS = { submit: "この内容で提出する", paper: "紙の契約書を希望する" } as const;

/** What the page shows. */
export type VendorPageProps = {
  readonly path: string;
  readonly form: ConsentForm;
  /** What is to be mended; shown at the top, and beside each field. */
  readonly problems: readonly FormProblem[];
  /** Whether it was just sent and did not pass. */
  readonly rejected: boolean;
  /** 提出日 as it was typed, when it is no day; else empty. */
  readonly typedDay: string;
  /** The field to go on with, after room was made for it. */
  readonly next: FieldPath | null;
  readonly submitGuard: string;
  readonly paperGuard: string;
};

const NO_DAY = "日付として読み取れません。例：令和8年12月1日";

/** All that is to be mended, each a link to its field. */
function Problems({ form, problems, rejected, typedDay }: VendorPageProps): VNode | null {
  if (problems.length === 0 && typedDay === "") return null;
  return (
    <Note tone={rejected ? "err" : "warn"} focus={rejected}>
      <h2>{rejected ? "まだ提出できません。次の項目を直してください。" : "ご確認ください"}</h2>
      <ul class="text-list">
        {typedDay !== "" && (
          <li>
            <a href="#submittedOn">「提出日」が、日付として読み取れません。</a>
          </li>
        )}
        {problems.map((problem) => (
          <li key={problem.field + problem.fault}>
            <a href={`#${problem.field}`}>{problemWords(form, problem)}</a>
          </li>
        ))}
      </ul>
    </Note>
  );
}

function Paper({ path, guard }: { readonly path: string; readonly guard: string }): VNode {
  return (
    <section class="card" id="paper">
      <h2>紙の契約書をご希望の場合</h2>
      <p class="lead">
        電子契約をご希望でないときは、紙の契約書で契約できます。不利になることはありません。
      </p>
      <form method="post" action={`${path}/paper`} class="stack">
        <Guard value={guard} />
        <label class="check">
          <input type="checkbox" name="sure" value="yes" required />
          <span>電子契約ではなく、紙の契約書で契約します</span>
        </label>
        <button class="btn ghost" type="submit">{WORDS.paper}</button>
      </form>
    </section>
  );
}

/** The form. */
export function VendorPage(props: VendorPageProps): VNode {
  const { path, form, problems, rejected, typedDay, next, submitGuard, paperGuard } = props;
  const blank = fieldsOf(form).every(({ value }) => value === "");
  const wrongs = wrongWords(problems);
  if (typedDay !== "") wrongs.set("submittedOn", NO_DAY);
  return (
    <Layout title={`${rejected ? "エラー：" : ""}電子契約同意書兼メールアドレス確認書`}>
      <section class="card">
        <h1>
          電子契約同意書<wbr />兼メールアドレス<wbr />確認書
        </h1>
        <p class="lead">
          {blank
            ? "同意書の内容をご記入ください。"
            : "読み取った内容を記入してあります。ご確認のうえ、足りないところや違うところを直してください。"}
        </p>
        <Problems {...props} />
        <form method="post" action={`${path}/submit`} class="stack">
          {/* The Enter key presses the first button of a form: that must not be one that only makes room. */}
          <button class="vh" type="submit" tabIndex={-1} aria-hidden="true">{WORDS.submit}</button>
          <Guard value={submitGuard} />
          <ConsentFormFields form={form} wrongs={wrongs} changeable next={next} typedDay={typedDay} />
          <button class="btn primary" type="submit">{WORDS.submit}</button>
        </form>
      </section>
      <Paper path={path} guard={paperGuard} />
    </Layout>
  );
}

/** After the form, or the wish for paper. */
export function VendorThanksPage({ paper }: { readonly paper: boolean }): VNode {
  return (
    <Layout title="受け付けました">
      <section class="card">
        <h1>受け付けました</h1>
        <p>
          {paper
            ? "紙の契約書をご希望であることを、担当課に知らせました。担当課からの連絡をお待ちください。"
            : "同意書の内容を担当課に知らせました。確認がすむと、契約書の確認依頼がメールで届きます。"}
        </p>
        <Note tone="ok">この画面は閉じてかまいません。</Note>
      </section>
    </Layout>
  );
}
