/**
 * Takes a mail of a contract officer: a contract for a case of the own department, a word about it, or a form
 * handed on for a vendor (R10, R33).
 *
 * @module
 */
import type { RefusalReason } from "../letters/letter_order.ts";
import { mailWordIn } from "../mail/mail_word.ts";
import { readCase } from "./case_records.ts";
import type { Incoming } from "./inbox_filing.ts";
import { answer, passOn } from "./pass_on.ts";
import type { Place } from "./route_mail.ts";
import { attachedPapers, attachedPdfs, takeContract } from "./take_contract.ts";
import { takeForm } from "./take_form.ts";
import { takeOfficerWord } from "./take_officer_word.ts";
import { takePersonWord } from "./take_person_word.ts";
import { readForm } from "./take_vendor_mail.ts";
import type { World } from "./world.ts";

/** Why a mail that names a case, or none, reached no case. */
async function missedCase(world: World, { named }: Place): Promise<RefusalReason> {
  const [number] = named;
  const exists = number !== undefined && await readCase(world.store, number) !== null;
  return { code: exists ? "not_officer" : "unknown_case", about: number ?? null };
}

/** Takes the mail; `officerIn` are the departments of which its writer is an officer. */
export async function takeOfficerMail(
  world: World,
  incoming: Incoming,
  place: Place,
  officerIn: readonly string[],
): Promise<void> {
  const { mail } = incoming;
  const { state } = place;
  const papers = attachedPapers(mail).length > 0;
  if (state && !officerIn.includes(state.departmentId)) {
    const word = papers ? null : mailWordIn(mail);
    if (word && await takePersonWord(world, incoming, place, word)) return;
    if (attachedPdfs(mail).length === 0) return await passOn(world, incoming, state);
    const reasons = [{ code: "not_officer", about: null }] as const;
    return await answer(world, incoming, { reasons, caseNumber: state.number });
  }
  if (!papers && await takeOfficerWord(world, incoming, state, place.named)) return;
  const mayBeForm = state ? papers && attachedPdfs(mail).length === 0 : papers && place.named.length === 0;
  if (mayBeForm) {
    const reading = await readForm(world, incoming, state);
    if (reading.read) return await takeForm(world, incoming, place, reading.form);
  }
  if (state) return await takeContract(world, incoming, state);
  await answer(world, incoming, { reasons: [await missedCase(world, place)], caseNumber: null });
}
