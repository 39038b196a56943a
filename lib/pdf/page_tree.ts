/**
 * The pages of a document, in order (ISO 32000-2 §7.7.3).
 *
 * @module
 */
import { UnreadableError } from "../domain/unreadable.ts";
import type { PdfFile } from "./pdf_file.ts";
import { isDict, isRef, nameText, type PdfDict, type PdfRef, type PdfValue } from "./values.ts";

/** A page, and the resources it uses, its own or inherited. */
export type Page = {
  readonly ref: PdfRef;
  readonly dict: PdfDict;
  readonly resources: PdfValue | undefined;
};

type Waiting = { readonly value: PdfValue; readonly resources: PdfValue | undefined };

/** Goes through the pages. Throws `no_pages` when the tree holds itself, `malformed` when a page is no object of its own. */
export function* pagesOf(pdf: PdfFile): Generator<Page> {
  const seen = new Set<number>();
  const waiting: Waiting[] = [{ value: pdf.catalog.get("Pages") ?? null, resources: undefined }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const dict = pdf.dict(next.value);
    if (!dict) continue;
    const resources = dict.get("Resources") ?? next.resources;
    const kids = pdf.array(dict.get("Kids"));
    if (isRef(next.value)) {
      if (seen.has(next.value.number)) {
        throw new UnreadableError("no_pages", "Cannot read pages: their tree holds itself");
      }
      seen.add(next.value.number);
    }
    if (!kids || nameText(pdf.resolve(dict.get("Type"))) === "Page") {
      if (!isPage(pdf, dict)) continue;
      if (!isRef(next.value)) throw new UnreadableError("malformed", "Cannot read page: it has no number");
      yield { ref: next.value, dict, resources };
    } else {
      for (const kid of kids.toReversed()) waiting.push({ value: kid, resources });
    }
  }
}

/** The root of an empty tree may lack its /Kids; it is no page for that. */
function isPage(pdf: PdfFile, dict: PdfDict): boolean {
  const type = nameText(pdf.resolve(dict.get("Type")));
  return type === "Page" || (type !== "Pages" && isDict(dict));
}

/** The first page. Throws `no_pages` when there is none. */
export function firstPage(pdf: PdfFile): Page {
  const { value } = pagesOf(pdf).next();
  if (!value) throw new UnreadableError("no_pages", "Cannot read pages: there are none");
  return value;
}
