/**
 * Rules of the draft and of sending it (R7, R10, R14, R15).
 *
 * @module
 */
import { createHash } from "node:crypto";
import { type Case, CLOSING_STEPS, type Term } from "./case.ts";
import type { DraftFacts } from "./case_event.ts";
import { problemsOf } from "./consent_form.ts";
import { type CommandOf, type Decision, done } from "./decision.ts";
import { canonicalJson } from "./history.ts";
import { type Day, type Instant, jstDay } from "./instant.ts";
import {
  MAX_COPIES,
  MAX_DOCUMENTS,
  MAX_DRAFT,
  MAX_PARTIES,
  MAX_SEALS,
  MAX_TERM_YEARS,
  MAX_TEXT,
} from "./limits.ts";
import { sameAddress, withoutSubAddress } from "./mail_address.ts";
import { partiesOf, type PartyFacts } from "./parties.ts";
import { type RefusalCode, refuse } from "./refusal.ts";
import { formClosed } from "./rules_of_forms.ts";

/**
 * Digest of all that a summary shows: the form, the draft, and the department whose approvers are asked. A
 * send tap carries it, so that nothing is sent that the officer did not see (R7).
 */
export function summaryDigest(state: Case): string {
  const { form, draft, departmentId } = state;
  return createHash("sha256").update(canonicalJson({ form, draft, departmentId })).digest("hex");
}

/** Whether a contract date can still be agreed upon: today or later in Japan (R15). */
export function contractDateOpen(contractDate: Day, at: Instant): boolean {
  return contractDate >= jstDay(at);
}

/** What is wrong with a draft by itself; null when nothing is. */
export function draftFault(draft: DraftFacts, at: Instant): RefusalCode | null {
  if (draft.documents.length === 0) return "no_documents";
  if (draft.documents.length > MAX_DOCUMENTS) return "documents_too_many";
  if (draft.copyTo.length > MAX_COPIES) return "parties_too_many";
  if (draft.title.length > MAX_TEXT || canonicalJson(draft).length > MAX_DRAFT) return "text_too_long";
  const past = draft.contractDate !== null && !contractDateOpen(draft.contractDate, at);
  return past ? "contract_date_past" : null;
}

/** Decides on what an officer handed in. A new draft takes the place of an earlier one. */
export function decideDraft(state: Case, command: CommandOf<"draft">): Decision {
  const { draft, at, mail } = command;
  const closed = formClosed(state);
  if (closed) return closed;
  const fault = draftFault(draft, at);
  return fault ? refuse(fault) : done({ did: "drafted", at, draft, mail });
}

/** Whether a term is longer than timestamps last without renewal. */
function exceedsTimestamps(term: Term): boolean {
  const limit = `${Number(term.from.slice(0, 4)) + MAX_TERM_YEARS}${term.from.slice(4)}`;
  return term.to > limit;
}

/** What is wrong with a 契約期間; null when nothing is (R14). */
export function termFault(term: Term, renewal: boolean): RefusalCode | null {
  if (term.to < term.from) return "term_missing";
  return !renewal && exceedsTimestamps(term) ? "term_too_long" : null;
}

const sameBox = (a: string, b: string): boolean => sameAddress(withoutSubAddress(a), withoutSubAddress(b));

/** Nobody is asked twice, and nobody of the public body confirms for the vendor (R3, R14). */
function overlap(parties: readonly PartyFacts[], barred: readonly string[]): boolean {
  return parties.some((party, index) =>
    parties.slice(0, index).some((earlier) =>
      (earlier.role === party.role ? sameAddress : sameBox)(earlier.address, party.address)
    ) ||
    party.role === "confirmer" && barred.some((address) => sameBox(address, party.address))
  );
}

/** What is wrong with those who shall sign a number of documents; null when nothing is. */
export function partyFault(
  parties: readonly PartyFacts[],
  documents: number,
  barred: readonly string[],
): RefusalCode | null {
  if (!parties.some((party) => party.role === "approver")) return "approver_missing";
  if (parties.length > MAX_PARTIES) return "parties_too_many";
  const steps = 1 + parties.length + CLOSING_STEPS.length;
  if (documents * steps > MAX_SEALS) return "documents_too_many";
  return overlap(parties, barred) ? "parties_overlap" : null;
}

/** Decides whether what the officer saw may go out; fixes who signs and in which order (R16). */
export function decideSend(state: Case, command: CommandOf<"send">): Decision {
  const closed = formClosed(state);
  if (closed) return closed;
  const { draft, form } = state;
  if (!draft) return refuse("no_draft");
  if (command.digest !== summaryDigest(state)) return refuse("summary_changed");
  if (!form || problemsOf(form).some((problem) => problem.blocking)) return refuse("form_incomplete");
  // Mended since the case was begun: 変更契約 is closed to construction (R14, R36).
  if (state.refersTo?.relation === "amendment" && form.kind === "construction") {
    return refuse("amendment_of_construction");
  }
  const contractDate = draft.contractDate ?? command.contractDate;
  if (!contractDate) return refuse("contract_date_missing");
  if (!contractDateOpen(contractDate, command.at)) return refuse("contract_date_past");
  const term = draft.term ?? command.term;
  if (!term) return refuse("term_missing");
  const parties = partiesOf(form, draft.approvers ?? command.approvers);
  const fault = termFault(term, command.renewal) ??
    partyFault(parties, draft.documents.length, command.barred);
  if (fault) return refuse(fault);
  const { at, by, dateShown } = command;
  const shown = dateShown === undefined ? {} : { dateShown };
  return done({ did: "sent", at, by, parties, contractDate, term, ...shown });
}
