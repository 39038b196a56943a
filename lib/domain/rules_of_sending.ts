/**
 * Rules of the draft and of sending it (R7, R10, R14, R15).
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Case, Person, Term } from "./case.ts";
import { problemsOf } from "./consent_form.ts";
import { type CommandOf, type Decision, done } from "./decision.ts";
import { canonicalJson } from "./history.ts";
import { type Day, type Instant, jstDay } from "./instant.ts";
import { MAX_COPIES, MAX_DOCUMENTS, MAX_PARTIES, MAX_TERM_YEARS, MAX_TEXT } from "./limits.ts";
import { sameAddress } from "./mail_address.ts";
import { partiesOf, type PartyFacts } from "./parties.ts";
import { type RefusalCode, refuse } from "./refusal.ts";
import { formClosed } from "./rules_of_forms.ts";

/**
 * Digest of all that a summary shows: the form and the draft. A send tap carries it, so that nothing is sent
 * that the officer did not see (R7).
 */
export function summaryDigest(state: Case): string {
  const { form, draft } = state;
  return createHash("sha256").update(canonicalJson({ form, draft })).digest("hex");
}

/** Whether a contract date can still be agreed upon: today or later in Japan (R15). */
export function contractDateOpen(contractDate: Day, at: Instant): boolean {
  return contractDate >= jstDay(at);
}

/** Decides on what an officer handed in. A new draft takes the place of an earlier one. */
export function decideDraft(state: Case, command: CommandOf<"draft">): Decision {
  const { draft, at, mail } = command;
  const closed = formClosed(state);
  if (closed) return closed;
  if (draft.documents.length === 0) return refuse("no_documents");
  if (draft.documents.length > MAX_DOCUMENTS) return refuse("documents_too_many");
  if (draft.copyTo.length > MAX_COPIES) return refuse("parties_too_many");
  if (draft.title.length > MAX_TEXT) return refuse("text_too_long");
  if (draft.contractDate !== null && !contractDateOpen(draft.contractDate, at)) {
    return refuse("contract_date_past");
  }
  return done({ did: "drafted", at, draft, mail });
}

/** Whether a term is longer than timestamps last without renewal. */
function exceedsTimestamps(term: Term): boolean {
  const limit = `${Number(term.from.slice(0, 4)) + MAX_TERM_YEARS}${term.from.slice(4)}`;
  return term.to > limit;
}

function partyFault(parties: readonly PartyFacts[], approvers: readonly Person[], barred: readonly string[]) {
  if (parties.length > MAX_PARTIES) return "parties_too_many";
  const foreign = [...approvers.map((approver) => approver.address), ...barred];
  const overlap = parties.some((party) =>
    party.role === "confirmer" && foreign.some((address) => sameAddress(address, party.address))
  );
  return overlap ? "parties_overlap" : null;
}

/** Decides whether what the officer saw may go out; fixes who signs and in which order (R16). */
export function decideSend(state: Case, command: CommandOf<"send">): Decision {
  const closed = formClosed(state);
  if (closed) return closed;
  const { draft, form } = state;
  if (!draft) return refuse("no_draft");
  if (command.digest !== summaryDigest(state)) return refuse("summary_changed");
  if (!form || problemsOf(form).some((problem) => problem.blocking)) return refuse("form_incomplete");
  const contractDate = draft.contractDate ?? command.contractDate;
  if (!contractDate) return refuse("contract_date_missing");
  if (!contractDateOpen(contractDate, command.at)) return refuse("contract_date_past");
  const term = draft.term ?? command.term;
  if (!term) return refuse("term_missing");
  if (!command.renewal && exceedsTimestamps(term)) return refuse("term_too_long");
  const approvers = draft.approvers ?? command.approvers;
  const parties = partiesOf(form, approvers);
  const fault: RefusalCode | null = partyFault(parties, approvers, command.barred);
  if (fault) return refuse(fault);
  return done({ did: "sent", at: command.at, by: command.by, parties, contractDate, term });
}
