/**
 * Takes a mail of someone who is no officer of its case: a consent form, a reply with the missing lines, or words
 * for the officers (R1–R9).
 *
 * @module
 */
import { type Case, type CaseNumber } from "../domain/case.ts";
import { EMPTY_FORM } from "../domain/consent_form.ts";
import { canonicalJson } from "../domain/history.ts";
import { formClosed } from "../domain/rules_of_forms.ts";
import { answerLines } from "../forms/answer_lines.ts";
import type { ConsentReading } from "../forms/consent_reading.ts";
import type { RefusalReason } from "../letters/letter_order.ts";
import { isUnknownWord, mailWordIn } from "../mail/mail_word.ts";
import type { ReadMail } from "../mail/read_mail.ts";
import { PortError } from "../ports.ts";
import { contentKey, file, type Incoming, READ_TRIES } from "./inbox_filing.ts";
import { mergeLines } from "./merge_lines.ts";
import { officersOf } from "./orders.ts";
import { otherFormLetters } from "./other_forms.ts";
import { answer, passOn, questionLetters } from "./pass_on.ts";
import { replyLines } from "./reply_lines.ts";
import type { Place } from "./route_mail.ts";
import { attachedPapers, attachedPdfs } from "./take_contract.ts";
import { openFrom, propose, takeForm, waitingCase } from "./take_form.ts";
import { takePersonWord } from "./take_person_word.ts";
import type { World } from "./world.ts";

/** Files of one mail that are looked at, and the largest of them, in bytes: forms are small. */
const MAX_FILES = 10;
const MAX_FORM_BYTES = 20_000_000;

/** Looks for the consent form in a mail's files, else in `text`. Throws `PortError`. */
export async function readConsentMail(world: World, mail: ReadMail, text: string): Promise<ConsentReading> {
  const files = mail.attachments.filter((each) => each.size <= MAX_FORM_BYTES).slice(0, MAX_FILES);
  return await world.consents.read({
    files: await Promise.all(files.map(async ({ filename, blob }) => ({
      filename,
      content: await world.blobs.get(blob),
    }))),
    text,
  });
}

/** Reads the consent form of a mail; of a reply only what its writer added. */
export async function readForm(
  world: World,
  { mail, attempts }: Incoming,
  state: Case | null,
): Promise<ConsentReading> {
  try {
    const reading = await readConsentMail(world, mail, state ? mail.newText : mail.text);
    // What lies inside an encrypted mail was never seen: "no form" would be the wrong word for it.
    return !reading.read && mail.closed.length > 0 ? { ...reading, why: "encrypted" } : reading;
  } catch (error) {
    if (!(error instanceof PortError) || attempts < READ_TRIES) throw error;
    world.log.warn("form_unreadable", { code: error.code });
    return { read: false, why: "damaged", file: mail.attachments[0]?.filename ?? null };
  }
}

/** A reply that states single values becomes a form of its own; `false` when it states none. */
async function takeLines(world: World, incoming: Incoming, state: Case): Promise<boolean> {
  if (formClosed(state)) return false;
  const before = state.proposal?.form ?? state.form ?? EMPTY_FORM;
  const form = mergeLines(before, replyLines(before, answerLines(incoming.mail, before)));
  if (canonicalJson(form) === canonicalJson(before)) return false;
  return await propose(world, incoming, state, form);
}

/** Why a paper that came with a reply was not taken; null when there was none. */
function paperFault(mail: ReadMail, reading: ConsentReading & { read: false }): RefusalReason | null {
  if (attachedPapers(mail).length === 0) return null;
  if (reading.why !== "no_form") return { code: "unreadable_mail", about: reading.file };
  return attachedPdfs(mail).length > 0 ? { code: "not_officer", about: null } : null;
}

/** Whether a mail only tells the password of a file that came before (PPAP): it belongs to that one's case. */
const bringsPassword = (mail: ReadMail): boolean =>
  attachedPapers(mail).length === 0 && /パスワード|password/i.test(`${mail.subject}\n${mail.newText}`);

async function takeReply(
  world: World,
  incoming: Incoming,
  state: Case,
  reading: ConsentReading & { read: false },
): Promise<void> {
  const fault = paperFault(incoming.mail, reading);
  if (!fault) {
    if (await takeLines(world, incoming, state)) return;
    return await passOn(world, incoming, state);
  }
  const caseNumber: CaseNumber = state.number;
  const officers = officersOf(state, world.settings).map((officer) => officer.address);
  const shown = await questionLetters(world, incoming, { caseNumber, officers });
  await answer(world, incoming, { reasons: [fault], caseNumber }, shown);
}

/** Answers a word; `false` for every other mail. */
async function takeWord(world: World, incoming: Incoming, place: Place): Promise<boolean> {
  const { mail } = incoming;
  if (attachedPapers(mail).length > 0) return false;
  const word = mailWordIn(mail);
  if (word) return await takePersonWord(world, incoming, place, word);
  if (place.state || place.named.length > 0 || !isUnknownWord(mail)) return false;
  return await takePersonWord(world, incoming, place, { word: "help", rest: "" });
}

/** Takes the mail. */
export async function takeVendorMail(world: World, incoming: Incoming, place: Place): Promise<void> {
  const { mail } = incoming;
  if (await takeWord(world, incoming, place)) return;
  const reading = await readForm(world, incoming, place.state);
  if (reading.read) {
    const also = await otherFormLetters(world, incoming, reading.form);
    return await takeForm(world, { ...incoming, also }, place, reading.form);
  }
  if (place.state) return await takeReply(world, incoming, place.state, reading);
  if (place.named.length > 0 && attachedPdfs(mail).length > 0) {
    const reasons = [{ code: "not_officer", about: null }] as const;
    return await answer(world, incoming, { reasons, caseNumber: null });
  }
  const double = await world.store.get<string>(contentKey(incoming));
  if (double) return await file(world, incoming, { fate: "duplicate", caseNumber: double.value });
  const locked = bringsPassword(mail) ? await waitingCase(world, incoming) : null;
  if (locked) return await passOn(world, incoming, locked);
  await openFrom(world, incoming, place.departmentId, { form: null, unreadable: reading.why });
}
