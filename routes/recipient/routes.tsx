/**
 * The paths of a request: `/c/<token>` and, with the same token and the same acts, `/s/<token>`.
 *
 * @module
 */
import type { Context, Hono } from "hono";
import { openLink } from "../../lib/flows/links.ts";
import { now } from "../../lib/flows/world.ts";
import { allowance } from "../allowance.ts";
import type { Desk } from "../desk.ts";
import { postedForm } from "../posted_form.tsx";
import { refusalPage } from "../refusal_page.tsx";
import { ConfirmPage, DeclinePage, QuestionPage } from "./answer_pages.tsx";
import {
  type Acting,
  agreeToAll,
  ask,
  declineAll,
  formProps,
  openDocument,
  renew,
  tryCode,
} from "./answering.tsx";
import { ThanksPage } from "./last_pages.tsx";
import { type RecipientStep, shownDocuments, WORDS } from "./parts.tsx";
import { notYetOpened, sendPageImage, sendPdf, showText, termsHandler } from "./reading.tsx";
import { documentHandler } from "./showing_document.tsx";
import { standingPage } from "./standing_page.tsx";
import { type Base, standingOf, type Visit, visitOf } from "./visit.ts";

type Showing = (c: Context, visit: Visit) => Response | Promise<Response>;

/** Steps that need no more than the link: the others need the code, where one is asked. */
const OPEN_STEPS: readonly RecipientStep[] = ["code", "renew"];

/** The answer to a token that leads to nobody: a link of someone who is asked no more, or none at all. */
async function noVisit(desk: Desk, c: Context, base: Base): Promise<Response> {
  const opened = await openLink(desk.world, c.req.param("token") ?? "", "request");
  if (!opened) return await desk.noSuchLink(c);
  return refusalPage(desk.pages, { refused: "unknown_party" }, { simple: base === "/s" });
}

/** Whether 契約日 has passed for someone whose turn it would be. */
function closedFor(desk: Desk, visit: Visit): boolean {
  const standing = standingOf(desk.world, visit);
  return standing.is === "refused" && standing.refused === "agreement_closed";
}

/** New links that a client may ask for in a minute, over all requests; more are answered alike, without a mail. */
const RENEWALS_A_MINUTE = 10;

/** Adds the paths of one view. */
export function recipientRoutes(app: Hono, desk: Desk, base: Base): void {
  const show = (path: string, showing: Showing) =>
    app.get(`${base}/:token${path}`, async (c) => {
      const visit = await visitOf(desk.world, c, base);
      return visit ? await showing(c, visit) : await noVisit(desk, c, base);
    });
  const post = (path: string, step: RecipientStep, acting: Acting) =>
    app.post(`${base}/:token${path}`, async (c) => {
      const visit = await visitOf(desk.world, c, base);
      if (!visit) return await noVisit(desk, c, base);
      const place = { scope: visit.token, step, words: WORDS[step], simple: base === "/s" };
      const form = await postedForm(desk, c, place);
      if (form instanceof Response) return form;
      const coded = OPEN_STEPS.includes(step) || standingOf(desk.world, visit).is !== "code";
      return coded ? await acting(desk, c, visit, form) : c.redirect(visit.path, 303);
    });
  const reading = (showing: Showing): Showing => (c, visit) =>
    notYetOpened(desk, c, visit) ??
      (visit.party.agreedAt === null ? showing(c, visit) : c.redirect(`${visit.path}/done`, 303));

  show("", termsHandler(desk, base));
  show("/document", documentHandler(desk));
  show("/documents/:file{[0-9]+\\.pdf}", (c, visit) => sendPdf(desk, c, visit));
  show("/documents/:number/text", (c, visit) => showText(desk, c, visit));
  show("/documents/:number/pages/:file{[0-9]+\\.png}", (c, visit) => sendPageImage(desk, c, visit));
  show("/done", (c, visit) => standingPage(desk, c, visit) ?? c.redirect(visit.path, 303));
  show(
    "/confirm",
    reading((c, visit) => {
      const props = formProps(desk, c, visit, "agree");
      return desk.pages.html(<ConfirmPage {...props} documents={shownDocuments(visit)} />);
    }),
  );
  show(
    "/decline",
    reading((c, visit) => desk.pages.html(<DeclinePage {...formProps(desk, c, visit, "decline")} />)),
  );
  const question: Showing = (c, visit) =>
    desk.pages.html(<QuestionPage {...formProps(desk, c, visit, "ask")} />);
  // Who comes too late to agree may still ask what happens now.
  show("/question", (c, visit) => closedFor(desk, visit) ? question(c, visit) : reading(question)(c, visit));
  thanks(desk, show, base);
  post("/open", "open", openDocument);
  post("/code", "code", tryCode);
  post("/agree", "agree", agreeToAll);
  post("/decline", "decline", declineAll);
  post("/question", "ask", ask);
  const clients = allowance(RENEWALS_A_MINUTE);
  post("/renew", "renew", (desk, c, visit, form) => {
    const enough = clients.count(desk.clientOf(c), now(desk.world)) !== null;
    return enough
      ? Promise.resolve(c.redirect(`${visit.path}/renew/sent`, 303))
      : renew(desk, c, visit, form);
  });
}

/** The short pages after a message went out. They say nothing about the contract. */
function thanks(desk: Desk, show: (path: string, showing: Showing) => void, base: Base): void {
  show(
    "/declined",
    (c, visit) =>
      visit.state.phase !== "declined" ? c.redirect(visit.path, 303) : desk.pages.html(
        <ThanksPage base={base} heading="回答を受け付けました">
          同意しない旨と理由を、担当課に知らせました。ご回答ありがとうございました。
        </ThanksPage>,
      ),
  );
  show("/question/sent", (_, visit) =>
    desk.pages.html(
      <ThanksPage base={base} heading="質問を送信しました" back={`${visit.path}/document`}>
        担当者からメールまたは電話でご連絡します。{closedFor(desk, visit) ? "" : "手続きは止まっていません。"}
      </ThanksPage>,
    ));
  show("/renew/sent", () =>
    desk.pages.html(
      <ThanksPage base={base} heading="新しいリンクを請求しました">
        担当課に知らせました。新しいリンクを記したメールが届くまで、お待ちください。
      </ThanksPage>,
    ));
}
