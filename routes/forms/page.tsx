/**
 * The page with the consent forms (R1).
 *
 * @module
 */
import type { VNode } from "preact";
import { FORM_KINDS, kindLabel } from "../../lib/domain/consent_form.ts";
import type { Settings } from "../../lib/settings/settings.ts";
import { Layout, Note } from "../layout.tsx";

/** A file to save: its ending in the path, and what people call it. */
export type FormKindOfFile = { readonly ending: string; readonly words: string };

/** How to hand the form in, and the files. */
export function FormsPage({ settings, files }: {
  readonly settings: Settings;
  readonly files: readonly FormKindOfFile[];
}): VNode {
  return (
    <Layout title="電子契約同意書の様式">
      <section class="card">
        <h1>電子契約同意書の様式</h1>
        <p>
          電子契約を希望するときは、「電子契約同意書兼メールアドレス確認書」に記入し、メールに添付してお送りください。押印は要りません。
        </p>
        <Note tone="info">
          送り先は、契約の担当課から案内されたメールアドレスです。案内がないときは{" "}
          <b>{settings.bot.address}</b> へお送りください。読み取った内容を、すぐにメールでお知らせします。
        </Note>
        {FORM_KINDS.map((kind) => (
          <div class="stack" key={kind}>
            <h2>{kindLabel(kind)}</h2>
            {files.map(({ ending, words }) => (
              <a
                key={ending}
                class="btn ghost"
                href={`/forms/${kind}.${ending}`}
                download={`電子契約同意書（${kindLabel(kind)}）.${ending}`}
              >
                {words}
              </a>
            ))}
          </div>
        ))}
        <p class="lead">
          内容が同じであれば、お手元の様式や、メールの本文に項目を並べたものでも受け付けます。
        </p>
      </section>
    </Layout>
  );
}
