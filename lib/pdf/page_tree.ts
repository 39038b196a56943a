/**
 * The pages of a document, in order (ISO 32000-2 §7.7.3).
 *
 * @module
 */
import { UnreadableError } from "../domain/unreadable.ts";
import type { PdfFile } from "./pdf_file.ts";
import { isRef, nameText, type PdfDict, type PdfRef, type PdfValue } from "./values.ts";

/** A page, and the resources it uses, its own or inherited. */
export type Page = {
  readonly ref: PdfRef;
  readonly dict: PdfDict;
  readonly resources: PdfValue | undefined;
};

/** Most kids that are gone through: many nodes may share one list. */
const MAX_KIDS = 1_000_000;

type Waiting = { readonly value: PdfValue; readonly resources: PdfValue | undefined };

/** Goes through the pages. Throws `no_pages` when the tree holds itself, `malformed` when a page is no object of its own. */
export function* pagesOf(pdf: PdfFile): Generator<Page> {
  const nodes = new Set<number>();
  let kidsLeft = MAX_KIDS;
  const waiting: Waiting[] = [{ value: pdf.catalog.get("Pages") ?? null, resources: undefined }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const dict = pdf.dict(next.value);
    if (!dict) continue;
    const resources = dict.get("Resources") ?? next.resources;
    const type = nameText(pdf.resolve(dict.get("Type")));
    const kids = type === "Page" ? null : pdf.array(dict.get("Kids"));
    if (kids) {
      enterNode(nodes, next.value);
      kidsLeft -= kids.length;
      if (kidsLeft < 0) throw new UnreadableError("bomb", "Cannot read pages: their nodes share their kids");
      for (const kid of kids.toReversed()) waiting.push({ value: kid, resources });
    } else if (type !== "Pages") {
      if (!isRef(next.value) || (pdf.object(next.value.number)?.dataAt ?? null) !== null) {
        throw new UnreadableError("malformed", "Cannot read page: it is no object of its own");
      }
      yield { ref: next.value, dict, resources };
    }
  }
}

function enterNode(nodes: Set<number>, value: PdfValue): void {
  if (!isRef(value)) return;
  if (nodes.has(value.number)) {
    throw new UnreadableError("no_pages", "Cannot read pages: their tree holds itself");
  }
  nodes.add(value.number);
}

/** The first page. Throws `no_pages` when there is none. */
export function firstPage(pdf: PdfFile): Page {
  const { value } = pagesOf(pdf).next();
  if (!value) throw new UnreadableError("no_pages", "Cannot read pages: there are none");
  return value;
}
