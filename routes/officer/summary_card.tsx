/**
 * What would be sent, and the button that sends it (R12). Nothing goes out before an officer has seen this.
 *
 * @module
 */
import type { VNode } from "preact";
import { partyLabel } from "../../lib/letters/words.ts";
import type { Summary } from "../../lib/flows/summary.ts";
import { Facts, Note } from "../layout.tsx";
import { Guard } from "../posted_form.tsx";
import { PageImage, type ShownDocument } from "../recipient/document_page.tsx";
import { dayWords, sizeWords, yenWords } from "../words.ts";
import { type GuardOf, WORDS } from "./parts.tsx";

/** Pages of a document that are shown before all of it is opened. */
const FIRST_PAGES = 2;

/** The first pages of each document, as they will be read. */
function Preview({ path, preview }: Pick<SummaryCardProps, "path" | "preview">): VNode {
  return (
    <>
      {preview.map(({ sizes, ...document }, index) => (
        <div key={document.path} class="stack">
          <div class="stack pair">
            {sizes?.slice(0, FIRST_PAGES).map((_, page) => (
              <PageImage
                key={page}
                document={{ ...document, sizes }}
                page={page + 1}
                place={page + 1}
                alt="文字の内容は「すべてのページを読む」の先にあります。"
              />
            ))}
          </div>
          <a class="btn ghost" href={`${path}/view?d=${index + 1}`}>
            すべてのページを読む（{document.file.name}）
          </a>
        </div>
      ))}
    </>
  );
}

function Files({ path, summary }: { readonly path: string; readonly summary: Summary }): VNode {
  return (
    <ul class="list">
      {summary.files.map(({ name, pages, size, sha256 }, index) => (
        <li key={sha256}>
          <a class="row" href={`${path}/documents/${index + 1}.pdf`}>
            <b>{name}</b>
            <small class="num">{pages}ページ・{sizeWords(size)}</small>
            <small class="mono">SHA-256 {sha256}</small>
          </a>
        </li>
      ))}
    </ul>
  );
}

function Warnings({ summary }: { readonly summary: Summary }): VNode {
  if (summary.warnings.length === 0) return <Note tone="ok">気になる点は見つかりませんでした。</Note>;
  return (
    <Note tone="warn">
      <b>送信前にご確認ください</b>
      <ul class="text-list">
        {summary.warnings.map(({ code, sentence, file }) => (
          <li key={`${code}${file}`}>{sentence}{file && `（${file}）`}</li>
        ))}
      </ul>
    </Note>
  );
}

/** What the officer must still say: 契約日 (R15), 契約期間 (R14), that it is a contract at all. */
function Questions({ summary }: { readonly summary: Summary }): VNode {
  return (
    <>
      {summary.contractDate === null && (
        <div class="field">
          <label for="contractDate">
            契約日<span class="must">必須</span>
          </label>
          <input type="date" id="contractDate" name="contractDate" required />
        </div>
      )}
      {summary.term === null && (
        <fieldset class="pair">
          <legend>
            契約期間<span class="must">必須</span>
          </legend>
          <div class="field">
            <label for="termFrom">開始日</label>
            <input type="date" id="termFrom" name="termFrom" required />
          </div>
          <div class="field">
            <label for="termTo">終了日</label>
            <input type="date" id="termTo" name="termTo" required />
          </div>
        </fieldset>
      )}
      <label class="check">
        <input type="checkbox" name="declared" value="yes" required />
        <span>この書類は、契約書またはその覚書です（建設工事等の変更契約ではありません）。</span>
      </label>
    </>
  );
}

/** What the card shows. */
export type SummaryCardProps = {
  readonly path: string;
  readonly guard: GuardOf;
  readonly summary: Summary;
  /** The documents to be shown, as many as fit on a page. */
  readonly preview: readonly ShownDocument[];
};

/** The card. */
export function SummaryCard({ path, guard, summary, preview }: SummaryCardProps): VNode {
  const { title, contractDate, term, amount, parties, copyTo, asksAccessCode } = summary;
  return (
    <section class="card">
      <h2>送信前の確認</h2>
      <Facts
        rows={[
          ["契約名", title],
          ["契約日", contractDate ? dayWords(contractDate) : "未入力（下で入力してください）"],
          [
            "契約期間",
            term ? `${dayWords(term.from)}〜${dayWords(term.to)}` : "未入力（下で入力してください）",
          ],
          ...amount === null ? [] : [["契約金額", yenWords(amount)] as const],
          ["アクセスコード", asksAccessCode ? "あり" : "なし"],
          ...copyTo.length === 0 ? [] : [["共有先", copyTo.join("、")] as const],
        ]}
      />
      <h3>確認の順番</h3>
      <ol class="parties">
        {parties.map(({ id, name, address }) => (
          <li key={id}>
            <b>{name} 様</b>
            <small>{partyLabel(id)}・{address}</small>
          </li>
        ))}
      </ol>
      <h3>書類</h3>
      <Files path={path} summary={summary} />
      <Preview path={path} preview={preview} />
      <Warnings summary={summary} />
      <form method="post" action={`${path}/send`} class="stack">
        <Guard value={guard("send")} />
        <input type="hidden" name="digest" value={summary.digest} />
        <Questions summary={summary} />
        <button class="btn primary" type="submit">{WORDS.send}</button>
      </form>
    </section>
  );
}
