/**
 * The rules of a case: what may happen next. Pure: the same case and command always give the same answer.
 *
 * @module
 */
import type { Case } from "./case.ts";
import type { CaseEvent } from "./case_event.ts";
import type { CaseCommand, OpenCommand } from "./command.ts";
import { formTooLong } from "./form_length.ts";
import { type Decision, done } from "./decision.ts";
import { decideDraft, decideSend } from "./rules_of_sending.ts";
import { decideOpening } from "./rules_of_opening.ts";
import { decideFollow } from "./rules_of_following.ts";
import { decideForm } from "./rules_of_forms.ts";
import { decideConfirmers, decideCorrection, decideLateForm } from "./rules_of_correction.ts";
import { decideReminder } from "./rules_of_reminding.ts";
import { decideRenewal } from "./rules_of_renewal.ts";
import { decideCertify, decideDelay, decideSeal } from "./rules_of_sealing.ts";
import { decideByOfficer, decideByParty, decideDelivery } from "./rules_of_circulation.ts";

/** The first event of a case. A form too long to be kept counts as unreadable: its mail is kept all the same. */
export function open(command: OpenCommand): CaseEvent[] {
  const { do: _, ...facts } = command;
  const unread = facts.form && formTooLong(facts.form) ? { form: null, unreadable: "damaged" } : {};
  return [{ did: "opened", ...facts, ...unread }];
}

/** What follows from a command: events to be recorded, in order, or a refusal. Never both. */
export function decide(state: Case, command: CaseCommand): Decision {
  switch (command.do) {
    case "proposeForm":
    case "mendForm":
    case "refuseForm":
    case "wishPaper":
    case "handOn":
      return decideForm(state, command);
    case "acceptForm":
      return state.phase === "circulating" || state.phase === "declined"
        ? decideLateForm(state, command)
        : decideForm(state, command);
    case "draft":
      return decideDraft(state, command);
    case "send":
      return decideSend(state, command);
    case "correct":
      return decideCorrection(state, command);
    case "changeConfirmers":
      return decideConfirmers(state, command);
    case "recordSeal":
      return decideSeal(state, command);
    case "reportDelay":
      return decideDelay(state, command);
    case "certify":
      return decideCertify(state, command);
    case "recordRenewal":
      return decideRenewal(state, command);
    case "follow":
      return decideFollow(state, command);
    case "recordOpening":
      return decideOpening(state, command);
    case "recordInquiry":
      return done({ did: "inquired", at: command.at, word: command.word, by: command.by });
    case "remind":
      return decideReminder(state, command);
    case "recordHandover":
    case "recordBounce":
      return decideDelivery(state, command);
    case "view":
    case "enterCode":
    case "agree":
    case "decline":
    case "ask":
    case "requestLink":
      return decideByParty(state, command);
    case "setCode":
    case "resend":
    case "withdraw":
    case "reopen":
      return decideByOfficer(state, command);
  }
}
