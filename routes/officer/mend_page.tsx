/**
 * 「読み取りを直す」: the consent form as read, to be mended by the officer (R5).
 *
 * @module
 */
import type { VNode } from "preact";
import { type ConsentForm, labelOf, problemsOf } from "../../lib/domain/consent_form.ts";
import { ConsentFormFields } from "../consent_form_fields.tsx";
import { Layout, Note } from "../layout.tsx";
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

/** The page. `original` says that the mail with the form can be opened. */
export function MendPage({ path, guard, form, side, original }: {
  readonly path: string;
  readonly guard: string;
  readonly form: ConsentForm;
  readonly side: string;
  readonly original: boolean;
}): VNode {
  return (
    <Layout title={WORDS.mend} side={side}>
      <section class="card">
        <h1>{WORDS.mend}</h1>
        <p class="lead">届いた同意書と見比べて、違っているところを直してください。</p>
        {original && (
          <p>
            <a class="btn ghost" href={`${path}/original.eml`}>届いたメールを保存する（.eml）</a>
          </p>
        )}
        <Unsure form={form} />
        <form method="post" action={`${path}/mend`} class="stack">
          <Guard value={guard} />
          <ConsentFormFields form={form} problems={problemsOf(form)} />
          <button class="btn primary" type="submit">{WORDS.mend}</button>
          <a class="btn ghost" href={path}>案件のページに戻る</a>
        </form>
      </section>
    </Layout>
  );
}
