/**
 * `/documents`: asks for an address and mails the link; `/documents/<token>`: the contracts of that address (R37).
 *
 * @module
 */
import type { Context, Hono } from "hono";
import { isMailAddress } from "../../lib/domain/mail_address.ts";
import { linkEnded } from "../../lib/flows/links.ts";
import {
  mayDownload,
  openDocuments,
  ownCase,
  ownCases,
  requestDocuments,
} from "../../lib/flows/own_documents.ts";
import { now } from "../../lib/flows/world.ts";
import type { LinkRecord } from "../../lib/link/link_token.ts";
import { allowance } from "../allowance.ts";
import { type Answer, ANSWERS } from "../answer.ts";
import type { Desk } from "../desk.ts";
import { sendExecuted } from "../downloads/routes.tsx";
import { postedForm } from "../posted_form.tsx";
import { answerPage, slowDownPage } from "../refusal_page.tsx";
import { AskedPage, AskPage, ListPage, WORDS } from "./pages.tsx";

/** Requests that a client may make in a minute: whole offices share one address. */
const ALLOWED = 20;
/** What the guard of the form is bound to: it belongs to no link. */
const SCOPE = "documents";

const ENDED: Answer = {
  ...ANSWERS.ended,
  advice: "もう一度、メールアドレスを入力して、新しいリンクを請求してください。",
};

type Handler = (c: Context, link: LinkRecord, token: string) => Response | Promise<Response>;

function askPage(desk: Desk, c: Context, fault: boolean): Response {
  const page = <AskPage guard={desk.guard.field(c, SCOPE, "ask")} fault={fault} />;
  return desk.pages.html(page, { status: fault ? 400 : 200 });
}

async function listPage(desk: Desk, c: Context, link: LinkRecord, token: string): Promise<Response> {
  const search = (c.req.query("q") ?? "").slice(0, 100);
  const { cases, more } = await ownCases(desk.world, link, search);
  return desk.pages.html(
    <ListPage
      path={`/documents/${token}`}
      cases={cases}
      more={more}
      search={search}
      offers={(state) => mayDownload(state, link.address)}
      until={link.expiresAt}
    />,
  );
}

async function sendOwn(desk: Desk, c: Context, link: LinkRecord): Promise<Response> {
  const state = await ownCase(desk.world, link, c.req.param("number") ?? "");
  return state ? await sendExecuted(desk, c, { link, state }) : answerPage(desk.pages, ANSWERS.unknown);
}

/** Adds the paths. */
export function documentsRoutes(app: Hono, desk: Desk): void {
  const counted = allowance(ALLOWED);
  const opening = (handler: Handler) => async (c: Context) => {
    const token = c.req.param("token") ?? "";
    const link = await openDocuments(desk.world, token);
    if (!link) return desk.noSuchLink(c);
    if (!linkEnded(desk.world, link)) return await handler(c, link, token);
    return answerPage(desk.pages, ENDED, {
      children: <a class="btn primary" href="/documents">新しいリンクを請求する</a>,
    });
  };

  app.get("/documents", (c) => askPage(desk, c, false));
  app.post("/documents", async (c) => {
    const wait = counted.count(desk.clientOf(c), now(desk.world));
    if (wait !== null) return slowDownPage(desk.pages, wait, ANSWERS.askedTooOften);
    const form = await postedForm(desk, c, { scope: SCOPE, step: "ask", words: WORDS.ask });
    if (form instanceof Response) return form;
    const address = form.get("address");
    if (!isMailAddress(address)) return askPage(desk, c, true);
    await requestDocuments(desk.world, address);
    return c.redirect("/documents/sent", 303);
  });
  app.get("/documents/sent", () => desk.pages.html(<AskedPage />));
  app.get(
    "/documents/:token",
    opening((c, link, token) => listPage(desk, c, link, token)),
  );
  app.get(
    "/documents/:token/:number/:file{[0-9]+\\.pdf}",
    opening((c, link) => sendOwn(desk, c, link)),
  );
}
