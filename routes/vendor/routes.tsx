/**
 * The paths of the vendor contact's link: `/f/<token>`.
 *
 * @module
 */
import type { Context, Hono } from "hono";
import { type ConsentForm, EMPTY_FORM, problemsOf } from "../../lib/domain/consent_form.ts";
import { formClosed } from "../../lib/domain/rules_of_forms.ts";
import { linkEnded, type OpenedLink, openLink } from "../../lib/flows/links.ts";
import { submitForm, wishPaper } from "../../lib/flows/vendor_acts.ts";
import { ANSWERS } from "../answer.ts";
import { changedForm, consentFormOf, roomFor } from "../consent_form_values.ts";
import type { Desk } from "../desk.ts";
import { postedForm } from "../posted_form.tsx";
import { answerPage, refusalPage } from "../refusal_page.tsx";
import type { FormValues } from "../read_form.ts";
import { parseDay } from "../../lib/domain/wareki.ts";
import { VendorPage, type VendorPageProps, VendorThanksPage, WORDS } from "./pages.tsx";

type Handler = (c: Context, opened: OpenedLink, token: string) => Response | Promise<Response>;

/** What a form page shows besides the form: nothing to mend unless said. */
type Shown = Partial<Pick<VendorPageProps, "problems" | "rejected" | "typedDay" | "next">>;

function formPage(desk: Desk, c: Context, token: string, form: ConsentForm, shown: Shown): Response {
  const { problems = [], rejected = false, typedDay = "", next = null } = shown;
  const page = (
    <VendorPage
      path={`/f/${token}`}
      form={form}
      problems={problems}
      rejected={rejected}
      typedDay={typedDay}
      next={next}
      submitGuard={desk.guard.field(c, token, "submit")}
      paperGuard={desk.guard.field(c, token, "paper")}
    />
  );
  return desk.pages.html(page, { status: rejected ? 400 : 200 });
}

/** The form as it came back, when it can't be taken yet: a button that makes room, or something to mend. */
function notYet(desk: Desk, c: Context, token: string, values: FormValues): Response | null {
  const day = values.get("submittedOn");
  const typedDay = parseDay(day) === null ? day : "";
  if (values.get("change") !== "") {
    const { form, next } = changedForm(values);
    return formPage(desk, c, token, form, { next, typedDay });
  }
  const form = consentFormOf(values);
  const problems = problemsOf(form).filter((problem) => problem.blocking);
  if (problems.length === 0 && typedDay === "") return null;
  return formPage(desk, c, token, roomFor(form, 1, 0), { problems, rejected: true, typedDay });
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
      const form = state.proposal?.form ?? state.form ?? EMPTY_FORM;
      const problems = problemsOf(form).filter(({ fault }) => fault !== "confirmers_many");
      return formPage(desk, c, token, roomFor(form, 1, 0), { problems });
    }),
  );
  app.post(
    "/f/:token/submit",
    opening(async (c, opened, token) => {
      const values = await postedForm(desk, c, { scope: token, step: "submit", words: WORDS.submit });
      if (values instanceof Response) return values;
      const again = notYet(desk, c, token, values);
      if (again) return again;
      const outcome = await submitForm(desk.world, opened, consentFormOf(values));
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
