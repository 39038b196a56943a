/**
 * The paths of the vendor contact's link: `/f/<token>`.
 *
 * @module
 */
import type { Context, Hono } from "hono";
import { type ConsentForm, EMPTY_FORM, type FormProblem, problemsOf } from "../../lib/domain/consent_form.ts";
import { formClosed } from "../../lib/domain/rules_of_forms.ts";
import { linkEnded, type OpenedLink, openLink } from "../../lib/flows/links.ts";
import { submitForm, wishPaper } from "../../lib/flows/vendor_acts.ts";
import { ANSWERS } from "../answer.ts";
import { consentFormOf, roomFor } from "../consent_form_fields.tsx";
import type { Desk } from "../desk.ts";
import { postedForm } from "../posted_form.tsx";
import { answerPage, refusalPage } from "../refusal_page.tsx";
import { VendorPage, VendorThanksPage, WORDS } from "./pages.tsx";

type Handler = (c: Context, opened: OpenedLink, token: string) => Response | Promise<Response>;

function formPage(
  desk: Desk,
  c: Context,
  token: string,
  form: ConsentForm,
  rejected: readonly FormProblem[] | null,
): Response {
  const roomy = roomFor(form, Number(c.req.query("members")) || 1);
  const page = (
    <VendorPage
      path={`/f/${token}`}
      form={roomy}
      problems={rejected ?? problemsOf(form).filter(({ fault }) => fault !== "confirmers_many")}
      rejected={rejected !== null}
      submitGuard={desk.guard.field(c, token, "submit")}
      paperGuard={desk.guard.field(c, token, "paper")}
      members={roomy.vendors.length}
    />
  );
  return desk.pages.html(page, { status: rejected === null ? 200 : 400 });
}

/** Adds the paths. */
export function vendorRoutes(app: Hono, desk: Desk): void {
  const opening = (handler: Handler) => async (c: Context) => {
    const token = c.req.param("token") ?? "";
    const opened = await openLink(desk.world, token, "form");
    if (!opened) return desk.noSuchLink(c);
    if (linkEnded(desk.world, opened.link)) return answerPage(desk.pages, ANSWERS.ended);
    return await handler(c, opened, token);
  };
  const thanks = (paper: boolean) => () => desk.pages.html(<VendorThanksPage paper={paper} />);

  app.get(
    "/f/:token",
    opening((c, { state }, token) => {
      if (state.phase === "paper") return thanks(true)();
      const closed = formClosed(state);
      if (closed && closed.refused !== "already_sent") return refusalPage(desk.pages, closed);
      return formPage(desk, c, token, state.proposal?.form ?? state.form ?? EMPTY_FORM, null);
    }),
  );
  app.post(
    "/f/:token/submit",
    opening(async (c, opened, token) => {
      const values = await postedForm(desk, c, { scope: token, step: "submit", words: WORDS.submit });
      if (values instanceof Response) return values;
      const form = consentFormOf(values);
      const blocking = problemsOf(form).filter((problem) => problem.blocking);
      if (blocking.length > 0) return formPage(desk, c, token, form, blocking);
      const outcome = await submitForm(desk.world, opened, form);
      if ("refused" in outcome) return refusalPage(desk.pages, outcome);
      return c.redirect(`/f/${token}/submitted`, 303);
    }),
  );
  app.post(
    "/f/:token/paper",
    opening(async (c, opened, token) => {
      const values = await postedForm(desk, c, { scope: token, step: "paper", words: WORDS.paper });
      if (values instanceof Response) return values;
      if (values.get("sure") !== "yes") {
        return answerPage(desk.pages, ANSWERS.badForm, { back: `/f/${token}` });
      }
      const outcome = await wishPaper(desk.world, opened);
      const done = !("refused" in outcome) || opened.state.phase === "paper";
      return done ? c.redirect(`/f/${token}`, 303) : refusalPage(desk.pages, outcome);
    }),
  );
  app.get("/f/:token/submitted", opening(thanks(false)));
}
