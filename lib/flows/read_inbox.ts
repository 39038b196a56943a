/**
 * Reads a received mail and does what it asks for (kind `mail`). Every mail ends with a fate: nothing is dropped
 * silently (R4).
 *
 * @module
 */
import { sameAddress } from "../domain/mail_address.ts";
import { UnreadableError } from "../domain/unreadable.ts";
import type { DueEntry } from "../due/due_index.ts";
import type { DueOutcome } from "../due/due_worker.ts";
import type { Mailbox, ReadMail } from "../mail/read_mail.ts";
import { type Entry, PortError } from "../ports.ts";
import { checkWriter } from "./check_writer.ts";
import { findDepartment } from "./find_department.ts";
import { file, type Incoming, READ_TRIES, seenBefore } from "./inbox_filing.ts";
import { answer, deskOf, passOn, questionLetters } from "./pass_on.ts";
import { type InboxEntry, inboxKey } from "./receive_mail.ts";
import { placeOf } from "./route_mail.ts";
import { actsByAddress, isOfficer, officerIn } from "./staff.ts";
import { takeBounce } from "./take_bounce.ts";
import { takeOfficerMail } from "./take_officer_mail.ts";
import { asksForVerification, takeVerification } from "./take_verification.ts";
import { takeVendorMail } from "./take_vendor_mail.ts";
import type { World } from "./world.ts";

/** What stands for a mail that can't be taken apart: only its envelope is known. */
const CLOSED_MAIL: ReadMail = {
  messageId: null,
  references: [],
  from: [],
  to: [],
  cc: [],
  replyTo: [],
  subject: "",
  text: "",
  newText: "",
  attachments: [],
  automatic: null,
  bounce: null,
  closed: [],
};

const envelopeBox = ({ value }: Entry<InboxEntry>): Mailbox => ({ name: "", address: value.envelope.from });

/** Keeps, answers and shows a mail that can't be taken apart. */
async function takeClosed(world: World, entry: Entry<InboxEntry>): Promise<void> {
  const incoming = { entry, mail: CLOSED_MAIL, writer: envelopeBox(entry), attempts: 0 };
  const officers = deskOf(world, findDepartment(world.settings, null, ""));
  const shown = await questionLetters(world, incoming, { caseNumber: null, officers });
  if (entry.value.envelope.from === "") {
    return await file(world, incoming, { fate: "passed_on", caseNumber: null, letters: shown });
  }
  const reasons = [{ code: "unreadable_mail", about: null }] as const;
  await answer(world, incoming, { reasons, caseNumber: null }, shown);
}

/**
 * A mail with several writers, or none, proves nothing about who wrote it (RFC 5322 §3.6.2 wants a `Sender`
 * then, which nobody checks). It is answered only when the envelope's sender is one of them.
 */
async function takeManyWriters(world: World, incoming: Incoming): Promise<void> {
  const { mail, writer } = incoming;
  const known = mail.from.some((box) => sameAddress(box.address, writer.address));
  if (mail.automatic || !known) {
    return await file(world, incoming, { fate: "unanswerable", caseNumber: null });
  }
  const reasons = [{ code: "several_writers", about: null }] as const;
  await answer(world, incoming, { reasons, caseNumber: null });
}

/** Never answered; shown to the officers of its case, unless it is their own machine that wrote it. */
async function takeAutomatic(world: World, incoming: Incoming): Promise<void> {
  const { state } = await placeOf(world, incoming);
  const ours = isOfficer(world.settings, incoming.writer.address) ||
    sameAddress(incoming.writer.address, world.settings.bot.address);
  if (state && !ours) return await passOn(world, incoming, state, "automatic");
  await file(world, incoming, { fate: "automatic", caseNumber: state?.number ?? null });
}

async function take(
  world: World,
  entry: Entry<InboxEntry>,
  mail: ReadMail,
  attempts: number,
): Promise<void> {
  const [only] = mail.from;
  const writer = only && mail.from.length === 1 ? only : envelopeBox(entry);
  const read = { entry, mail, writer, attempts };
  const caseNumber = await seenBefore(world, read);
  if (caseNumber !== null) {
    return await file(world, read, { fate: "duplicate", caseNumber: caseNumber || null });
  }
  if (mail.bounce) return await takeBounce(world, read);
  if (mail.from.length !== 1) return await takeManyWriters(world, read);
  const checked = await checkWriter(world, read);
  const incoming = { ...read, ...checked };
  if (mail.automatic || sameAddress(writer.address, world.settings.bot.address)) {
    return await takeAutomatic(world, incoming);
  }
  if (asksForVerification(mail)) return await takeVerification(world, incoming);
  const place = await placeOf(world, incoming);
  const departments = officerIn(world.settings, writer.address);
  if (departments.length > 0) {
    if (actsByAddress(world, checked.check)) {
      return await takeOfficerMail(world, incoming, place, departments);
    }
    const reasons = [{ code: "not_authenticated", about: null }] as const;
    return await answer(world, incoming, { reasons, caseNumber: place.state?.number ?? null });
  }
  await takeVendorMail(world, incoming, place);
}

/** The mail taken apart; null when that can't be done. */
async function takeApart(world: World, { raw, envelope }: InboxEntry, attempts: number) {
  try {
    return await world.reader.read(raw, envelope.from);
  } catch (error) {
    const hopeless = error instanceof PortError && attempts >= READ_TRIES;
    if (!hopeless && !(error instanceof UnreadableError)) throw error;
    world.log.warn("mail_unreadable", { code: error.code });
    return null;
  }
}

/** Reads one received mail, once. */
export async function readInbox(world: World, due: DueEntry): Promise<DueOutcome> {
  const { id } = due.payload as { readonly id: string };
  const entry = await world.store.get<InboxEntry>(inboxKey(id));
  if (!entry || entry.value.fate !== "waiting") return { done: true };
  const mail = await takeApart(world, entry.value, due.attempts);
  if (mail) await take(world, entry, mail, due.attempts);
  else await takeClosed(world, entry);
  return { done: true };
}
