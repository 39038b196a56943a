/**
 * The document in the 簡易表示版 (R22): the PDF, page images, and one plain form.
 *
 * @module
 */
import type { VNode } from "preact";
import { Facts } from "../layout.tsx";
import { imageQuery } from "../page_image_answer.ts";
import { Guard } from "../posted_form.tsx";
import type { DocumentPageProps } from "./document_page.tsx";
import { Frame, Tick, WORDS } from "./parts.tsx";
import { ProgressCard } from "./progress.tsx";

/** What the page says besides the document. */
export type SimpleDocumentProps = DocumentPageProps & {
  readonly sender: string;
  readonly contractDate: string;
  readonly deadline: string;
};

/** The page. */
export function SimpleDocumentPage(props: SimpleDocumentProps): VNode {
  const { visit, path, title, documents, agree, sender, contractDate, deadline } = props;
  return (
    <Frame base="/s" title={title}>
      <h1>{title}</h1>
      <Facts rows={[["差出人", sender], ["契約日", contractDate], ["確認の期限", deadline]]} />
      <h2>1. 書類を確認する</h2>
      {documents.map((document) => (
        <div key={document.path}>
          <a class="btn ghost" href={`${document.path}.pdf`}>
            PDFを開く（{document.file.name}、{document.file.pages}ページ）
          </a>
          <p>
            <a class="link" href={`${document.path}/text`}>文字だけで読む</a>
          </p>
          {document.sizes?.map((size, index) => (
            <img
              key={index}
              src={`${document.path}/pages/${index + 1}.png${imageQuery(document.file, 1240)}`}
              alt={`${document.file.name} ${index + 1}ページ目`}
              width={Math.round(size.width)}
              height={Math.round(size.height)}
              loading="lazy"
            />
          ))}
        </div>
      ))}
      <p>
        <a class="link" href="#agree">書類の内容に同意</a>
      </p>
      <h2 id="agree">2. 同意する</h2>
      <form method="post" action={agree.action}>
        <Guard value={agree.guard} />
        <input type="hidden" name="documents" value={agree.documents} />
        <p>
          <Tick name="read">書類の内容を確認しました</Tick>
        </p>
        <button class="btn primary" type="submit">{WORDS.agree}</button>
      </form>
      <p class="lead">ボタンを押すと、この書類に同意した記録が残ります。この操作は取り消せません。</p>
      <ProgressCard visit={visit} />
      <p>
        <a class="link" href={`${path}/question`}>{WORDS.ask}</a>
      </p>
      <p>
        <a class="link" href={`${path}/decline`}>{WORDS.decline}</a>
      </p>
    </Frame>
  );
}
