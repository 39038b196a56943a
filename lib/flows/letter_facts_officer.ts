/**
 * Facts of the short letters to officers about what happened on a case.
 *
 * @module
 */
import { partyOf } from "../domain/case.ts";
import { agreementClosed, needsCorrection } from "../domain/rules_of_circulation.ts";
import { writeAccessCodeLocked } from "../letters/access_code_locked.ts";
import { writeDeclined } from "../letters/declined.ts";
import { writeDeliveryProblem } from "../letters/delivery_problem.ts";
import { writeExpired } from "../letters/expired.ts";
import { writeLinkRequested } from "../letters/link_requested.ts";
import { writePaper } from "../letters/paper.ts";
import { writeQuestion } from "../letters/question.ts";
import { linkedRows } from "../letters/relation_words.ts";
import type { AboutContract } from "../letters/officer_notice.ts";
import { writeSealingDelayed } from "../letters/sealing_delayed.ts";
import { writeStatus } from "../letters/status.ts";
import type { LetterDraft, LetterSource } from "./letter_facts.ts";
import { companyIn, personStatusLetter, titleOf } from "./letter_facts_party.ts";
import { originalMail } from "./letter_facts_plain.ts";
import { officerIn } from "./staff.ts";
import { now } from "./world.ts";

/** The contract and the case's page, which every such letter names. */
export function basics({ state, links }: LetterSource): { about: AboutContract; officerUrl: string } {
  return {
    about: { title: titleOf(state), company: companyIn(state) },
    officerUrl: links.mint("officer").url("o"),
  };
}

/** Who the letter is about. */
const partyIn = ({ state, order }: LetterSource) => order.party === null ? null : partyOf(state, order.party);

/** Someone does not agree. */
export function declinedLetter(source: LetterSource): LetterDraft | null {
  const { event, head } = source;
  const party = partyIn(source);
  if (event?.did !== "declined" || !party) return null;
  return { letter: writeDeclined(head, { ...basics(source), party, reason: event.reason }) };
}

/** Someone asks, through the page or by mail. */
export function questionLetter(source: LetterSource): LetterDraft | null {
  const { event, head, order, state } = source;
  const party = partyIn(source);
  if (event?.did === "asked" && party) {
    const facts = { party, from: party.name, question: event.question, check: null, attached: false };
    return { letter: writeQuestion(head, { ...basics(source), ...facts }) };
  }
  if (!order.about || !("question" in order.about)) return null;
  const { question, from, mail, check = null } = order.about;
  const attachments = originalMail(order, mail, state.number);
  const facts = { party: null, from, question, check, attached: attachments.length > 0 };
  return { letter: writeQuestion(head, { ...basics(source), ...facts }), attachments };
}

/** A link ended unanswered. */
export function expiredLetter(source: LetterSource): LetterDraft | null {
  const party = partyIn(source);
  if (!party) return null;
  const { world, state } = source;
  const closed = agreementClosed(state, now(world));
  const needs = !closed ? "resend" : needsCorrection(state, now(world)) ? "correct" : "reopen";
  const facts = { party, expiredAt: party.expiresAt, viewed: party.viewedAt !== null, needs } as const;
  return { letter: writeExpired(source.head, { ...basics(source), ...facts }) };
}

/** The vendor wishes a contract on paper. */
export function paperLetter(source: LetterSource): LetterDraft | null {
  const { event, head } = source;
  if (event?.did !== "paperWished") return null;
  return { letter: writePaper(head, { ...basics(source), contactName: event.by }) };
}

/** Someone wants a new link. */
export function linkRequestedLetter(source: LetterSource): LetterDraft | null {
  const party = partyIn(source);
  if (source.event?.did !== "linkRequested" || !party) return null;
  return { letter: writeLinkRequested(source.head, { ...basics(source), party }) };
}

/** Too many wrong access codes. */
export function accessCodeLockedLetter(source: LetterSource): LetterDraft | null {
  const party = partyIn(source);
  if (source.event?.did !== "codeLocked" || !party) return null;
  const tries = source.world.settings.limits.accessCodeTries;
  return { letter: writeAccessCodeLocked(source.head, { ...basics(source), party, tries }) };
}

/** A seal waits. */
export function sealingDelayedLetter(source: LetterSource): LetterDraft | null {
  const { event, head } = source;
  if (event?.did !== "sealingDelayed") return null;
  return {
    letter: writeSealingDelayed(head, { ...basics(source), step: event.step, cause: event.cause ?? null }),
  };
}

/** A letter could not be delivered: a request by its event, any other by its order. */
export function deliveryProblemLetter(source: LetterSource): LetterDraft | null {
  const { event, head, order } = source;
  const party = partyIn(source);
  if (event?.did === "bounced" && party) {
    const facts = { party, failed: "request", recipient: party.address, why: event.why } as const;
    return { letter: writeDeliveryProblem(head, { ...basics(source), ...facts }) };
  }
  if (!order.about || !("failed" in order.about)) return null;
  return { letter: writeDeliveryProblem(head, { ...basics(source), party, ...order.about }) };
}

/** Where the case stands: for its officers with the link to its page, for others as far as they stand on it. */
export function statusLetter(source: LetterSource): LetterDraft | null {
  const { world, order, head, state } = source;
  if (!officerIn(world.settings, order.to).includes(state.departmentId)) return personStatusLetter(source);
  const withdrawing = order.about !== null && "word" in order.about && order.about.word === "withdraw";
  const facts = { phase: state.phase, parties: state.parties, withdrawing, linked: linkedRows(state) };
  return { letter: writeStatus(head, { ...basics(source), ...facts }) };
}
