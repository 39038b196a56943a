/**
 * Answers a word that came by mail with one letter to its writer. Where it concerns one case, who asked for what
 * goes on record with it.
 *
 * @module
 */
import type { CaseNumber } from "../domain/case.ts";
import type { InquiryWord } from "../domain/case_event.ts";
import { normalAddress } from "../domain/mail_address.ts";
import type { DueEntry } from "../due/due_index.ts";
import type { LetterAbout, LetterKind } from "../letters/letter_order.ts";
import { act } from "./act.ts";
import { answerAllowance } from "./answer_allowance.ts";
import { file, filing, type Incoming } from "./inbox_filing.ts";
import { letterEntry } from "./orders.ts";
import { keepOnly } from "./pass_on.ts";
import { now, type World } from "./world.ts";

/** The letter. */
export type WordAnswer = {
  readonly letter: LetterKind;
  readonly about: LetterAbout | null;
  /** The event that the letter is written from, where there is one. */
  readonly seq?: number;
};

/** The order of a letter to a mail's writer. */
export function wordLetter(
  world: World,
  { entry, writer }: Incoming,
  { seq, ...order }: WordAnswer,
  caseNumber: CaseNumber | null,
): DueEntry {
  const place = { caseNumber, name: `mail/${entry.value.id}`, at: now(world) };
  const due = letterEntry({ ...order, to: writer.address, party: null }, place);
  return seq === undefined ? due : { ...due, payload: { ...due.payload as object, seq } };
}

/** Answers a word that concerns no single case. Above a day's share the mail is only kept. */
export async function answerWord(world: World, incoming: Incoming, answer: WordAnswer): Promise<void> {
  const besides = await answerAllowance(world, incoming.writer.address, "word");
  if (!besides) return await keepOnly(world, incoming, null);
  const letters = [wordLetter(world, incoming, answer, null)];
  await file(world, incoming, { fate: "answered", caseNumber: null, letters, besides });
}

/** Answers a word about a case, and puts on record who wrote it. */
export async function answerInquiry(
  world: World,
  incoming: Incoming,
  asked: { readonly caseNumber: CaseNumber; readonly word: InquiryWord; readonly answer: WordAnswer },
): Promise<void> {
  const { caseNumber, word, answer } = asked;
  const kind = word === "resend" ? "repeat" : "word";
  const besides = await answerAllowance(world, incoming.writer.address, kind);
  if (!besides) return await keepOnly(world, incoming, caseNumber);
  const letters = [wordLetter(world, incoming, answer, caseNumber)];
  const by = normalAddress(incoming.writer.address);
  const filed = filing(incoming, { fate: "answered", caseNumber, letters, besides });
  await act(world, caseNumber, { do: "recordInquiry", at: now(world), word, by }, filed);
}
