/**
 * The page where anyone has a PDF verified.
 *
 * @module
 */
import type { VNode } from "preact";
import { Layout, Note } from "../layout.tsx";
import { Guard } from "../posted_form.tsx";
import { Report, type ShownReport } from "./report.tsx";

/** What the page shows. */
export type VerifyPageProps = {
  readonly guard: string;
  /** Where mails with 「検証」 go. */
  readonly botAddress: string;
  /** Largest contract, in bytes. */
  readonly maxBytes: number;
  /** What was found in the file that was handed in. */
  readonly shown?: ShownReport;
  /** Why nothing was looked at. */
  readonly problem?: string;
};

const megabytes = (bytes: number): string => `${Math.floor(bytes / (1 << 20))} MB`;

/** The form, and the report above it once there is one: on a phone it is then seen at once. */
export function VerifyPage({ guard, botAddress, maxBytes, shown, problem }: VerifyPageProps): VNode {
  const Heading = shown ? "h2" : "h1";
  return (
    <Layout title={shown ? "検証結果" : "電子署名を検証する"} side="どなたでも利用できます" script>
      {shown && <Report shown={shown} />}
      <section class="card verify">
        <Heading>{shown ? "別のファイルを検証する" : "電子署名を検証する"}</Heading>
        <p>
          電子署名されたPDFが、署名のあと変更されていないかを確かめます。お預かりしたファイルは検証のためだけに使い、保管しません。
        </p>
        {problem && <Note tone="err" alert>{problem}</Note>}
        <form method="post" action="/verify" encType="multipart/form-data" class="stack" data-island="upload">
          <Guard value={guard} />
          <div class="field drop">
            <label for="pdf">PDFファイルを選ぶ</label>
            <span class="help" id="pdf-help">{`署名済みのPDF（${megabytes(maxBytes)}まで）`}</span>
            <input
              type="file"
              id="pdf"
              name="pdf"
              accept="application/pdf,.pdf"
              required
              aria-describedby="pdf-help"
            />
          </div>
          <button class="btn primary" type="submit">検証する</button>
        </form>
        <p>
          {`メールでも検証できます。件名に「検証」と書き、PDFを添付して ${botAddress} へお送りください。結果を返信します。`}
        </p>
      </section>
    </Layout>
  );
}
