/**
 * 「読み取りを直す」: the consent form as read, to be mended by the officer (R5).
 *
 * @module
 */
import type { VNode } from "preact";
import { type ConsentForm, problemsOf } from "../../lib/domain/consent_form.ts";
import { ConsentFormFields } from "../consent_form_fields.tsx";
import { Layout } from "../layout.tsx";
import { Guard } from "../posted_form.tsx";
import { WORDS } from "./parts.tsx";

/** The page. */
export function MendPage({ path, guard, form, side }: {
  readonly path: string;
  readonly guard: string;
  readonly form: ConsentForm;
  readonly side: string;
}): VNode {
  return (
    <Layout title={WORDS.mend} side={side}>
      <section class="card">
        <h1>{WORDS.mend}</h1>
        <p class="lead">届いた同意書と見比べて、違っているところを直してください。</p>
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
