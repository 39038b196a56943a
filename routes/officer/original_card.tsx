/**
 * The consent form as it came, to be held against what was read out of it (R5).
 *
 * @module
 */
import type { VNode } from "preact";
import type { OriginalForm } from "../../lib/flows/original_form.ts";
import { Note } from "../layout.tsx";
import { PageImage } from "../recipient/document_page.tsx";
import { sizeWords } from "../words.ts";
import type { ShownFile } from "./originals.ts";

/** Pages of a file that are shown at once; a form has one or two. */
const MOST_PAGES = 6;

/** An original with its files as they are shown. */
export type ShownOriginal = { readonly form: OriginalForm; readonly files: readonly ShownFile[] };

function FileView({ path, shown, readFrom }: {
  readonly path: string;
  readonly shown: ShownFile;
  readonly readFrom: boolean;
}): VNode {
  const { file, sizes } = shown;
  return (
    <div class="stack">
      <a class="btn ghost" href={path}>{file.name}（{sizeWords(file.size)}）</a>
      {readFrom && sizes?.slice(0, MOST_PAGES).map((_, index) => (
        <PageImage
          key={index}
          document={{ file, path, sizes, texts: null }}
          page={index + 1}
          place={index + 1}
          alt="読み取った文字は「読み取った値」にあります。"
        />
      ))}
    </div>
  );
}

function Values({ values }: Pick<OriginalForm, "values">): VNode {
  return (
    <details class="more">
      <summary>読み取った値と場所（{values.length}件）</summary>
      <dl class="kv">
        {values.map(({ label, value, source }) => (
          <div key={label + source}>
            <dt>
              {label}
              <br />
              {source}
            </dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** The card. `original` is null when the mail can't be taken apart. */
export function OriginalCard({ path, original }: {
  readonly path: string;
  readonly original: ShownOriginal | null;
}): VNode {
  const form = original?.form;
  const text = form?.text.trim() ?? "";
  // Of several files only that of the form is shown at length; where none was read, all of them.
  const reads = ({ file }: ShownFile) => form?.readFrom === null || file.name === form?.readFrom;
  return (
    <section class="card" id="original">
      <h2>届いた同意書</h2>
      {!form && <Note tone="warn">画面に表示できませんでした。届いたメールを保存してご覧ください。</Note>}
      {original?.files.map((shown, index) => (
        <FileView
          key={index}
          path={`${path}/original/${index + 1}`}
          shown={shown}
          readFrom={reads(shown)}
        />
      ))}
      {form && form.values.length > 0 && <Values values={form.values} />}
      {text !== "" && (
        <details class="more" open={form?.files.length === 0}>
          <summary>メールの本文</summary>
          <p class="plain">{text}</p>
        </details>
      )}
      <a class="link" href={`${path}/original.eml`}>届いたメールを保存する（.eml）</a>
    </section>
  );
}
