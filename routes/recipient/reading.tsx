/**
 * Handlers that show: first page, document, PDF, page images. They change nothing (R20); who took the PDF, once the
 * first button was pressed, is in the history.
 *
 * @module
 */
import type { Context } from "hono";
import type { SealedDocument } from "../../lib/domain/case.ts";
import { ANSWERS } from "../answer.ts";
import type { Desk } from "../desk.ts";
import { documentFile } from "../file_answer.ts";
import { handedOut } from "../handed_out.ts";
import { pageImageAnswer } from "../page_image_answer.ts";
import { answerPage } from "../refusal_page.tsx";
import { template } from "../template.ts";
import { now } from "../../lib/flows/world.ts";
import { dayWords, leftWords, timeWords } from "../words.ts";
import { TERMS_VALUES, TermsPage } from "./first_pages.tsx";
import { TextPage } from "./last_pages.tsx";
import { senderOf, titleOf } from "./parts.tsx";
import { standingPage } from "./standing_page.tsx";
import { type Base, standingOf, type Visit } from "./visit.ts";

/** Until when the party may answer, in words. */
export const deadlineOf = ({ party }: Visit): string =>
  party.expiresAt ? `${timeWords(party.expiresAt)}まで` : "";
/** 「（あと9日）」, where the answer is awaited until some time. */
function remaining({ world }: Desk, { party }: Visit): string {
  const left = party.expiresAt === null ? "" : leftWords(party.expiresAt, now(world));
  return left === "" ? "" : `（${left}）`;
}

/** 契約日 in words; empty when none was given. */
export const contractDateOf = ({ state }: Visit): string =>
  state.draft?.contractDate ? dayWords(state.draft.contractDate) : "";

/** Shows the terms; their constant parts are rendered once. */
export function termsHandler(desk: Desk, base: Base): (c: Context, visit: Visit) => Response {
  const { pages, guard, world: { settings } } = desk;
  const page = template(
    TERMS_VALUES,
    (values) => pages.text(<TermsPage base={base} terms={settings.terms} values={values} />),
  );
  return (c, visit) =>
    standingPage(desk, c, visit) ?? pages.ready(page({
      token: visit.token,
      guard: guard.field(c, visit.token, "open"),
      title: titleOf(visit),
      sender: senderOf(settings, visit),
      name: visit.party.name,
      contractDate: contractDateOf(visit),
      deadline: deadlineOf(visit) + remaining(desk, visit),
    }));
}

/** Sends back to the first page whoever has not pressed its button yet; null for whoever may read. */
export function notYetOpened(desk: Desk, c: Context, visit: Visit): Response | null {
  const standing = standingOf(desk.world, visit);
  if (standing.is === "agreed" || (standing.is === "ready" && visit.party.viewedAt !== null)) return null;
  return c.redirect(visit.path, 303);
}

const placeOf = (c: Context): number =>
  Number.parseInt(c.req.param("number") ?? c.req.param("file") ?? "", 10) - 1;

function documentOf(c: Context, visit: Visit): SealedDocument | null {
  return visit.state.draft?.documents[placeOf(c)] ?? null;
}

/** The PDF as it now stands, with all seals so far. */
export async function sendPdf(desk: Desk, c: Context, visit: Visit): Promise<Response> {
  const refused = notYetOpened(desk, c, visit);
  if (refused) return refused;
  const document = documentOf(c, visit);
  if (!document) return answerPage(desk.pages, ANSWERS.unknown);
  const file = { ...documentFile(document), download: c.req.query("save") === "1" };
  return await handedOut(desk, c, visit.opened, { id: placeOf(c), file });
}

/** One page as an image. */
export async function sendPageImage(desk: Desk, c: Context, visit: Visit): Promise<Response> {
  const refused = notYetOpened(desk, c, visit);
  if (refused) return refused;
  const page = Number.parseInt(c.req.param("file") ?? "", 10);
  return await pageImageAnswer(desk, c, documentOf(c, visit), page);
}

/** The text of a document on a page of its own. */
export async function showText(desk: Desk, c: Context, visit: Visit): Promise<Response> {
  const refused = notYetOpened(desk, c, visit);
  if (refused) return refused;
  const document = documentOf(c, visit);
  if (!document) return answerPage(desk.pages, ANSWERS.unknown);
  const texts = await desk.images.texts(document);
  return desk.pages.html(
    <TextPage base={visit.base} path={visit.path} name={document.name} texts={texts} />,
  );
}
