/**
 * What each button of the officer's page does: its fields read, then one flow.
 *
 * @module
 */
import type { Relation, Term } from "../../lib/domain/case.ts";
import { MAX_TEXT } from "../../lib/domain/limits.ts";
import { refuse } from "../../lib/domain/refusal.ts";
import { parseDay } from "../../lib/domain/wareki.ts";
import type { Outcome } from "../../lib/flows/act.ts";
import { followUp } from "../../lib/flows/follow_up.ts";
import type { OpenedLink } from "../../lib/flows/links.ts";
import {
  handOn,
  mendForm,
  refuseForm,
  reopen,
  resend,
  sendContract,
  setAccessCode,
  withdraw,
} from "../../lib/flows/officer_acts.ts";
import { isUsableCode } from "../../lib/link/access_code.ts";
import { acceptForm, changeConfirmers } from "../../lib/flows/send_anew.ts";
import type { World } from "../../lib/flows/world.ts";
import { departmentOf } from "../../lib/settings/settings.ts";
import { confirmersOf, consentFormOf } from "../consent_form_values.ts";
import type { FormValues } from "../read_form.ts";
import type { OfficerStep } from "./parts.tsx";

/** Steps whose form has no file. */
export type PlainStep = Exclude<OfficerStep, "upload" | "correct">;

/** Carries a step out; `badForm` when a field is missing or can't be read. */
export type PlainAct = (world: World, opened: OpenedLink, form: FormValues) => Promise<Outcome | "badForm">;

const bad = Promise.resolve("badForm" as const);

/** An act that needs a reason. */
const withReason =
  (act: (world: World, opened: OpenedLink, reason: string) => Promise<Outcome>): PlainAct =>
  (world, opened, form) => {
    const reason = form.get("reason", "理由");
    return reason === "" ? bad : act(world, opened, reason);
  };

function termOf(form: FormValues): Term | null | "badForm" {
  const [from, to] = [form.get("termFrom"), form.get("termTo")];
  if (from === "" && to === "") return null;
  const term = { from: parseDay(from), to: parseDay(to) };
  if (term.from === null || term.to === null || term.to < term.from) return "badForm";
  return { from: term.from, to: term.to };
}

const send: PlainAct = (world, opened, form) => {
  const written = form.get("contractDate", "契約日");
  const contractDate = parseDay(written);
  const term = termOf(form);
  if (form.get("declared") !== "yes") return Promise.resolve(refuse("not_declared"));
  if (term === "badForm") return bad;
  if (written !== "" && contractDate === null) return bad;
  return sendContract(world, opened, { digest: form.get("digest"), contractDate, term });
};

const hand: PlainAct = (world, opened, form) => {
  const id = form.get("department");
  return departmentOf(world.settings, id) ? handOn(world, opened, id) : bad;
};

const RELATIONS: readonly Relation[] = ["correction", "amendment", "memorandum"];

const follow: PlainAct = (world, opened, form) => {
  const relation = RELATIONS.find((each) => each === form.get("relation"));
  const title = form.get("title");
  if (relation === undefined || title.length > MAX_TEXT) return bad;
  return followUp(world, opened, { relation, title, seen: Number(form.get("seen")) });
};

const confirmers: PlainAct = (world, opened, form) => {
  const reason = form.get("reason", "理由");
  const vendors = opened.state.form?.vendors.length ?? 0;
  return reason === ""
    ? bad
    : changeConfirmers(world, opened, { confirmers: confirmersOf(form, vendors), reason });
};

/** All steps but those with files. */
export const ACTS: Readonly<Record<PlainStep, PlainAct>> = {
  send,
  hand,
  follow,
  resend,
  accept: (world, opened, form) => acceptForm(world, opened, form.get("digest") || undefined),
  confirmers,
  mend: (world, opened, form) => mendForm(world, opened, consentFormOf(form)),
  code: (world, opened, form) => {
    const code = form.get("code");
    return code === "" || isUsableCode(code) ? setAccessCode(world, opened, code) : bad;
  },
  withdraw: withReason(withdraw),
  reopen: withReason(reopen),
  refuse: withReason(refuseForm),
};
