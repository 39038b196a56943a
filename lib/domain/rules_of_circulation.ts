/**
 * Rules of the round that a sent contract makes: who may act, until when, and what ends it (R16–R24, R27,
 * R32–R35).
 *
 * @module
 */
import { awaitedParty, type Case, contractDayOver, currentSha256, type Party, partyOf } from "./case.ts";
import { type CommandOf, type Decision, done } from "./decision.ts";
import type { Instant } from "./instant.ts";
import { MAX_TEXT } from "./limits.ts";
import { type Refusal, refuse } from "./refusal.ts";
import { lastIssueOf, showsContractDate } from "./rounds.ts";

/** What a confirmer or approver does through the link. */
export type PartyCommand = CommandOf<"view" | "enterCode" | "agree" | "decline" | "ask" | "requestLink">;
/** What the officer does about a case that was drafted or sent. */
export type OfficerCommand = CommandOf<"setCode" | "resend" | "withdraw" | "reopen">;
/** News of how a request fared. */
export type DeliveryCommand = CommandOf<"recordHandover" | "recordBounce">;

/** Whether 契約日 has passed without the officer having reopened the agreement (R32). */
export function agreementClosed(state: Case, at: Instant): boolean {
  return contractDayOver(state, at) && !state.reopened;
}

/** Whether only a corrected PDF goes on with a case: its 契約日 has passed, and stands in the PDF (R32). */
export function needsCorrection(state: Case, at: Instant): boolean {
  return agreementClosed(state, at) && showsContractDate(state);
}

/**
 * Whether a party must give the access code. The officer tells it to the vendor's confirmers by another way;
 * approvers are of the public body itself and are never asked (R24).
 */
export function asksCode(state: Case, party: Party): boolean {
  return party.role === "confirmer" && (state.draft?.accessCode ?? null) !== null;
}

/** Why a link opens nothing now; null while it is good. A link is dead *at* its end (R19). */
export function linkFault(state: Case, party: Party, issue: number, at: Instant): Refusal | null {
  // Before anything else: its holder may have no part in the case any more, and hears no news of it (R34).
  if (issue > 0 && issue <= lastIssueOf(state)) return refuse("link_superseded");
  if (state.phase === "withdrawn") return refuse("case_closed");
  if (party.issue !== issue || issue === 0) return refuse("link_void");
  if (party.agreedAt !== null) return null;
  if (state.phase === "declined") return refuse("case_closed");
  if (party.expiresAt !== null && at >= party.expiresAt) return refuse("link_expired");
  return party.locked ? refuse("code_locked") : null;
}

/** Decides an act of a confirmer or approver, told by the link. */
export function decideByParty(state: Case, command: PartyCommand): Decision {
  const { at } = command;
  const party = partyOf(state, command.party);
  if (!party) return refuse("unknown_party");
  if (command.do === "requestLink") {
    if (command.issue !== undefined && command.issue <= lastIssueOf(state)) return refuse("link_superseded");
    return state.phase === "circulating" && party.agreedAt === null
      ? done({ did: "linkRequested", at, party: party.id })
      : refuse(party.agreedAt === null ? "case_closed" : "already_agreed");
  }
  const fault = linkFault(state, party, command.issue, at);
  if (fault) return fault;
  if (party.agreedAt !== null) return refuse("already_agreed");
  if (awaitedParty(state)?.id !== party.id) return refuse("not_awaited");
  switch (command.do) {
    case "view":
      return party.viewedAt === null ? done({ did: "viewed", at, party: party.id }) : done();
    case "enterCode":
      return asksCode(state, party) ? decideCode(party, command) : done();
    case "agree":
      return decideAgree(state, party, command);
    case "decline":
      if (command.reason.length > MAX_TEXT) return refuse("text_too_long");
      return done({ did: "declined", at, party: party.id, reason: command.reason });
    case "ask":
      if (command.question.length > MAX_TEXT) return refuse("text_too_long");
      return done({ did: "asked", at, party: party.id, question: command.question });
  }
}

function decideCode(party: Party, command: CommandOf<"enterCode">): Decision {
  if (command.right) return done();
  const wrong = { did: "codeRefused", at: command.at, party: party.id } as const;
  return party.wrongCodes + 1 >= command.tries
    ? done(wrong, { did: "codeLocked", at: command.at, party: party.id })
    : done(wrong);
}

function decideAgree(state: Case, party: Party, command: CommandOf<"agree">): Decision {
  const { at, documents } = command;
  if (agreementClosed(state, at)) return refuse("agreement_closed");
  const coded = asksCode(state, party);
  if (coded && command.authentication === "mail") return refuse("code_missing");
  // Nobody is on record with a code that was not asked.
  const authentication = coded ? command.authentication : "mail";
  const shown = state.draft?.documents.map(currentSha256) ?? [];
  if (shown.join() !== documents.join()) return refuse("summary_changed");
  return done({ did: "agreed", at, party: party.id, authentication, documents });
}

/** Decides an act of the officer. After execution nothing can be undone (R36). */
export function decideByOfficer(state: Case, command: OfficerCommand): Decision {
  const { at, by } = command;
  if (state.phase === "executed" || state.phase === "completed") return refuse("case_executed");
  if (state.phase === "paper") return refuse("case_paper");
  if (state.phase === "withdrawn" || state.phase === "refused") return refuse("case_closed");
  switch (command.do) {
    case "setCode":
      return state.draft
        ? done({ did: "codeSet", at, accessCode: command.accessCode, by })
        : refuse("no_draft");
    case "resend":
      return decideResend(state, command);
    case "withdraw":
      if (command.reason.length > MAX_TEXT) return refuse("text_too_long");
      return done({ did: "withdrawn", at, reason: command.reason, by });
    case "reopen":
      return decideReopen(state, command);
  }
}

function reissue(party: Party, at: Instant, by: string) {
  return { did: "requested", at, party: party.id, issue: party.issue + 1, by } as const;
}

function decideResend(state: Case, command: CommandOf<"resend">): Decision {
  const party = awaitedParty(state);
  if (!party || party.agreedAt !== null) return refuse("not_awaited");
  if (party.issue === 0) return refuse("not_sealed_yet");
  return done(reissue(party, command.at, command.by));
}

function decideReopen(state: Case, command: CommandOf<"reopen">): Decision {
  const { at, by, reason } = command;
  if (reason.length > MAX_TEXT) return refuse("text_too_long");
  const late = state.phase === "circulating" && agreementClosed(state, at);
  if (state.phase !== "declined" && !late) return refuse("not_awaited");
  if (needsCorrection(state, at)) return refuse("contract_date_shown");
  const reopened = { did: "reopened", at, reason, by } as const;
  const party = state.parties[state.turn];
  return party && party.agreedAt === null && party.issue > 0
    ? done(reopened, reissue(party, at, by))
    : done(reopened);
}

/** Decides what the delivery of a request means. News of an earlier issue means nothing. */
export function decideDelivery(state: Case, command: DeliveryCommand): Decision {
  const party = partyOf(state, command.party);
  if (!party || party.issue !== command.issue || state.phase !== "circulating") return done();
  const { at, issue } = command;
  if (issue === 0) return done(); // Nobody was asked yet, so nothing can have been delivered.
  if (command.do === "recordBounce") {
    return party.bounced ? done() : done({ did: "bounced", at, party: party.id, issue, why: command.why });
  }
  if (party.handedOverAt !== null) return done();
  return done({ did: "handedOver", at, party: party.id, issue, expiresAt: command.expiresAt });
}
