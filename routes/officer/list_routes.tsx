/**
 * The list of an officer's departments: `/o/<token>` of a link without a case, with 「CSV」 and 「ZIP」 (R38).
 *
 * @module
 */
import type { Context, Hono } from "hono";
import { allCases, casePage } from "../../lib/flows/browse_cases.ts";
import type { CaseFilter } from "../../lib/flows/case_filter.ts";
import { departmentTable } from "../../lib/flows/case_table.ts";
import { officerLink } from "../../lib/flows/officer_links.ts";
import { officerOf } from "../../lib/flows/officer_acts.ts";
import { requestDocuments } from "../../lib/flows/own_documents.ts";
import { officerIn } from "../../lib/flows/staff.ts";
import { now } from "../../lib/flows/world.ts";
import type { LinkRecord } from "../../lib/link/link_token.ts";
import { ANSWERS } from "../answer.ts";
import { Exporter, only } from "../archive/exporting.ts";
import { searchQuery } from "../archive/search_query.ts";
import type { Desk } from "../desk.ts";
import { AskedPage } from "../documents/pages.tsx";
import { postedForm } from "../posted_form.tsx";
import { answerPage } from "../refusal_page.tsx";
import { AskListPage, LIST_WORDS, OfficerListPage } from "./list_page.tsx";
import { shutOut } from "./session.tsx";

/** Cases on one page of the list. */
const ON_A_PAGE = 20;
/** What exported files are called. */
const EXPORT_NAME = "案件の一覧";

/** Answers for an officer's link that is open to the browser. */
export type LinkHandler = (c: Context, link: LinkRecord, token: string) => Response | Promise<Response>;

/** Opens an officer's link, whatever it is for, to the browser that it belongs to. */
export function openingLink(desk: Desk, handler: LinkHandler): (c: Context) => Promise<Response> {
  return async (c) => {
    const token = c.req.param("token") ?? "";
    const link = await officerLink(desk.world, token);
    if (!link) return desk.noSuchLink(c);
    return await shutOut(desk, c, link, token) ?? await handler(c, link, token);
  };
}

const ownerOf = ({ world }: Desk, { address }: LinkRecord) => ({
  departments: officerIn(world.settings, address),
});

/** The list behind a link without a case. */
export async function listPage(desk: Desk, c: Context, link: LinkRecord, token: string): Promise<Response> {
  const { world, pages } = desk;
  const query = searchQuery(c);
  const owner = ownerOf(desk, link);
  const { filter, behind } = query;
  return pages.html(
    <OfficerListPage
      path={`/o/${token}`}
      name={officerOf(world.settings, link.address).name}
      departments={owner.departments}
      page={await casePage(world, owner, filter, { behind, most: ON_A_PAGE })}
      query={query}
      settings={world.settings}
      at={now(world)}
    />,
  );
}

/** Mails the link of the list to the officer whose link of a case this is. */
async function askList(desk: Desk, c: Context, link: LinkRecord, token: string): Promise<Response> {
  const form = await postedForm(desk, c, { scope: `/o/${token}`, step: "list", words: LIST_WORDS });
  if (form instanceof Response) return form;
  await requestDocuments(desk.world, link.address);
  return c.redirect(`/o/${token}/list/sent`, 303);
}

/** Adds the paths. */
export function officerListRoutes(app: Hono, desk: Desk): void {
  const exporter = new Exporter(desk);
  const source = (c: Context, link: LinkRecord, narrowed: Partial<CaseFilter> = {}) => ({
    address: link.address,
    name: EXPORT_NAME,
    cases: () => allCases(desk.world, ownerOf(desk, link), { ...searchQuery(c).filter, ...narrowed }),
  });
  /** Only behind a link without a case. */
  const listed = (handler: LinkHandler) =>
    openingLink(
      desk,
      (c, link, token) =>
        link.caseNumber === null ? handler(c, link, token) : answerPage(desk.pages, ANSWERS.unknown),
    );

  app.get(
    "/o/:token/list",
    openingLink(desk, (c, link, token) => {
      if (link.caseNumber === null) return listPage(desk, c, link, token);
      const path = `/o/${token}`;
      return desk.pages.html(<AskListPage path={path} guard={desk.guard.field(c, path, "list")} />);
    }),
  );
  app.post("/o/:token/list", openingLink(desk, (c, link, token) => askList(desk, c, link, token)));
  app.get("/o/:token/list/sent", openingLink(desk, () => desk.pages.html(<AskedPage officer />)));
  app.get(
    "/o/:token/list.csv",
    listed((c, link) => exporter.csv(c, source(c, link), departmentTable(desk.world.settings))),
  );
  app.get(
    "/o/:token/list.zip",
    listed((c, link) => {
      const { state } = searchQuery(c).filter;
      const all = source(c, link, { state: state ?? "concluded" });
      const cases = () => only(all.cases(), ({ phase }) => phase === "completed");
      return exporter.zip(c, { ...all, cases }, link);
    }),
  );
}
