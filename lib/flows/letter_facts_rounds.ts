/**
 * Facts of the letters about the end of a round, or its going on: corrected, withdrawn, reopened (R32, R34, R35).
 *
 * @module
 */
import type { Case } from "../domain/case.ts";
import type { CaseEvent } from "../domain/case_event.ts";
import { replay } from "../domain/evolve.ts";
import { asksCode } from "../domain/rules_of_circulation.ts";
import { sameAddress } from "../domain/mail_address.ts";
import { type SentAnew, writeCorrected, writeOfficerCorrected } from "../letters/corrected.ts";
import { writePartyReopened, writeReopened } from "../letters/reopened.ts";
import { writeFormWithdrawn, writeOfficerWithdrawn, writeWithdrawn } from "../letters/withdrawn.ts";
import { readHistory } from "./case_records.ts";
import type { LetterDraft, LetterSource } from "./letter_facts.ts";
import { basics } from "./letter_facts_officer.ts";
import { nameAt, titleOf } from "./letter_facts_party.ts";
import { officerOf } from "./officer_acts.ts";
import { officersOf } from "./orders.ts";
import { roundChanges } from "./round_changes.ts";

type NewRound = Extract<CaseEvent, { did: "corrected" | "confirmersChanged" }>;

/** Whether the letter goes to an officer in charge, not to someone who signs. */
const toOfficer = ({ world, order, state }: LetterSource): boolean =>
  officersOf(state, world.settings).some(({ address }) => sameAddress(address, order.to));

/** The case as it was before the event that called for the letter. */
async function caseBefore({ world, order, state }: LetterSource): Promise<Case> {
  const history = await readHistory(world.store, state.number);
  return replay(history.slice(0, order.seq ?? 0)) ?? state;
}

/** What whoever must give a code first is told of a change (R24). */
const hiddenWords = (again: boolean): string =>
  again ? "変更があります（アクセスコードを入力すると確認できます）" : "変更があります";

const whatOf = (event: NewRound): SentAnew =>
  event.did === "corrected" ? { version: event.version } : "confirmers";

/** The word that a contract is sent anew, to whoever had a request of it. */
export async function correctedLetter(source: LetterSource): Promise<LetterDraft | null> {
  const { order, event, state, head } = source;
  if (event?.did !== "corrected" && event?.did !== "confirmersChanged") return null;
  const { reason, told, parties, by } = event;
  const before = await caseBefore(source);
  const facts = { what: whatOf(event), reason, changes: roundChanges(before, event) };
  const isAt = ({ address }: { readonly address: string }) => sameAddress(address, order.to);
  if (!before.parties.some(isAt) && before.draft && isAt(before.draft.officer)) {
    return { letter: writeOfficerCorrected(head, { ...facts, ...basics(source), by: by.name }) };
  }
  const recipientName = told.find(isAt)?.name ?? order.to;
  const title = event.did === "corrected" ? event.draft.title : titleOf(state);
  const again = parties.some(isAt);
  const hidden = [before, state].some((each) =>
    each.parties.some((party) => isAt(party) && asksCode(each, party))
  );
  const changes = hidden
    ? facts.changes.map(({ label }) => ({ label, value: hiddenWords(again) }))
    : facts.changes;
  return { letter: writeCorrected(head, { ...facts, changes, recipientName, title, again }) };
}

/**
 * The word to whoever got a request that it is void, to whoever handed the form in where nobody got one, and to
 * officers when another one withdrew.
 */
export function withdrawnLetter(source: LetterSource): LetterDraft | null {
  const { world, order, event, state, head } = source;
  if (event?.did !== "withdrawn") return null;
  const { reason } = event;
  if (toOfficer(source)) {
    const by = officerOf(world.settings, event.by).name;
    return { letter: writeOfficerWithdrawn(head, { ...basics(source), by, reason }) };
  }
  const recipientName = nameAt(state, order.to) || order.to;
  const facts = { recipientName, title: titleOf(state), reason };
  return { letter: state.sentAt === null ? writeFormWithdrawn(head, facts) : writeWithdrawn(head, facts) };
}

/** A stopped agreement goes on: to the officers, and to whoever has agreed already. */
export function reopenedLetter(source: LetterSource): LetterDraft | null {
  const { order, event, state, head } = source;
  if (event?.did !== "reopened") return null;
  const { reason } = event;
  if (toOfficer(source)) {
    return { letter: writeReopened(head, { ...basics(source), by: event.by, reason }) };
  }
  const recipientName = nameAt(state, order.to) || order.to;
  return { letter: writePartyReopened(head, { recipientName, title: titleOf(state), reason }) };
}
