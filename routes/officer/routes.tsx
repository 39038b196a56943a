/**
 * The paths of an officer's link: `/o/<token>`.
 *
 * @module
 */
import type { Context, Hono } from "hono";
import { auditOne } from "../../lib/flows/audit.ts";
import { readHistory } from "../../lib/flows/case_records.ts";
import { deliveriesOf } from "../../lib/flows/deliveries.ts";
import { inCharge, type OpenedLink } from "../../lib/flows/links.ts";
import { caseBehind, officerLink, renewOfficerLink } from "../../lib/flows/officer_links.ts";
import { summaryOf } from "../../lib/flows/summary.ts";
import { now } from "../../lib/flows/world.ts";
import { allowance } from "../allowance.ts";
import { ANSWERS } from "../answer.ts";
import { previewOf, sendDocument, sendPageImage, viewOf } from "../archive/case_files.ts";
import type { Desk } from "../desk.ts";
import { RenewedPage } from "../downloads/pages.tsx";
import { sendExecuted } from "../downloads/routes.tsx";
import { postedForm } from "../posted_form.tsx";
import { answerPage, slowDownPage } from "../refusal_page.tsx";
import { ACTS, type PlainStep } from "./acting.ts";
import { CorrectAct } from "./anew_acts.tsx";
import { CasePage } from "./case_page.tsx";
import { HistoryPage } from "./history_page.tsx";
import { type CaseHandler, officerFormRoutes, originalCard } from "./form_routes.tsx";
import { Originals } from "./originals.ts";
import { isOpen, type OfficerStep, WORDS } from "./parts.tsx";
import { sendFormerPdf } from "./former_file.ts";
import { listPage, officerListRoutes, openingLink } from "./list_routes.tsx";
import { officerRefusal } from "./refusals.ts";
import { RENEW_WORDS, takeIn } from "./session.tsx";
import { OfficerViewPage } from "./view_page.tsx";
import { UploadAct } from "./upload_act.tsx";
import { uploadContract, uploadCorrection } from "./uploading.tsx";

/** Behind the link of a case, and behind that of the list. */
const BASES = ["/o/:token", "/o/:token/cases/:number"] as const;

/** Where the link itself leads, of the path of a case behind it. */
const linkPath = (path: string): string => path.replace(/\/cases\/[^/]+$/, "");

/** Requests for a fresh link that a client may make in a minute. */
const RENEWALS = 20;

async function casePage(
  desk: Desk,
  originals: Originals,
  c: Context,
  { link, state }: OpenedLink,
  path: string,
): Promise<Response> {
  const { world, guard, pages } = desk;
  const history = await readHistory(world.store, state.number);
  const summary = state.phase === "drafted" ? await summaryOf(world, state) : null;
  return pages.html(
    <CasePage
      path={path}
      list={link.caseNumber === null ? linkPath(path) : `${linkPath(path)}/list`}
      guard={(step: OfficerStep) => guard.field(c, path, step)}
      state={state}
      history={history}
      deliveries={await deliveriesOf(world.store, state.number)}
      summary={summary}
      original={isOpen(state) ? await originalCard(desk, originals, state, path) : null}
      preview={summary ? await previewOf(desk, state, path) : []}
      settings={world.settings}
      at={now(world)}
    />,
  );
}

async function historyPage({ world, pages }: Desk, { state }: OpenedLink, path: string): Promise<Response> {
  const { faults } = await auditOne(world.store, state.number);
  const history = await readHistory(world.store, state.number);
  const { settings } = world;
  return pages.html(<HistoryPage {...{ path, state, history, faults, settings, at: now(world) }} />);
}

async function viewPage(desk: Desk, c: Context, opened: OpenedLink, path: string): Promise<Response> {
  const view = await viewOf(desk, c, opened, path);
  if (!view) return answerPage(desk.pages, ANSWERS.unknown);
  return desk.pages.html(<OfficerViewPage path={path} state={opened.state} view={view} />);
}

/** Does what a button of the case's page asks for. */
const doing = (desk: Desk, step: PlainStep): CaseHandler => async (c, opened, path) => {
  const form = await postedForm(desk, c, { scope: path, step, words: WORDS[step] });
  if (form instanceof Response) return form;
  const outcome = await takeIn(desk, c, opened.link) ?? await ACTS[step](desk.world, opened, form);
  if (outcome instanceof Response) return outcome;
  if (outcome === "badForm") return answerPage(desk.pages, ANSWERS.badForm, { back: path });
  if ("refused" in outcome) return officerRefusal(desk, outcome, { state: opened.state, back: path });
  if (step === "send") desk.images.prepare(outcome.state.draft?.documents ?? []);
  return c.redirect(path, 303);
};

/** Adds the button that mails a fresh link, for browsers that the old one does not open for. */
function renewal(app: Hono, desk: Desk): void {
  const counted = allowance(RENEWALS);
  app.post("/o/:token/renew", async (c) => {
    const token = c.req.param("token");
    const link = await officerLink(desk.world, token);
    if (!link) return desk.noSuchLink(c);
    const wait = counted.count(desk.clientOf(c), now(desk.world));
    if (wait !== null) return slowDownPage(desk.pages, wait, ANSWERS.askedTooOften);
    const form = await postedForm(desk, c, { scope: `/o/${token}`, step: "renew", words: RENEW_WORDS });
    if (form instanceof Response) return form;
    await renewOfficerLink(desk.world, link);
    return c.redirect(`/o/${token}/renew/sent`, 303);
  });
  app.get("/o/:token/renew/sent", async (c) => {
    const link = await officerLink(desk.world, c.req.param("token"));
    return link ? desk.pages.html(<RenewedPage />) : desk.noSuchLink(c);
  });
}

/** Adds the paths. */
export function officerRoutes(app: Hono, desk: Desk): void {
  const opening = (handler: CaseHandler) =>
    openingLink(desk, async (c, link, token) => {
      const number = c.req.param("number") ?? null;
      if (number === null && link.caseNumber === null) return await listPage(desk, c, link, token);
      const opened = await caseBehind(desk.world, link, number);
      if (!opened) return answerPage(desk.pages, ANSWERS.unknown);
      const path = number === null ? `/o/${token}` : `/o/${token}/cases/${number}`;
      // Officers see the cases of their departments, and no others any more (R5).
      if (!inCharge(desk.world, opened)) return answerPage(desk.pages, ANSWERS.handedOn);
      return await handler(c, opened, path);
    });
  const show = (path: string, handler: CaseHandler) =>
    BASES.forEach((base) => app.get(base + path, opening(handler)));
  const post = (path: string, handler: CaseHandler) =>
    BASES.forEach((base) => app.post(base + path, opening(handler)));

  const { settings } = desk.world;
  const originals = new Originals(desk);
  renewal(app, desk);
  officerListRoutes(app, desk);
  show("", (c, opened, path) => casePage(desk, originals, c, opened, path));
  show("/history", (_, opened, path) => historyPage(desk, opened, path));
  officerFormRoutes(desk, originals, show);
  show("/documents/:file{[0-9]+\\.pdf}", (c, opened) => sendDocument(desk, c, opened));
  show("/documents/:document/pages/:page{[0-9]+\\.png}", (c, opened) => sendPageImage(desk, c, opened));
  show("/view", (c, opened, path) => viewPage(desk, c, opened, path));
  show(
    "/files/:file{[0-9]+\\.pdf}",
    (c, opened) =>
      opened.state.phase === "completed"
        ? sendExecuted(desk, c, opened)
        : answerPage(desk.pages, ANSWERS.unknown),
  );
  post("/upload", (c, opened, path) => {
    const form = { path, replaces: opened.state.draft !== null, maxBytes: settings.limits.maxPdfBytes };
    const again = (guard: string) => <UploadAct {...form} guard={() => guard} />;
    const place = { scope: path, step: "upload", words: WORDS.upload, again };
    return uploadContract(desk, c, opened, place, path);
  });
  show("/rounds/:round{[0-9]+}/:file{[0-9]+\\.pdf}", (c, opened) => sendFormerPdf(desk, c, opened));
  post("/correct", (c, opened, path) => {
    const form = { path, state: opened.state, at: now(desk.world), maxBytes: settings.limits.maxPdfBytes };
    const again = (guard: string) => <CorrectAct {...form} guard={() => guard} />;
    const place = { scope: path, step: "correct", words: WORDS.correct, again };
    return uploadCorrection(desk, c, opened, place, path);
  });
  for (const step of Object.keys(ACTS) as PlainStep[]) post(`/${step}`, doing(desk, step));
}
