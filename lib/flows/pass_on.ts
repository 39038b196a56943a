/**
 * Shows a mail to the officers of its case, with the original, and answers mails that can't be acted on, with
 * reasons. Nothing that people write is dropped (R4).
 *
 * @module
 */
import type { Case } from "../domain/case.ts";
import { MAX_TEXT } from "../domain/limits.ts";
import { sameAddress } from "../domain/mail_address.ts";
import type { DueEntry } from "../due/due_index.ts";
import type { RefusalReason } from "../letters/letter_order.ts";
import { departmentOf } from "../settings/settings.ts";
import { answerAllowance } from "./answer_allowance.ts";
import { forwardable, masked } from "./forwardable.ts";
import { file, type Filing, type Incoming } from "./inbox_filing.ts";
import { letterEntry, officersOf } from "./orders.ts";
import { now, type World } from "./world.ts";

/** Letters that show a mail to officers. An officer is not shown what is their own. */
export async function questionLetters(
  world: World,
  incoming: Incoming,
  to: { readonly caseNumber: string | null; readonly officers: readonly string[] },
): Promise<DueEntry[]> {
  const { entry, mail, writer, check } = incoming;
  const place = { caseNumber: to.caseNumber, name: `mail/${entry.value.id}`, at: now(world) };
  const about = {
    question: masked(mail.newText).slice(0, MAX_TEXT),
    from: writer.name === "" ? writer.address : `${writer.name} <${writer.address}>`,
    mail: await forwardable(world, incoming),
    ...check && { check },
  };
  return to.officers
    .filter((address) => !sameAddress(address, writer.address))
    .map((address) => letterEntry({ letter: "question", to: address, party: null, about }, place));
}

/** Keeps a mail of an address that had its share of answers for the day. */
export async function keepOnly(world: World, incoming: Incoming, caseNumber: string | null): Promise<void> {
  world.log.warn("mail_not_answered", { why: "the day's share is used up" });
  await file(world, incoming, { fate: "unanswerable", caseNumber });
}

/** Shows a mail to the officers of its case. */
export async function passOn(
  world: World,
  incoming: Incoming,
  state: Case,
  fate: Filing["fate"] = "passed_on",
): Promise<void> {
  const officers = officersOf(state, world.settings).map((officer) => officer.address);
  const caseNumber = state.number;
  const allowance = await answerAllowance(world, incoming.writer.address, "shown");
  if (!allowance) return await keepOnly(world, incoming, caseNumber);
  const letters = await questionLetters(world, incoming, { caseNumber, officers });
  await file(world, incoming, { fate, caseNumber, letters, besides: allowance });
}

/** Officers of a department, for mails that belong to no case. */
export function deskOf(world: World, departmentId: string): readonly string[] {
  return (departmentOf(world.settings, departmentId)?.officers ?? []).map((officer) => officer.email);
}

/**
 * Answers a mail that was not acted on with the reasons, to its writer; `shown` go besides. Above a day's share
 * of answers the mail is only kept.
 */
export async function answer(
  world: World,
  incoming: Incoming,
  why: { readonly reasons: readonly RefusalReason[]; readonly caseNumber: string | null },
  shown: readonly DueEntry[] = [],
): Promise<void> {
  const { entry, mail, writer } = incoming;
  const { caseNumber, reasons } = why;
  const allowance = await answerAllowance(world, writer.address, "other");
  if (!allowance) return await keepOnly(world, incoming, caseNumber);
  const letter = letterEntry(
    { letter: "refusal", to: writer.address, party: null, about: { reasons, subject: masked(mail.subject) } },
    { caseNumber, name: `mail/${entry.value.id}`, at: now(world) },
  );
  const letters = [letter, ...shown];
  await file(world, incoming, { fate: "answered", caseNumber, letters, besides: allowance });
}
