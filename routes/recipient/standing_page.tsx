/**
 * What the holder of a link sees who may not go on to the document now.
 *
 * @module
 */
import type { Context } from "hono";
import type { RefusalCode } from "../../lib/domain/refusal.ts";
import { ANSWERS } from "../answer.ts";
import type { Desk } from "../desk.ts";
import { Guard } from "../posted_form.tsx";
import { answerPage, refusalPage } from "../refusal_page.tsx";
import { CodePage } from "./first_pages.tsx";
import { DonePage } from "./last_pages.tsx";
import { WORDS } from "./parts.tsx";
import { type Standing, standingOf, type Visit } from "./visit.ts";

/** Asks for the access code; after a wrong one with the tries that are left. */
export function codePage(desk: Desk, c: Context, visit: Visit, triesLeft: number | null): Response {
  const { base, path, token } = visit;
  const guard = desk.guard.field(c, token, "code");
  const page = <CodePage base={base} path={path} guard={guard} triesLeft={triesLeft} />;
  return desk.pages.html(page, { status: triesLeft === null ? 200 : 403 });
}

/** The page of someone whose link does not lead on; `acting` when the person pressed a button to get here. */
export function refusedVisit(
  desk: Desk,
  c: Context,
  visit: Visit,
  refused: RefusalCode,
  acting = false,
): Response {
  const simple = visit.base === "/s";
  if (refused === "case_closed") {
    const answer = visit.state.phase === "declined" ? ANSWERS.declined : ANSWERS.withdrawn;
    // An act came too late: the link was good when the page was opened (interface.md, Rules that tests rely on).
    return answerPage(desk.pages, acting ? { ...answer, status: 409 } : answer, { simple });
  }
  if (refused !== "link_expired") return refusalPage(desk.pages, { refused }, { simple });
  const renew = (
    <form method="post" action={`${visit.path}/renew`}>
      <Guard value={desk.guard.field(c, visit.token, "renew")} />
      <button class="btn primary" type="submit">{WORDS.renew}</button>
    </form>
  );
  return refusalPage(desk.pages, { refused }, { simple, children: renew });
}

/** The page of a standing that does not lead on to the document; null when it does. */
export function standingPage(desk: Desk, c: Context, visit: Visit): Response | null {
  const standing: Standing = standingOf(desk.world, visit);
  switch (standing.is) {
    case "ready":
      return null;
    case "agreed":
      return desk.pages.html(<DonePage visit={visit} />);
    case "code":
      return codePage(desk, c, visit, null);
    case "refused":
      return refusedVisit(desk, c, visit, standing.refused);
  }
}
