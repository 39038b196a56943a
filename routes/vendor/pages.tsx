/**
 * The vendor's pages: the consent form as read, to be completed; or paper instead (R4, R8).
 *
 * @module
 */
import type { VNode } from "preact";
import { type ConsentForm, fieldsOf, type FormProblem } from "../../lib/domain/consent_form.ts";
import { ConsentFormFields } from "../consent_form_fields.tsx";
import { problemWords } from "../form_words.ts";
import { Layout, Note } from "../layout.tsx";
import { Guard } from "../posted_form.tsx";

/** The words on the vendor's buttons. */
export const WORDS = { submit: "この内容で提出する", paper: "紙の契約書を希望する" } as const;

/** What the page shows. */
export type VendorPageProps = {
  readonly path: string;
  readonly form: ConsentForm;
  /** What is to be mended; shown at the top. */
  readonly problems: readonly FormProblem[];
  /** Whether it was just sent and did not pass. */
  readonly rejected: boolean;
  readonly submitGuard: string;
  readonly paperGuard: string;
  readonly members: number;
};

/** The form. */
export function VendorPage(props: VendorPageProps): VNode {
  const { path, form, problems, rejected, submitGuard, paperGuard, members } = props;
  const blank = fieldsOf(form).every(({ value }) => value === "");
  return (
    <Layout title="電子契約同意書兼メールアドレス確認書">
      <section class="card">
        <h1>
          電子契約同意書<wbr />兼メールアドレス<wbr />確認書
        </h1>
        <p class="lead">
          {blank
            ? "同意書の内容をご記入ください。"
            : "読み取った内容を記入してあります。ご確認のうえ、足りないところや違うところを直してください。"}
        </p>
        {problems.length > 0 && (
          <Note tone={rejected ? "err" : "warn"} alert={rejected}>
            <b>{rejected ? "まだ提出できません。次の項目を直してください。" : "ご確認ください"}</b>
            <ul class="text-list">
              {problems.map((problem) => (
                <li key={problem.field + problem.fault}>{problemWords(form, problem)}</li>
              ))}
            </ul>
          </Note>
        )}
        <form method="post" action={`${path}/submit`} class="stack">
          <Guard value={submitGuard} />
          <ConsentFormFields form={form} problems={problems} />
          <p>
            <a class="link" href={`${path}?members=${members + 1}`}>共同企業体の構成員を追加する</a>
          </p>
          <button class="btn primary" type="submit">{WORDS.submit}</button>
        </form>
      </section>
      <section class="card" id="paper">
        <h2>紙の契約書をご希望の場合</h2>
        <p class="lead">
          電子契約をご希望でないときは、紙の契約書で契約できます。不利になることはありません。
        </p>
        <form method="post" action={`${path}/paper`} class="stack">
          <Guard value={paperGuard} />
          <label class="check">
            <input type="checkbox" name="sure" value="yes" required />
            <span>電子契約ではなく、紙の契約書で契約します</span>
          </label>
          <button class="btn ghost" type="submit">{WORDS.paper}</button>
        </form>
      </section>
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
