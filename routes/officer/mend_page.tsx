/**
 * The consent form as read, beside the form as it came: to be looked at, or mended with 「読み取りを直す」 (R5).
 *
 * @module
 */
import type { VNode } from "preact";
import { type ConsentForm, labelOf, problemsOf } from "../../lib/domain/consent_form.ts";
import { ConsentFormFields } from "../consent_form_fields.tsx";
import { fieldRows, wrongWords } from "../form_words.ts";
import { Facts, Layout, Note } from "../layout.tsx";
import { Guard } from "../posted_form.tsx";
import { WORDS } from "./parts.tsx";

/** What may have been misread, with the place at which to look. */
function Unsure({ form }: { readonly form: ConsentForm }): VNode | null {
  if (!form.unsure?.length) return null;
  return (
    <Note tone="warn">
      <b>正しく読み取れていないおそれがあるところ</b>
      <ul class="text-list">
        {form.unsure.map(({ field, source }) => (
          <li key={field}>{`「${labelOf(form, field)}」（${source || "場所不明"}から読み取り）`}</li>
        ))}
      </ul>
    </Note>
  );
}

/** What both pages show: what was read on one side, what came on the other; on a phone one below the other. */
export type BesideProps = {
  readonly path: string;
  readonly form: ConsentForm;
  readonly side: string;
  /** Null when no mail brought the form. */
  readonly original: VNode | null;
};

/** The page on which it is mended. */
export function MendPage(
  { path, guard, form, side, original }: BesideProps & { readonly guard: string },
): VNode {
  return (
    <Layout title={WORDS.mend} side={side} wide>
      <h1>{WORDS.mend}</h1>
      <p class="lead">届いた同意書と見比べて、違っているところを直してください。</p>
      <div class="stack pair">
        <section class="card">
          <h2>読み取った内容</h2>
          {original && <a class="link" href="#original">届いた同意書を見る</a>}
          <Unsure form={form} />
          <form method="post" action={`${path}/mend`} class="stack">
            <Guard value={guard} />
            <ConsentFormFields form={form} wrongs={wrongWords(problemsOf(form))} />
            <button class="btn primary" type="submit">{WORDS.mend}</button>
            <a class="btn ghost" href={path}>案件のページに戻る</a>
          </form>
        </section>
        {original}
      </div>
    </Layout>
  );
}

/** The page on which it is only looked at. `mendable` says that it may still be mended. */
export function FormPage({ path, form, side, original, mendable }: BesideProps & {
  readonly mendable: boolean;
}): VNode {
  return (
    <Layout title="同意書の確認" side={side} wide>
      <h1>同意書の確認</h1>
      <div class="stack pair">
        <section class="card">
          <h2>読み取った内容</h2>
          {original && <a class="link" href="#original">届いた同意書を見る</a>}
          <Unsure form={form} />
          <Facts rows={fieldRows(form)} />
          {mendable && <a class="btn primary" href={`${path}/mend`}>{WORDS.mend}</a>}
          <a class="btn ghost" href={path}>案件のページに戻る</a>
        </section>
        {original}
      </div>
    </Layout>
  );
}
