/**
 * Shows the document page. All that differs between two views of one state of a case are the link and the guard of
 * its form: the rest is rendered once and kept for a while.
 *
 * @module
 */
import type { Context } from "hono";
import type { Desk } from "../desk.ts";
import { GUARD_FIELD } from "../form_guard.ts";
import { packedPage } from "../packed_page.ts";
import { INLINE_TEXT_PAGES } from "../page_images.ts";
import { Shelf } from "../shelf.ts";
import { type Filling, templateOf } from "../template.ts";
import { DocumentPage, type DocumentPageProps, type ShownDocument } from "./document_page.tsx";
import { counterpartOf, senderOf, shownDocuments, titleOf } from "./parts.tsx";
import { contractDateOf, deadlineOf, notYetOpened } from "./reading.tsx";
import { SimpleDocumentPage } from "./simple_document_page.tsx";
import type { Visit } from "./visit.ts";

/** Characters of pages kept in memory at most: some fifty contracts. */
const KEPT_CHARACTERS = 1_000_000;

/** What is filled in. */
const VALUES = ["token", "guard"] as const;
type Page = Filling<(typeof VALUES)[number]>;

/** Longest text on the page of the document itself, in characters: with it the page stays below 30 KB. */
const INLINE_TEXT = 4_000;

async function shown(desk: Desk, { state, base }: Visit): Promise<ShownDocument[]> {
  const files = state.draft?.documents ?? [];
  return await Promise.all(files.map(async (file, index): Promise<ShownDocument> => {
    const path = `documents/${index + 1}`;
    const sizes = await desk.images.sizes(file);
    const short = base === "/c" && file.pages <= INLINE_TEXT_PAGES;
    const texts = short ? await desk.images.texts(file) : null;
    const long = !short || (texts?.join("").length ?? 0) * files.length > INLINE_TEXT;
    return { file, path, sizes, texts, ...long ? { textPage: `${path}/text` } : {} };
  }));
}

function propsOf(
  desk: Desk,
  visit: Visit,
  documents: readonly ShownDocument[],
  { token, guard }: Readonly<Record<(typeof VALUES)[number], string>>,
): DocumentPageProps {
  const path = `${visit.base}/${token}`;
  const title = titleOf(visit);
  const agree = {
    confirmHref: `${path}/confirm`,
    action: `${path}/agree`,
    guardField: GUARD_FIELD,
    guard,
    documents: shownDocuments(visit),
    title,
    counterpart: counterpartOf(desk.world.settings, visit),
  };
  return { visit, path, title, documents, agree };
}

function render(desk: Desk, visit: Visit, props: DocumentPageProps): string {
  if (visit.base === "/c") return desk.pages.text(<DocumentPage {...props} />);
  return desk.pages.text(
    <SimpleDocumentPage
      {...props}
      sender={senderOf(desk.world.settings, visit)}
      contractDate={contractDateOf(visit)}
      deadline={deadlineOf(visit)}
    />,
  );
}

/** The document page. */
export function documentHandler(desk: Desk): (c: Context, visit: Visit) => Promise<Response> {
  const kept = new Shelf<Page>(KEPT_CHARACTERS);
  const secret = desk.world.keys.macText("form", "places on a kept page");

  async function pageOf(visit: Visit): Promise<Page> {
    // The head of the history changes with everything that happens to the case.
    const key = `${visit.state.head}/${visit.party.id}`;
    const known = kept.get(key);
    if (known) return known;
    const documents = await shown(desk, visit);
    let characters = 0;
    const page = templateOf(VALUES, secret, (marks) => {
      const html = render(desk, visit, propsOf(desk, visit, documents, marks));
      characters = html.length;
      return html;
    });
    // What could not be drawn now may be drawn next time.
    return documents.every(({ sizes }) => sizes) ? kept.put(key, page, characters) : page;
  }

  return async (c, visit) => {
    const refused = notYetOpened(desk, c, visit);
    if (refused) return refused;
    if (visit.party.agreedAt !== null) return c.redirect(`${visit.path}/done`, 303);
    const page = await pageOf(visit);
    const guard = desk.guard.field(c, visit.token, "agree");
    return packedPage(desk.pages, c, page({ token: visit.token, guard }));
  };
}
