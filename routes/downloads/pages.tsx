/**
 * The pages of a download link.
 *
 * @module
 */
import type { VNode } from "preact";
import type { Case } from "../../lib/domain/case.ts";
import type { Instant } from "../../lib/domain/instant.ts";
import type { CaseFile } from "../../lib/flows/documents.ts";
import { Facts, Layout, Note } from "../layout.tsx";
import { dayWords, sizeWords, timeWords } from "../words.ts";

/** The words on the button that asks for a fresh link. */
export const RENEW_WORDS = "新しいリンクを請求する";

/** The files, each one tap away. */
export function DownloadPage({ path, state, files, until }: {
  readonly path: string;
  readonly state: Case;
  readonly files: readonly CaseFile[];
  readonly until: Instant | null;
}): VNode {
  const { draft, executedAt } = state;
  return (
    <Layout title="締結済みの契約書">
      <section class="card">
        <h1>締結済みの契約書</h1>
        <p class="lead">電子署名とタイムスタンプを付した契約書です。保存してお使いください。</p>
        <Facts
          rows={[
            ["契約名", draft?.title ?? ""],
            ["契約日", draft?.contractDate ? dayWords(draft.contractDate) : ""],
            ...executedAt === null ? [] : [["全員の同意", timeWords(executedAt)] as const],
            ["案件番号", state.number],
            ...until === null ? [] : [["リンクの期限", `${timeWords(until)}まで`] as const],
          ]}
        />
        <div class="stack">
          {files.map(({ filename, size }, index) => (
            <a
              key={filename}
              class={index === 0 ? "btn primary" : "btn ghost"}
              href={`${path}/files/${index + 1}.pdf`}
              download={filename}
            >
              {filename}（{sizeWords(size)}）
            </a>
          ))}
        </div>
        <Note tone="info">
          <b>このPDFが契約書の原本です。</b>
          <ul class="text-list">
            <li>データのまま保存してください。印刷したものは写しになります。</li>
            <li>ファイル名は変えられますが、内容を編集すると電子署名が無効になります。</li>
          </ul>
        </Note>
      </section>
    </Layout>
  );
}

/** After a fresh link was asked for. */
export function RenewedPage(): VNode {
  return (
    <Layout title="新しいリンクをお送りします">
      <section class="card">
        <h1>新しいリンクをお送りします</h1>
        <p>このリンクが届いたのと同じメールアドレスに、新しいリンクをお送りします。数分お待ちください。</p>
        <Note tone="info">届かないときは、迷惑メールフォルダーもご確認ください。</Note>
      </section>
    </Layout>
  );
}
