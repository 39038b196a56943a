/**
 * Rules of sending a contract anew before it is executed: a corrected PDF (R35), other confirmers (R34), a consent
 * form that came after sending (R7). Earlier agreements lapse and links die; whoever had a request hears why.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { awaitedParty, type Case, type Draft, type Party, type Person } from "./case.ts";
import type { CaseEvent, DraftFacts } from "./case_event.ts";
import type { SendAnew } from "./command.ts";
import { type ConsentForm, problemsOf } from "./consent_form.ts";
import { type CommandOf, type Decision, done } from "./decision.ts";
import { formTooLong } from "./form_length.ts";
import { canonicalJson } from "./history.ts";
import type { Instant } from "./instant.ts";
import { MAX_TEXT } from "./limits.ts";
import { addressKey, sameAddress } from "./mail_address.ts";
import { partiesOf, type PartyFacts } from "./parties.ts";
import { type Refusal, type RefusalCode, refuse } from "./refusal.ts";
import { askedParties, versionOf } from "./rounds.ts";
import { agreementClosed } from "./rules_of_circulation.ts";
import { draftFault, partyFault, termFault } from "./rules_of_sending.ts";

/** Why a case can't be sent anew: it was never sent, or it is over (R36); null while it can. */
export function sendAnewFault({ phase }: Case): Refusal | null {
  switch (phase) {
    case "circulating":
    case "declined":
      return null;
    case "intake":
    case "drafted":
      return refuse("not_sent_yet");
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

/** Digest of a proposed form, so that none is accepted that the officer did not see (R7). */
export function proposalDigest({ proposal }: Case): string {
  return createHash("sha256").update(canonicalJson(proposal)).digest("hex");
}

const same = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);

/** A party by what tells it from another: a page gives names and addresses back with other blanks or letters. */
const gistOf = ({ id, role, name, address }: Party | PartyFacts) => ({
  ...{ id, role },
  name: name.normalize("NFKC").replace(/\s+/g, " ").trim(),
  address: addressKey(address),
});

const sameParties = (a: readonly PartyFacts[], b: readonly PartyFacts[]): boolean =>
  same(a.map(gistOf), b.map(gistOf));

/** Who hears of a new round. */
function toldOf(state: Case, draft: Draft, by: Person): Person[] {
  const asked = askedParties(state).map(({ name, address }) => ({ name, address }));
  return sameAddress(draft.officer.address, by.address) ? asked : [...asked, draft.officer];
}

/** All that a new round's event says but what is sent. */
function roundFacts(state: Case, draft: Draft, parties: readonly PartyFacts[], command: SendAnew) {
  const { by, reason } = command;
  return { by, reason, parties, told: toldOf(state, draft, by) };
}

function correctedDraft(draft: Draft, command: CommandOf<"correct">): DraftFacts {
  const { dateShown: _, ...kept } = draft;
  return {
    ...kept,
    title: command.title ?? draft.title,
    contractDate: command.contractDate ?? draft.contractDate,
    term: command.term ?? draft.term,
    amount: command.amount ?? draft.amount,
    approvers: command.namedApprovers ?? draft.approvers,
    documents: command.documents,
    officer: command.by,
  };
}

/** Whether a correction corrects anything: another file, another fact, or other people. */
function corrects(state: Case, draft: Draft, next: DraftFacts, parties: readonly PartyFacts[]): boolean {
  const gist = ({ title, contractDate, term, amount, documents }: DraftFacts) => ({
    ...{ title, contractDate, term, amount },
    files: documents.map((document) => document.sha256),
  });
  return !same(gist(draft), gist(next)) || !sameParties(state.parties, parties);
}

/** Decides on 「訂正版を送る」: the next 版 of the same case, sent at once (R35). */
export function decideCorrection(state: Case, command: CommandOf<"correct">): Decision {
  const closed = sendAnewFault(state);
  if (closed) return closed;
  const { draft, form } = state;
  if (!draft || !form) return refuse("no_draft");
  if (command.reason.length > MAX_TEXT) return refuse("text_too_long");
  const next = correctedDraft(draft, command);
  const parties = partiesOf(form, next.approvers ?? command.approvers);
  const fault = draftFault(next, command.at) ??
    (next.term && termFault(next.term, command.renewal)) ??
    partyFault(parties, next.documents.length, command.barred);
  if (fault) return refuse(fault);
  if (!corrects(state, draft, next, parties)) return refuse("nothing_changed");
  const facts = roundFacts(state, draft, parties, command);
  return done({ did: "corrected", at: command.at, version: versionOf(state) + 1, draft: next, ...facts });
}

/**
 * The party whose address is all that differs, where that may be put right in place: its request bounced, and nobody
 * has seen the contract through it (R34).
 */
function mendable(state: Case, parties: readonly PartyFacts[]): Party | null {
  const awaited = awaitedParty(state);
  if (!awaited?.bounced || awaited.viewedAt !== null || awaited.agreedAt !== null) return null;
  const found = parties.find((party) => party.id === awaited.id);
  if (!found || found.role !== "confirmer") return null;
  const mended = { ...awaited, address: found.address };
  const others = state.parties.map((party) => party === awaited ? mended : party);
  return !sameAddress(found.address, awaited.address) && sameParties(others, parties) ? mended : null;
}

function formFault(form: ConsentForm, reason: string): RefusalCode | null {
  if (formTooLong(form) || reason.length > MAX_TEXT) return "text_too_long";
  return problemsOf(form).some((problem) => problem.blocking) ? "form_incomplete" : null;
}

/** Sends the same PDF to the confirmers of a form. `before` are events that the officer's act begins with. */
function sendToConfirmers(
  state: Case,
  { at, form, ...command }: SendAnew & { readonly at: Instant; readonly form: ConsentForm },
  ...before: CaseEvent[]
): Decision {
  const { draft } = state;
  if (!draft) return refuse("no_draft");
  if (agreementClosed(state, at)) return refuse("agreement_closed");
  const parties = partiesOf(form, draft.approvers ?? command.approvers);
  const fault = formFault(form, command.reason) ??
    partyFault(parties, draft.documents.length, command.barred);
  if (fault) return refuse(fault);
  const mended = mendable(state, parties);
  if (!mended) {
    const facts = roundFacts(state, draft, parties, command);
    return done(...before, { did: "confirmersChanged", at, form, ...facts });
  }
  const { reason, by: { address: by } } = command;
  const { id: party, address, issue } = mended;
  return done(
    ...before,
    { did: "addressMended", at, party, address, form, reason, by },
    { did: "requested", at, party, issue: issue + 1, by },
  );
}

/** Decides on 「確認者を変更する」 (R34). */
export function decideConfirmers(state: Case, command: CommandOf<"changeConfirmers">): Decision {
  const closed = sendAnewFault(state);
  if (closed) return closed;
  const approvers = state.draft?.approvers ?? command.approvers;
  if (sameParties(state.parties, partiesOf(command.form, approvers))) return refuse("nothing_changed");
  return sendToConfirmers(state, command);
}

/** Decides on accepting a form that came after sending: as a change of confirmers, even when they stay (R7). */
export function decideLateForm(state: Case, command: CommandOf<"acceptForm">): Decision {
  const { at, by, anew, digest } = command;
  if (!anew) return refuse("already_sent");
  if (!state.proposal) return refuse("no_proposal");
  if (digest !== undefined && digest !== proposalDigest(state)) return refuse("summary_changed");
  const { form } = state.proposal;
  return sendToConfirmers(state, { at, form, ...anew }, { did: "formAccepted", at, form, by });
}
