/**
 * The paths of an officer's link: `/o/<token>`.
 *
 * @module
 */
import type { Context, Hono } from "hono";
import { EMPTY_FORM } from "../../lib/domain/consent_form.ts";
import { readHistory } from "../../lib/flows/case_records.ts";
import { deliveriesOf } from "../../lib/flows/deliveries.ts";
import { inCharge, linkEnded, type OpenedLink, openLink } from "../../lib/flows/links.ts";
import { officerOf } from "../../lib/flows/officer_acts.ts";
import { summaryOf } from "../../lib/flows/summary.ts";
import { now } from "../../lib/flows/world.ts";
import { ANSWERS } from "../answer.ts";
import { roomFor } from "../consent_form_fields.tsx";
import type { Desk } from "../desk.ts";
import { sendExecuted } from "../downloads/routes.tsx";
import { documentFile, fileAnswer } from "../file_answer.ts";
import { postedForm } from "../posted_form.tsx";
import { answerPage, refusalPage } from "../refusal_page.tsx";
import { ACTS, type PlainStep } from "./acting.ts";
import { CasePage } from "./case_page.tsx";
import { MendPage } from "./mend_page.tsx";
import { formMail, mailFile } from "./original_mail.ts";
import { type OfficerStep, WORDS } from "./parts.tsx";
import { uploadContract } from "./uploading.tsx";

type Handler = (c: Context, opened: OpenedLink, token: string) => Response | Promise<Response>;

const pathOf = (token: string): string => `/o/${token}`;

async function casePage(desk: Desk, c: Context, { state }: OpenedLink, token: string): Promise<Response> {
  const { world, guard, pages } = desk;
  const history = await readHistory(world.store, state.number);
  const summary = state.phase === "drafted" ? await summaryOf(world, state) : null;
  return pages.html(
    <CasePage
      path={pathOf(token)}
      guard={(step: OfficerStep) => guard.field(c, token, step)}
      state={state}
      history={history}
      deliveries={await deliveriesOf(world.store, state.number)}
      summary={summary}
      settings={world.settings}
      at={now(world)}
    />,
  );
}

async function mendPage(desk: Desk, c: Context, opened: OpenedLink, token: string): Promise<Response> {
  const { link, state } = opened;
  const form = roomFor(state.form ?? EMPTY_FORM, Number(c.req.query("members") ?? 1) || 1);
  const side = officerOf(desk.world.settings, link.address).name;
  const guard = desk.guard.field(c, token, "mend");
  const original = formMail(await readHistory(desk.world.store, state.number)) !== null;
  const page = { path: pathOf(token), guard, form, side, original };
  return desk.pages.html(<MendPage {...page} />);
}

async function sendOriginal(desk: Desk, c: Context, { state }: OpenedLink): Promise<Response> {
  const { blobs, store } = desk.world;
  const mail = formMail(await readHistory(store, state.number));
  if (mail === null) return answerPage(desk.pages, ANSWERS.unknown);
  return await fileAnswer(blobs, c.req.raw, await mailFile(blobs, mail, state.number));
}

async function sendPdf(desk: Desk, c: Context, { state }: OpenedLink): Promise<Response> {
  const document = state.draft?.documents[Number.parseInt(c.req.param("file") ?? "", 10) - 1];
  if (!document) return answerPage(desk.pages, ANSWERS.unknown);
  return await fileAnswer(desk.world.blobs, c.req.raw, documentFile(document));
}

/** Adds the paths. */
export function officerRoutes(app: Hono, desk: Desk): void {
  const opening = (handler: Handler) => async (c: Context) => {
    const token = c.req.param("token") ?? "";
    const opened = await openLink(desk.world, token, "officer");
    if (!opened) return desk.noSuchLink(c);
    if (linkEnded(desk.world, opened.link)) return answerPage(desk.pages, ANSWERS.officerLinkEnded);
    if (c.req.method === "POST" && !inCharge(desk.world, opened)) {
      return answerPage(desk.pages, ANSWERS.handedOn, { back: pathOf(token) });
    }
    return await handler(c, opened, token);
  };
  app.get("/o/:token", opening((c, opened, token) => casePage(desk, c, opened, token)));
  app.get("/o/:token/mend", opening((c, opened, token) => mendPage(desk, c, opened, token)));
  app.get("/o/:token/original.eml", opening((c, opened) => sendOriginal(desk, c, opened)));
  app.get("/o/:token/documents/:file{[0-9]+\\.pdf}", opening((c, opened) => sendPdf(desk, c, opened)));
  app.get(
    "/o/:token/files/:file{[0-9]+\\.pdf}",
    opening((c, opened) =>
      opened.state.phase === "completed"
        ? sendExecuted(desk, c, opened)
        : answerPage(desk.pages, ANSWERS.unknown)
    ),
  );
  app.post(
    "/o/:token/upload",
    opening((c, opened, token) => {
      const place = { scope: token, step: "upload", words: WORDS.upload };
      return uploadContract(desk, c, opened, place, pathOf(token));
    }),
  );
  for (const [step, act] of Object.entries(ACTS)) {
    app.post(
      `/o/:token/${step}`,
      opening(async (c, opened, token) => {
        const form = await postedForm(desk, c, { scope: token, step, words: WORDS[step as PlainStep] });
        if (form instanceof Response) return form;
        const outcome = await act(desk.world, opened, form);
        if (outcome === "badForm") return answerPage(desk.pages, ANSWERS.badForm, { back: pathOf(token) });
        if ("refused" in outcome) return refusalPage(desk.pages, outcome, { back: pathOf(token) });
        return c.redirect(pathOf(token), 303);
      }),
    );
  }
}
