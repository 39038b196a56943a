/**
 * Handlers that act: one posted form, one flow, one answer.
 *
 * @module
 */
import type { Context } from "hono";
import { MAX_TEXT } from "../../lib/domain/limits.ts";
import type { Refusal } from "../../lib/domain/refusal.ts";
import {
  agree,
  askQuestion,
  decline,
  enterAccessCode,
  requestNewLink,
  viewCase,
} from "../../lib/flows/party_acts.ts";
import { openLink } from "../../lib/flows/links.ts";
import type { Desk } from "../desk.ts";
import type { FormValues } from "../read_form.ts";
import { refusalPage } from "../refusal_page.tsx";
import { type AnswerFormProps, ConfirmPage, DeclinePage, QuestionPage } from "./answer_pages.tsx";
import { counterpartOf, titleOf } from "./parts.tsx";
import { codePage, refusedVisit } from "./standing_page.tsx";
import { admit, type Visit } from "./visit.ts";

/** Acts on a form that passed the guard. */
export type Acting = (desk: Desk, c: Context, visit: Visit, form: FormValues) => Promise<Response>;

/** What the pages with a form need. */
export function formProps(
  desk: Desk,
  c: Context,
  visit: Visit,
  step: "agree" | "decline" | "ask",
): AnswerFormProps {
  return {
    base: visit.base,
    path: visit.path,
    guard: desk.guard.field(c, visit.token, step),
    title: titleOf(visit),
    counterpart: counterpartOf(desk.world.settings, visit),
  };
}

function refusal(desk: Desk, c: Context, visit: Visit, { refused }: Refusal): Response {
  const leadsBack = refused === "summary_changed" || refused === "text_too_long";
  if (!leadsBack) return refusedVisit(desk, c, visit, refused, true);
  return refusalPage(desk.pages, { refused }, {
    simple: visit.base === "/s",
    back: `${visit.path}/document`,
  });
}

/** The first button (R20, R21). */
export const openDocument: Acting = async (desk, c, visit): Promise<Response> => {
  desk.images.prepare(visit.state.draft?.documents ?? []);
  const outcome = await viewCase(desk.world, visit.opened);
  return "refused" in outcome ? refusal(desk, c, visit, outcome) : c.redirect(`${visit.path}/document`, 303);
};

/** The access code: right opens this browser, wrong counts (R24). */
export const tryCode: Acting = async (desk, c, visit, form): Promise<Response> => {
  const outcome = await enterAccessCode(desk.world, visit.opened, form.get("code"));
  if ("refused" in outcome) return refusal(desk, c, visit, outcome);
  if (outcome.right) {
    admit(desk.world, c, visit);
    return c.redirect(visit.path, 303);
  }
  const state = (await openLink(desk.world, visit.token, "request"))?.state ?? visit.state;
  const party = state.parties.find((each) => each.id === visit.party.id) ?? visit.party;
  if (party.locked) return refusedVisit(desk, c, { ...visit, state, party }, "code_locked");
  return codePage(desk, c, visit, desk.world.settings.limits.accessCodeTries - party.wrongCodes);
};

/** 「同意して確認完了」. Pressed twice it leads to the same page. */
export const agreeToAll: Acting = async (desk, c, visit, form): Promise<Response> => {
  const documents = form.get("documents");
  if (form.get("read") !== "yes" || documents === "") {
    const props = formProps(desk, c, visit, "agree");
    return desk.pages.html(<ConfirmPage {...props} documents={documents} incomplete />, { status: 400 });
  }
  const { authentication, opened } = visit;
  const outcome = await agree(desk.world, opened, { documents: documents.split(","), authentication });
  if ("refused" in outcome && outcome.refused !== "already_agreed") {
    return refusal(desk, c, visit, outcome);
  }
  return c.redirect(`${visit.path}/done`, 303);
};

/** 「同意しない」. */
export const declineAll: Acting = async (desk, c, visit, form): Promise<Response> => {
  const reason = [form.get("kind"), form.get("reason", "理由")].filter((text) => text !== "").join("：");
  if (reason === "" || reason.length > MAX_TEXT) {
    return desk.pages.html(<DeclinePage {...formProps(desk, c, visit, "decline")} incomplete />, {
      status: 400,
    });
  }
  const outcome = await decline(desk.world, visit.opened, reason);
  return "refused" in outcome ? refusal(desk, c, visit, outcome) : c.redirect(`${visit.path}/declined`, 303);
};

/** 「質問・日程の相談」. */
export const ask: Acting = async (desk, c, visit, form): Promise<Response> => {
  const question = form.get("question");
  if (question === "" || question.length > MAX_TEXT) {
    return desk.pages.html(<QuestionPage {...formProps(desk, c, visit, "ask")} incomplete />, {
      status: 400,
    });
  }
  const outcome = await askQuestion(desk.world, visit.opened, question);
  return "refused" in outcome
    ? refusal(desk, c, visit, outcome)
    : c.redirect(`${visit.path}/question/sent`, 303);
};

/** 「新しいリンクを請求する」. */
export const renew: Acting = async (desk, c, visit): Promise<Response> => {
  const outcome = await requestNewLink(desk.world, visit.opened);
  return "refused" in outcome
    ? refusal(desk, c, visit, outcome)
    : c.redirect(`${visit.path}/renew/sent`, 303);
};
