/**
 * The documents of a case to be looked at, as officers and those who hold the contract come to them: the PDF as it now
 * stands, and its pages as images. Who looks is put on record.
 *
 * @module
 */
import type { Context } from "hono";
import type { Case, SealedDocument } from "../../lib/domain/case.ts";
import { type Opener, recordOpening } from "../../lib/flows/record_opening.ts";
import { ANSWERS } from "../answer.ts";
import type { Desk } from "../desk.ts";
import { documentFile } from "../file_answer.ts";
import { handedOut } from "../handed_out.ts";
import { pageImageAnswer } from "../page_image_answer.ts";
import { answerPage } from "../refusal_page.tsx";
import type { ShownDocument } from "../recipient/document_page.tsx";
import { contractView, type ContractViewProps } from "./contract_view.tsx";

/** A case with the link that it was come to by. */
export type OpenedFiles = { readonly link: Opener; readonly state: Case };

/** The documents of a case; none before an officer has handed them in. */
const documentsOf = ({ draft }: Case): readonly SealedDocument[] => draft?.documents ?? [];

const placeIn = (written: string | undefined): number => Number.parseInt(written ?? "", 10) - 1;

/** The PDF of the place in `:file`, shown in the browser. */
export async function sendDocument(desk: Desk, c: Context, opened: OpenedFiles): Promise<Response> {
  const id = placeIn(c.req.param("file"));
  const document = documentsOf(opened.state)[id];
  if (!document) return answerPage(desk.pages, ANSWERS.unknown);
  return await handedOut(desk, c, opened, { id, file: documentFile(document) });
}

/** Page `:page` of the document of the place in `:document`. */
export async function sendPageImage(desk: Desk, c: Context, { state }: OpenedFiles): Promise<Response> {
  const document = documentsOf(state)[placeIn(c.req.param("document"))] ?? null;
  return await pageImageAnswer(desk, c, document, placeIn(c.req.param("page")) + 1);
}

/** What a request asks to see, on record; `base` is where `documents/1` is. Null when there is no document. */
export async function viewOf(
  desk: Desk,
  c: Context,
  opened: OpenedFiles,
  base: string,
): Promise<ContractViewProps | null> {
  const view = await contractView(desk, c, documentsOf(opened.state), base);
  if (view && c.req.method === "GET") {
    await recordOpening(desk.world, opened, { file: view.index, what: "view" });
  }
  return view;
}

/** Documents of a case whose first pages stand on its page. */
const PREVIEWED = 3;

/** Larger files are drawn only when they are opened: nobody waits for them on the page of the case. In bytes. */
const MAX_PREVIEWED = 20_000_000;

/** The first documents of a case, to be shown on a page whose address begins with `path`. */
export function previewOf(desk: Desk, { draft }: Case, path: string): Promise<ShownDocument[]> {
  return Promise.all(
    (draft?.documents ?? []).slice(0, PREVIEWED).map(async (file, index) => ({
      file,
      path: `${path}/documents/${index + 1}`,
      sizes: file.size > MAX_PREVIEWED ? null : await desk.images.sizes(file),
      texts: null,
    })),
  );
}
