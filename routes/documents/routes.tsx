/**
 * `/documents`: asks for an address and mails the link; `/documents/<token>`: the contracts of that address (R37).
 *
 * @module
 */
import type { Context, Hono } from "hono";
import { isMailAddress } from "../../lib/domain/mail_address.ts";
import { allCases, casePage } from "../../lib/flows/browse_cases.ts";
import { personTable } from "../../lib/flows/case_table.ts";
import { linkEnded } from "../../lib/flows/links.ts";
import { mayDownload, openDocuments, ownCase, requestDocuments } from "../../lib/flows/own_documents.ts";
import { now } from "../../lib/flows/world.ts";
import type { LinkRecord } from "../../lib/link/link_token.ts";
import { allowance } from "../allowance.ts";
import { type OpenedFiles, sendDocument, sendPageImage, viewOf } from "../archive/case_files.ts";
import { Exporter, only } from "../archive/exporting.ts";
import { searchQuery } from "../archive/search_query.ts";
import { type Answer, ANSWERS } from "../answer.ts";
import type { Desk } from "../desk.ts";
import { sendExecuted } from "../downloads/routes.tsx";
import { postedForm } from "../posted_form.tsx";
import { answerPage, slowDownPage } from "../refusal_page.tsx";
import { ContractPage, ListPage } from "./list_page.tsx";
import { AskedPage, AskPage, WORDS } from "./pages.tsx";

/** Requests that a client may make in a minute: whole offices share one address. */
const ALLOWED = 20;
/** Contracts on one page of the list. */
const ON_A_PAGE = 15;
/** What exported files are called. */
const EXPORT_NAME = "契約書の一覧";
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

const ownerOf = ({ address }: LinkRecord) => ({ address });

async function listPage(desk: Desk, c: Context, link: LinkRecord, token: string): Promise<Response> {
  const query = searchQuery(c);
  const { filter, behind } = query;
  const page = await casePage(desk.world, ownerOf(link), filter, { behind, most: ON_A_PAGE });
  return desk.pages.html(
    <ListPage
      path={`/documents/${token}`}
      page={page}
      query={query}
      offers={(state) => mayDownload(state, link.address)}
      until={link.expiresAt}
    />,
  );
}

/** The list's table. */
const csv = (desk: Desk, exporter: Exporter): Handler => (c, link) => {
  const { address } = link;
  const cases = () => allCases(desk.world, ownerOf(link), searchQuery(c).filter);
  const table = personTable((state) => mayDownload(state, address));
  return exporter.csv(c, { address, name: EXPORT_NAME, cases }, table);
};

/** The archive of those files of the list that the holder of the link may have. */
const zip = (desk: Desk, exporter: Exporter): Handler => (c, link) => {
  const { address } = link;
  const found = () => allCases(desk.world, ownerOf(link), searchQuery(c).filter);
  const cases = () => only(found(), (state) => mayDownload(state, address));
  return exporter.zip(c, { address, name: EXPORT_NAME, cases }, link);
};

/** An answer about one contract whose executed files the holder of the link may have. */
type ContractHandler = (c: Context, opened: OwnContract, path: string) => Response | Promise<Response>;
type OwnContract = OpenedFiles & { readonly link: LinkRecord };

const contract = (desk: Desk, handler: ContractHandler): Handler => async (c, link, token) => {
  const state = await ownCase(desk.world, link, c.req.param("number") ?? "");
  if (!state) return answerPage(desk.pages, ANSWERS.unknown);
  return await handler(c, { link, state }, `/documents/${token}`);
};

async function viewPage(desk: Desk, c: Context, opened: OwnContract, path: string): Promise<Response> {
  const { state } = opened;
  const view = await viewOf(desk, c, opened, `${path}/${state.number}`);
  if (!view) return answerPage(desk.pages, ANSWERS.unknown);
  return desk.pages.html(<ContractPage path={path} state={state} view={view} />);
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
  const show = (path: string, handler: Handler) => app.get(`/documents/:token${path}`, opening(handler));
  const showContract = (path: string, handler: ContractHandler) =>
    show(`/:number{[A-Z]?[0-9]+-[0-9]+}${path}`, contract(desk, handler));
  const exporter = new Exporter(desk);
  show("", (c, link, token) => listPage(desk, c, link, token));
  show("/list.csv", csv(desk, exporter));
  show("/list.zip", zip(desk, exporter));
  showContract("", (c, opened, path) => viewPage(desk, c, opened, path));
  showContract("/:file{[0-9]+\\.pdf}", (c, opened) => sendExecuted(desk, c, opened));
  showContract("/documents/:file{[0-9]+\\.pdf}", (c, opened) => sendDocument(desk, c, opened));
  showContract(
    "/documents/:document/pages/:page{[0-9]+\\.png}",
    (c, opened) => sendPageImage(desk, c, opened),
  );
}
