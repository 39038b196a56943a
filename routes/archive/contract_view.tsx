/**
 * A contract to be looked at in the browser, a few pages at a time: as images, or as text for the ear. What is shown
 * is what everyone agreed to; seals change nothing that can be seen.
 *
 * @module
 */
import type { Context } from "hono";
import type { VNode } from "preact";
import type { ContractFile } from "../../lib/domain/case.ts";
import type { PageSize } from "../../lib/ports.ts";
import type { Desk } from "../desk.ts";
import { Note } from "../layout.tsx";
import { ReadingText } from "../reading_text.tsx";
import { PageImage } from "../recipient/document_page.tsx";

/** Pages shown at once: images are many bytes of HTML, and so is text. */
const AT_ONCE = { images: 12, text: 4 } as const;

/** What of a case's documents is shown. */
export type ContractViewProps = {
  /** Where the page is, without query. */
  readonly here: string;
  readonly documents: readonly ContractFile[];
  /** Which document, from 0. */
  readonly index: number;
  /** Where its pages are: `/o/<token>/documents/1`. */
  readonly path: string;
  /** First page shown, from 1. */
  readonly from: number;
  /** The text of the pages shown, or null for images. */
  readonly texts: readonly string[] | null;
  readonly sizes: readonly PageSize[] | null;
};

const whole = (text: string | undefined, most: number): number => {
  const value = Number(text ?? 1);
  return Number.isInteger(value) && value >= 1 && value <= most ? value : 1;
};

/** What a request asks to see; `base` is where `documents/1` is. Null when there is no document. */
export async function contractView(
  desk: Desk,
  c: Context,
  documents: readonly ContractFile[],
  base: string,
): Promise<ContractViewProps | null> {
  const index = whole(c.req.query("d"), documents.length) - 1;
  const file = documents[index];
  if (!file) return null;
  const from = whole(c.req.query("from"), file.pages);
  const asText = c.req.query("text") === "1";
  const texts = asText ? await desk.images.texts(file) : null;
  return {
    here: c.req.path,
    documents,
    index,
    path: `${base}/documents/${index + 1}`,
    from,
    texts: asText ? texts?.slice(from - 1, from - 1 + AT_ONCE.text) ?? [] : null,
    sizes: asText ? null : await desk.images.sizes(file),
  };
}

function Text({ texts, from }: { readonly texts: readonly string[]; readonly from: number }): VNode {
  if (texts.length === 0) return <Note tone="warn">文字を取り出せませんでした。PDFをご覧ください。</Note>;
  return (
    <section class="card">
      <ReadingText texts={texts} first={from} />
      <Note tone="info">PDF から取り出した文字です。契約の内容は PDF が正となります。</Note>
    </section>
  );
}

function Images({ file, path, sizes, from }: {
  readonly file: ContractFile;
  readonly path: string;
  readonly sizes: readonly PageSize[] | null;
  readonly from: number;
}): VNode {
  if (sizes === null) {
    return <Note tone="warn">画像で表示できませんでした。「PDFを開く」からご覧ください。</Note>;
  }
  const shown = sizes.slice(from - 1, from - 1 + AT_ONCE.images);
  return (
    <div class="doc">
      {shown.map((_, index) => (
        <PageImage
          key={index}
          document={{ file, path, sizes, texts: null }}
          page={from + index}
          place={index + 1}
        />
      ))}
    </div>
  );
}

/** The part of the document, with the ways to the rest of it. */
export function ContractView(props: ContractViewProps): VNode {
  const { here, documents, index, path, from, texts, sizes } = props;
  const file = documents[index]!;
  const most = texts === null ? AT_ONCE.images : AT_ONCE.text;
  const href = (to: { d?: number; from?: number; text?: boolean }) => {
    const { d = index + 1, from: page = from, text = texts !== null } = to;
    return `${here}?d=${d}&from=${page}${text ? "&text=1" : ""}`;
  };
  const others = documents.flatMap(({ name }, other) => other === index ? [] : [{ name, other }]);
  return (
    <>
      <h2>{file.name}</h2>
      <div class="stack pair">
        <a class="btn ghost" href={`${path}.pdf`}>PDFを開く</a>
        {texts === null
          ? <a class="btn ghost" href={href({ text: true })}>文字だけで読む</a>
          : <a class="btn ghost" href={href({ text: false })}>画像で読む</a>}
      </div>
      {texts === null
        ? <Images file={file} path={path} sizes={sizes} from={from} />
        : <Text texts={texts} from={from} />}
      <nav class="stack pair" aria-label="ページ">
        {from > 1 && <a class="btn ghost" href={href({ from: Math.max(1, from - most) })}>前のページ</a>}
        {from + most <= file.pages && <a class="btn ghost" href={href({ from: from + most })}>次のページ</a>}
      </nav>
      {others.map(({ name, other }) => (
        <a key={other} class="btn ghost" href={href({ d: other + 1, from: 1 })}>{name}</a>
      ))}
    </>
  );
}
