/**
 * The paths of a download link: `/d/<token>`: the executed PDFs and the certificate (R30, R31).
 *
 * @module
 */
import type { Context, Hono } from "hono";
import { currentSha256, fileIds, fileOf } from "../../lib/domain/case.ts";
import { executedFiles } from "../../lib/flows/documents.ts";
import { renewDownload } from "../../lib/flows/downloads.ts";
import { linkEnded, type OpenedLink, openLink } from "../../lib/flows/links.ts";
import { ANSWERS } from "../answer.ts";
import type { Desk } from "../desk.ts";
import { handedOut } from "../handed_out.ts";
import { Guard, postedForm } from "../posted_form.tsx";
import { answerPage } from "../refusal_page.tsx";
import { DownloadPage, RENEW_WORDS, RenewedPage } from "./pages.tsx";

type Handler = (c: Context, opened: OpenedLink, token: string) => Response | Promise<Response>;

/** Says that the link has ended, with the button that mails a fresh one to the same address. */
function endedPage(desk: Desk, c: Context, token: string): Response {
  return answerPage(desk.pages, ANSWERS.downloadEnded, {
    children: (
      <form method="post" action={`/d/${token}/renew`}>
        <Guard value={desk.guard.field(c, token, "renew")} />
        <button class="btn primary" type="submit">{RENEW_WORDS}</button>
      </form>
    ),
  });
}

/** An executed PDF or the certificate, by its place (`:file`). */
export async function sendExecuted(desk: Desk, c: Context, opened: OpenedLink): Promise<Response> {
  const { state } = opened;
  const index = Number.parseInt(c.req.param("file") ?? "", 10) - 1;
  const file = executedFiles(state)[index];
  const id = fileIds(state)[index];
  const kept = id === undefined ? null : fileOf(state, id);
  if (!file || id === undefined || !kept) return answerPage(desk.pages, ANSWERS.unknown);
  const answered = { ...file, tag: currentSha256(kept), download: true };
  return await handedOut(desk, c, opened, { id, file: answered });
}

/** Adds the paths. */
export function downloadRoutes(app: Hono, desk: Desk): void {
  const opening = (handler: Handler) => async (c: Context) => {
    const token = c.req.param("token") ?? "";
    const opened = await openLink(desk.world, token, "download");
    return opened ? await handler(c, opened, token) : desk.noSuchLink(c);
  };
  const whileGood = (handler: Handler) =>
    opening((c, opened, token) =>
      linkEnded(desk.world, opened.link) ? endedPage(desk, c, token) : handler(c, opened, token)
    );

  app.get(
    "/d/:token",
    whileGood((_, { state, link }, token) =>
      desk.pages.html(
        <DownloadPage
          path={`/d/${token}`}
          state={state}
          files={executedFiles(state)}
          until={link.expiresAt}
        />,
      )
    ),
  );
  app.get("/d/:token/files/:file{[0-9]+\\.pdf}", whileGood((c, opened) => sendExecuted(desk, c, opened)));
  app.post(
    "/d/:token/renew",
    opening(async (c, opened, token) => {
      const form = await postedForm(desk, c, { scope: token, step: "renew", words: RENEW_WORDS });
      if (form instanceof Response) return form;
      await renewDownload(desk.world, opened);
      return c.redirect(`/d/${token}/renew/sent`, 303);
    }),
  );
  app.get("/d/:token/renew/sent", opening(() => desk.pages.html(<RenewedPage />)));
}
