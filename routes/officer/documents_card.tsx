/**
 * The documents of a case on the officer's page: on their way, or executed.
 *
 * @module
 */
import type { VNode } from "preact";
import { type Case, CLOSING_STEPS, currentSize } from "../../lib/domain/case.ts";
import { versionOf } from "../../lib/domain/rounds.ts";
import { executedFiles } from "../../lib/flows/documents.ts";
import { fileWarnings } from "../../lib/flows/summary_warnings.ts";
import { Note } from "../layout.tsx";
import { sizeWords } from "../words.ts";

/** Whose documents. */
export type DocumentsProps = { readonly path: string; readonly state: Case };

/** The executed PDFs and the certificate, to be saved. */
export function ExecutedDocuments({ path, state }: DocumentsProps): VNode {
  return (
    <section class="card">
      <h2>締結済みの契約書</h2>
      <div class="stack">
        {executedFiles(state).map(({ filename, size }, index) => (
          <a key={filename} class="btn ghost" href={`${path}/files/${index + 1}.pdf`} download={filename}>
            {filename}（{sizeWords(size)}）
          </a>
        ))}
        <a class="btn ghost" href={`${path}/view`}>書類を画面で読む</a>
      </div>
    </section>
  );
}

/** What the check of a corrected contract noticed: it was sent at once, so nobody was asked before (R12, R35). */
function CorrectionWarnings({ state }: Pick<DocumentsProps, "state">): VNode | null {
  const warnings = versionOf(state) > 1 ? fileWarnings(state) : [];
  if (warnings.length === 0) return null;
  return (
    <Note tone="warn">
      <b>訂正版についてご確認ください</b>
      <ul class="text-list">
        {warnings.map(({ code, sentence, file }) => <li key={`${code}${file}`}>{sentence}（{file}）</li>)}
      </ul>
    </Note>
  );
}

/** The contract on its way, as it now stands. */
export function Documents({ path, state }: DocumentsProps): VNode {
  return (
    <section class="card">
      <h2>書類</h2>
      <ul class="list">
        {state.draft?.documents.map((document, index) => {
          const seals = document.tails.filter(({ step }) =>
            !CLOSING_STEPS.some((closing) => closing === step)
          ).length;
          return (
            <li key={document.sha256}>
              <a class="row" href={`${path}/documents/${index + 1}.pdf`}>
                <b>{document.name}</b>
                <small class="num">
                  {document.pages}ページ・{sizeWords(currentSize(document))}・電子署名 {seals}件
                </small>
              </a>
            </li>
          );
        })}
      </ul>
      <CorrectionWarnings state={state} />
      <a class="btn ghost" href={`${path}/view`}>書類を画面で読む</a>
    </section>
  );
}
