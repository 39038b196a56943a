/**
 * Words with which a mail of someone who is no officer of its case may begin (R19, R33, R37). The answer goes to
 * the writer's address alone, and tells only of cases on which this address stands: a forged sender gets nothing.
 *
 * @module
 */
import { awaitedParty, type Case, type Party } from "../domain/case.ts";
import { needsAnswer } from "../domain/consent_form.ts";
import { normalAddress, sameAddress } from "../domain/mail_address.ts";
import { agreementClosed, linkFault } from "../domain/rules_of_circulation.ts";
import { formClosed } from "../domain/rules_of_forms.ts";
import { isBrief, type MailWord } from "../mail/mail_word.ts";
import { act } from "./act.ts";
import { answerAllowance } from "./answer_allowance.ts";
import { answerInquiry, answerWord, type WordAnswer, wordLetter } from "./answer_word.ts";
import { readHistory } from "./case_records.ts";
import { casePage } from "./browse_cases.ts";
import { EVERY_CASE } from "./case_filter.ts";
import { standsOn } from "./stands_on.ts";
import { filing, type Incoming } from "./inbox_filing.ts";
import { completionRecipients } from "./orders.ts";
import { keepOnly } from "./pass_on.ts";
import type { Place } from "./route_mail.ts";
import { now, type World } from "./world.ts";

/** The case that a word is about: the one written to, else the only one that is open; null when that is not clear. */
async function caseMeant(world: World, { state, named }: Place, address: string): Promise<Case | null> {
  if (state) return standsOn(state, address) ? state : null;
  if (named.length > 0) return null;
  const { cases } = await casePage(world, { address }, { ...EVERY_CASE, state: "open" }, {
    behind: null,
    most: 2,
  });
  const [only] = cases;
  return only && cases.length === 1 ? only : null;
}

const STATUS = { letter: "status", about: null } as const;

/** The list of one's own contracts: what anyone gets who asks for no case in particular. */
const listOf = (search: string) => ({ letter: "documents-link", about: { search } } as const);

/** The event that called for a party's newest request, and whether a new link was asked for since. */
async function requestOf(world: World, state: Case, party: Party) {
  const history = await readHistory(world.store, state.number);
  const found = history.findLast(({ event }) =>
    event.did === "requested" && event.party === party.id && event.issue === party.issue
  );
  const asked = history.slice(found?.seq ?? 0).some(({ event }) =>
    event.did === "linkRequested" && event.party === party.id
  );
  return { seq: found?.seq ?? null, asked };
}

/** Asks the officer for a new link in the place of one that has ended (R19), once: the party hears so each time. */
async function askForLink(world: World, incoming: Incoming, state: Case, party: Party): Promise<void> {
  const caseNumber = state.number;
  const answer = { letter: "status", about: { word: "resend" } } as const;
  if ((await requestOf(world, state, party)).asked) {
    return await answerInquiry(world, incoming, { caseNumber, word: "resend", answer });
  }
  const besides = await answerAllowance(world, incoming.writer.address, "repeat");
  if (!besides) return await keepOnly(world, incoming, caseNumber);
  const letters = [wordLetter(world, incoming, answer, caseNumber)];
  const filed = filing(incoming, { fate: "answered", caseNumber, letters, besides });
  await act(world, caseNumber, { do: "requestLink", at: now(world), party: party.id }, filed);
}

/**
 * The request once more, with a link of the same issue and end: the earlier one works on, and tries of an access
 * code are not given anew, as the officer's resend does (R24).
 */
async function repeat(world: World, incoming: Incoming, state: Case, party: Party): Promise<void> {
  const { seq } = await requestOf(world, state, party);
  const until = party.expiresAt;
  const answer = seq === null || until === null
    ? STATUS
    : { letter: "request", about: { repeatUntil: until }, seq } as const;
  await answerInquiry(world, incoming, { caseNumber: state.number, word: "resend", answer });
}

/** The newest answer to a form once more, with a fresh link to the web form, for who sent the form. */
async function formAnswer(world: World, state: Case, address: string): Promise<WordAnswer | null> {
  if (!sameAddress(state.contact.address, address) || formClosed(state)) return null;
  const history = await readHistory(world.store, state.number);
  const found = history.findLast(({ event }) => event.did === "opened" || event.did === "formProposed");
  const form = state.proposal?.form ?? state.form;
  const letter = form && !needsAnswer(form) ? "receipt" : "form-problem";
  return found ? { letter, about: null, seq: found.seq } : null;
}

async function resend(world: World, incoming: Incoming, state: Case): Promise<void> {
  const { address } = incoming.writer;
  const at = now(world);
  const caseNumber = state.number;
  const party = awaitedParty(state);
  if (party && sameAddress(party.address, address) && party.agreedAt === null && party.issue > 0) {
    const ended = linkFault(state, party, party.issue, at) !== null || agreementClosed(state, at);
    return ended
      ? await askForLink(world, incoming, state, party)
      : await repeat(world, incoming, state, party);
  }
  const gotIt = state.phase === "completed" &&
    completionRecipients(state).some((each) => sameAddress(each, address));
  const answer = gotIt
    ? { letter: "download-link", about: null } as const
    : await formAnswer(world, state, address) ?? STATUS;
  await answerInquiry(world, incoming, { caseNumber, word: "resend", answer });
}

/** Does what a word asks for; `false` when the mail is for the officers to read after all. */
export async function takePersonWord(
  world: World,
  incoming: Incoming,
  place: Place,
  { word, rest }: MailWord,
): Promise<boolean> {
  // What only an officer may do is for them to read, and so is what says more than a word.
  if (word === "withdraw" || !isBrief(incoming.mail)) return false;
  if (word === "help") {
    await answerWord(world, incoming, { letter: "help", about: null });
    return true;
  }
  const address = normalAddress(incoming.writer.address);
  const state = word === "status" || word === "resend" ? await caseMeant(world, place, address) : null;
  if (!state) await answerWord(world, incoming, listOf(word === "search" ? rest : ""));
  else if (word === "resend") await resend(world, incoming, state);
  else await answerInquiry(world, incoming, { caseNumber: state.number, word: "status", answer: STATUS });
  return true;
}
