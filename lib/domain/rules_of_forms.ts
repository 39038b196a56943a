/**
 * Rules of the consent form: later forms, mending, refusing, paper instead (R5, R7, R8).
 *
 * @module
 */
import type { Case } from "./case.ts";
import { formTooLong } from "./form_length.ts";
import { type CommandOf, type Decision, done } from "./decision.ts";
import { MAX_TEXT } from "./limits.ts";
import { type Refusal, refuse } from "./refusal.ts";

/** Commands about the consent form. */
export type FormCommand = CommandOf<
  "proposeForm" | "acceptForm" | "mendForm" | "refuseForm" | "wishPaper" | "handOn"
>;

/** Why nothing about the form can change any more; null while it can. */
export function formClosed(state: Case): Refusal | null {
  switch (state.phase) {
    case "intake":
    case "drafted":
      return null;
    case "circulating":
    case "declined":
      return refuse("already_sent");
    case "executed":
    case "completed":
      return refuse("case_executed");
    case "paper":
      return refuse("case_paper");
    case "refused":
    case "withdrawn":
      return refuse("case_closed");
  }
}

/** Decides what happens to the form. A proposal may come at any time; it changes nothing until accepted. */
export function decideForm(state: Case, command: FormCommand): Decision {
  const { at } = command;
  const closed = formClosed(state);
  if (command.do === "proposeForm") {
    if (closed && closed.refused !== "already_sent") return closed;
    if (formTooLong(command.form)) return refuse("text_too_long");
    const { do: _, ...facts } = command;
    return done({ did: "formProposed", ...facts });
  }
  if (closed) return closed;
  switch (command.do) {
    case "acceptForm":
      if (!state.proposal) return refuse("no_proposal");
      return done({ did: "formAccepted", at, form: state.proposal.form, by: command.by });
    case "mendForm":
      if (formTooLong(command.form)) return refuse("text_too_long");
      return done({ did: "formMended", at, form: command.form, by: command.by });
    case "refuseForm":
      if (command.reason.length > MAX_TEXT) return refuse("text_too_long");
      return done({ did: "formRefused", at, reason: command.reason, by: command.by });
    case "wishPaper":
      return done({ did: "paperWished", at, by: command.by });
    case "handOn":
      return done({ did: "handedOn", at, departmentId: command.departmentId, by: command.by });
  }
}
