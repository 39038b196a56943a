/**
 * The door of the officer's pages: whose browser may come in through a link, and what anyone else is told.
 *
 * @module
 */
import type { Context } from "hono";
import { linkEnded } from "../../lib/flows/links.ts";
import { type Holding, holdingOf, takeHold, WORKING_DAY_SECONDS } from "../../lib/flows/officer_session.ts";
import type { LinkRecord } from "../../lib/link/link_token.ts";
import { ANSWERS } from "../answer.ts";
import type { Desk } from "../desk.ts";
import { Guard } from "../posted_form.tsx";
import { answerPage } from "../refusal_page.tsx";

/** The words on the button that asks for a fresh link. */
export const RENEW_WORDS = "新しいリンクを請求する";

const REFUSED = {
  elsewhere: ANSWERS.officerElsewhere,
  over: ANSWERS.officerDayOver,
  ended: ANSWERS.officerLinkEnded,
} as const;

/** Says why the link does not open here, with the button that mails a fresh one. Tells nothing of any case. */
function offer(desk: Desk, c: Context, token: string, why: keyof typeof REFUSED): Response {
  return answerPage(desk.pages, REFUSED[why], {
    children: (
      <form method="post" action={`/o/${token}/renew`}>
        <Guard value={desk.guard.field(c, `/o/${token}`, "renew")} />
        <button class="btn primary" type="submit">{RENEW_WORDS}</button>
      </form>
    ),
  });
}

const refusal = (desk: Desk, c: Context, token: string, holding: Holding): Response | null =>
  holding === "elsewhere" || holding === "over" ? offer(desk, c, token, holding) : null;

/** The answer to a browser that the link does not open for; null for one that may come in. */
export async function shutOut(
  desk: Desk,
  c: Context,
  link: LinkRecord,
  token: string,
): Promise<Response | null> {
  if (linkEnded(desk.world, link)) return offer(desk, c, token, "ended");
  return refusal(desk, c, token, await holdingOf(desk.world, link, desk.guard.browser(c)));
}

/** Gives the link to this browser, which acts with it; the answer when another one was faster, else null. */
export async function takeIn(desk: Desk, c: Context, link: LinkRecord): Promise<Response | null> {
  const holding = await takeHold(desk.world, link, desk.guard.browser(c));
  if (holding === "own") desk.guard.keep(c, WORKING_DAY_SECONDS);
  return refusal(desk, c, c.req.param("token") ?? "", holding);
}
