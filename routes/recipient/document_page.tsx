/**
 * The document itself, readable at once: page images that every browser shows, the text for screen readers, and
 * the PDF one tap away (R21).
 *
 * @module
 */
import type { VNode } from "preact";
import { Agree, type AgreeProps } from "../../islands/agree.tsx";
import { Pages } from "../../islands/pages.tsx";
import type { ContractFile } from "../../lib/domain/case.ts";
import type { PageSize } from "../../lib/ports.ts";
import { Note } from "../layout.tsx";
import { imageQuery } from "../page_image_answer.ts";
import { WIDTHS } from "../page_images.ts";
import { ReadingText } from "../reading_text.tsx";
import { Frame, Steps, WORDS } from "./parts.tsx";
import { ProgressCard } from "./progress.tsx";
import type { Visit } from "./visit.ts";

/** A document with what is needed to show it; `null` where it could not be drawn or read. */
export type ShownDocument = {
  readonly file: ContractFile;
  /** Where its pages are, seen from the page of the document: `documents/1`. */
  readonly path: string;
  readonly sizes: readonly PageSize[] | null;
  readonly texts: readonly string[] | null;
  /** Where the text is when it is too long for this page. */
  readonly textPage?: string;
};

/** What the page shows. */
export type DocumentPageProps = {
  readonly visit: Visit;
  readonly path: string;
  readonly title: string;
  readonly documents: readonly ShownDocument[];
  readonly agree: AgreeProps;
};

/** One page as an image. `place` counts over all documents; `alt` says where its text is, unless it is below. */
export function PageImage({ document, page, place, alt }: {
  readonly document: ShownDocument;
  readonly page: number;
  readonly place: number;
  readonly alt?: string;
}): VNode {
  const { file, path, sizes } = document;
  const size = sizes?.[page - 1];
  const url = (width: number) => `${path}/pages/${page}.png${imageQuery(file, width)}`;
  return (
    <figure class="page" data-page={place}>
      <img
        src={url(1240)}
        srcset={WIDTHS.map((width) => `${url(width)} ${width}w`).join(", ")}
        sizes="(min-width: 960px) 920px, 100vw"
        width={Math.round(size?.width ?? 595)}
        height={Math.round(size?.height ?? 842)}
        alt={`${file.name} ${page}ページ目。${alt ?? "文字の内容は「文字だけで読む」にあります。"}`}
        loading={place === 1 ? "eager" : "lazy"}
        fetchpriority={place === 1 ? "high" : "auto"}
        decoding="async"
      />
      <figcaption>{page}／{file.pages}ページ</figcaption>
    </figure>
  );
}

/** The text of a document: here, or on a page of its own where it is long. */
function DocumentText({ document: { file, texts, textPage } }: { readonly document: ShownDocument }): VNode {
  if (textPage) return <a class="btn ghost" href={textPage}>文字だけで読む（{file.name}）</a>;
  return (
    <details class="card">
      <summary>文字だけで読む（{file.name}）</summary>
      {texts === null
        ? <p>文字を取り出せませんでした。「PDFを開く」からご覧ください。</p>
        : <ReadingText texts={texts} />}
      <Note tone="info">PDF から取り出した文字です。契約の内容は PDF が正となります。</Note>
    </details>
  );
}

function DocumentImages({ document, before, named }: {
  readonly document: ShownDocument;
  readonly before: number;
  readonly named: boolean;
}): VNode {
  const { file, sizes } = document;
  return (
    <>
      {named && <h2>{file.name}</h2>}
      {sizes === null
        ? <Note tone="warn">画像で表示できませんでした。「PDFを開く」からご覧ください。</Note>
        : sizes.map((_, index) => (
          <PageImage key={index} document={document} page={index + 1} place={before + index + 1} />
        ))}
    </>
  );
}

function Saving({ documents }: { readonly documents: readonly ShownDocument[] }): VNode {
  return (
    <div class="stack pair">
      {documents.map(({ file, path }) => (
        <a key={path} class="btn ghost" href={`${path}.pdf`}>
          PDFを開く{documents.length > 1 && `（${file.name}）`}
        </a>
      ))}
    </div>
  );
}

/** The page. */
export function DocumentPage({ visit, path, title, documents, agree }: DocumentPageProps): VNode {
  const total = documents.reduce((sum, { sizes }) => sum + (sizes?.length ?? 0), 0);
  let before = 0;
  const placed = documents.map((document) => {
    const start = before;
    before += document.sizes?.length ?? 0;
    return { document, start };
  });
  return (
    <Frame base="/c" path={path} title={title} wide script>
      <Steps at={1} />
      <div class="doc">
        <h1>{title}</h1>
        <p class="lead">
          {documents.length > 1 && `${documents.length}件の書類があります。`}最後のページまでご確認ください。
        </p>
        {placed.map(({ document, start }) => (
          <DocumentImages
            key={document.path}
            document={document}
            before={start}
            named={documents.length > 1}
          />
        ))}
        <Saving documents={documents} />
        {documents.map((document) => <DocumentText key={document.path} document={document} />)}
        <ProgressCard visit={visit} />
        <div class="stack pair">
          <a class="btn ghost" href={`${path}/question`}>{WORDS.ask}</a>
          <a class="btn ghost" href={`${path}/decline`}>{WORDS.decline}</a>
        </div>
      </div>
      <div class="bar">
        <div data-island="pages" data-props={JSON.stringify({ total })}>
          <Pages total={total} />
        </div>
        <div data-island="agree" data-props={JSON.stringify(agree)}>
          <Agree {...agree} />
        </div>
      </div>
    </Frame>
  );
}
