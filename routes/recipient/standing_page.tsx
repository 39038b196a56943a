/**
 * What the holder of a link sees who may not go on to the document now.
 *
 * @module
 */
import type { Context } from "hono";
import type { VNode } from "preact";
import type { RefusalCode } from "../../lib/domain/refusal.ts";
import { ANSWERS } from "../answer.ts";
import { DepartmentContact } from "../contact.tsx";
import type { Desk } from "../desk.ts";
import { Guard } from "../posted_form.tsx";
import { answerTo } from "../refusal_answers.ts";
import { answerPage, refusalPage } from "../refusal_page.tsx";
import { CodePage } from "./first_pages.tsx";
import { DonePage } from "./last_pages.tsx";
import { WORDS } from "./parts.tsx";
import { ProgressCard } from "./progress.tsx";
import { type Standing, standingOf, type Visit } from "./visit.ts";

/** Asks for the access code; after a wrong one with the tries that are left. */
export function codePage(desk: Desk, c: Context, visit: Visit, triesLeft: number | null): Response {
  const { base, path, token } = visit;
  const guard = desk.guard.field(c, token, "code");
  const page = <CodePage base={base} path={path} guard={guard} triesLeft={triesLeft} />;
  return desk.pages.html(page, { status: triesLeft === null ? 200 : 403 });
}

/** The act that helps now: asking for a new link, or asking the officer; null when neither does. */
function helpfulAct(desk: Desk, c: Context, visit: Visit, refused: RefusalCode): VNode | null {
  if (refused === "link_expired") {
    return (
      <form method="post" action={`${visit.path}/renew`}>
        <Guard value={desk.guard.field(c, visit.token, "renew")} />
        <button class="btn primary" type="submit">{WORDS.renew}</button>
      </form>
    );
  }
  return refused === "agreement_closed"
    ? <a class="btn primary" href={`${visit.path}/question`}>{WORDS.ask}</a>
    : null;
}

/** Refusals of someone who may know how far the case is: only after the code, where one is asked. */
const SHOW_PROGRESS: readonly RefusalCode[] = ["not_awaited", "agreement_closed"];

/** Whom to ask, and where that may be known, how far the case is. */
function Below({ desk, visit, refused }: {
  readonly desk: Desk;
  readonly visit: Visit;
  readonly refused: RefusalCode;
}): VNode {
  const { state, admitted } = visit;
  return (
    <>
      {SHOW_PROGRESS.includes(refused) && <ProgressCard visit={visit} />}
      <DepartmentContact
        settings={desk.world.settings}
        departmentId={state.departmentId}
        number={admitted ? state.number : null}
      />
    </>
  );
}

/** The page of someone whose link does not lead on; `acting` when the person pressed a button to get here. */
export function refusedVisit(
  desk: Desk,
  c: Context,
  visit: Visit,
  refused: RefusalCode,
  acting = false,
): Response {
  const more = {
    simple: visit.base === "/s",
    children: helpfulAct(desk, c, visit, refused),
    below: <Below desk={desk} visit={visit} refused={refused} />,
  };
  if (refused === "not_awaited" && !acting) return answerPage(desk.pages, ANSWERS.notYourTurn, more);
  if (refused === "link_superseded" && acting) {
    return answerPage(desk.pages, { ...answerTo(refused), status: 409 }, more);
  }
  if (refused !== "case_closed") return refusalPage(desk.pages, { refused }, more);
  const answer = visit.state.phase === "declined" ? ANSWERS.declined : ANSWERS.withdrawn;
  // An act came too late: the link was good when the page was opened (interface.md, Rules that tests rely on).
  return answerPage(desk.pages, acting ? { ...answer, status: 409 } : answer, more);
}

/** The page of a standing that does not lead on to the document; null when it does. */
export function standingPage(desk: Desk, c: Context, visit: Visit): Response | null {
  const standing: Standing = standingOf(desk.world, visit);
  switch (standing.is) {
    case "ready":
      return null;
    case "agreed":
      return desk.pages.html(<DonePage visit={visit} settings={desk.world.settings} />);
    case "code":
      return codePage(desk, c, visit, null);
    case "refused":
      return refusedVisit(desk, c, visit, standing.refused);
  }
}
