/**
 * The terms of use.
 *
 * @module
 */
import type { VNode } from "preact";
import type { Settings } from "../../lib/settings/settings.ts";
import { Layout } from "../layout.tsx";
import { Markdown } from "../markdown.tsx";

/** The page. */
export function TermsOfUsePage({ settings }: { readonly settings: Settings }): VNode {
  return (
    <Layout title="利用規約">
      <section class="card prose">
        <h1>利用規約</h1>
        <Markdown text={settings.terms.replace(/^# .*$/m, "")} topLevel={1} />
      </section>
    </Layout>
  );
}
