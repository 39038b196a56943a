/**
 * Ends the way of a received mail: its fate, the letters that answer it and the traces that let the same mail be
 * known again are written in one commit, together with what it did to a case (R9).
 *
 * @module
 */
import { createHash } from "node:crypto";
import { addressKey } from "../domain/mail_address.ts";
import type { WriterCheck } from "../domain/writer_check.ts";
import { type DueEntry, dueSets } from "../due/due_index.ts";
import type { Mailbox, ReadMail } from "../mail/read_mail.ts";
import type { MailVerdict } from "../mail/authenticator.ts";
import { type Check, type Entry, type Key, PortError, type StoreValue } from "../ports.ts";
import type { Alongside } from "./act.ts";
import { type InboxEntry, type InboxFate, inboxKey } from "./receive_mail.ts";
import type { World } from "./world.ts";

/** A received mail on its way: as kept, as read, and its one writer. */
export type Incoming = {
  readonly entry: Entry<InboxEntry>;
  readonly mail: ReadMail;
  readonly writer: Mailbox;
  /** How often reading it has failed so far. */
  readonly attempts: number;
  /** Letters that go out however it ends. */
  readonly also?: readonly DueEntry[];
  /** How far its writer was confirmed; absent for mails that end before that is asked. */
  readonly check?: WriterCheck;
  /** What that was made of; null when it could not be had. */
  readonly verdict?: MailVerdict | null;
};

/**
 * Failures after which what broke the reader counts as the mail's own fault: a file that kills its worker every
 * time would else never be answered.
 */
export const READ_TRIES = 5;

/** How a mail ends. */
export type Filing = {
  readonly fate: InboxFate;
  readonly caseNumber: string | null;
  readonly letters?: readonly DueEntry[];
  /** Further writes of the same commit. */
  readonly besides?: Alongside;
};

const hashOf = (...parts: readonly string[]): string =>
  createHash("sha256").update(JSON.stringify(parts)).digest("hex");

/** Key under which a mail is known by its `Message-ID`; null for a mail without one. */
function messageKey({ mail, writer }: Incoming): Key | null {
  return mail.messageId === null
    ? null
    : ["seen", "message", hashOf(mail.messageId, addressKey(writer.address))];
}

/** Key under which a mail is known by what it says, whatever its `Message-ID`. */
export function contentKey({ mail, writer }: Incoming): Key {
  const files = mail.attachments.map((file) => `${file.filename} ${file.blob}`);
  return ["seen", "content", hashOf(addressKey(writer.address), mail.subject, mail.text, ...files)];
}

/** The case of the same mail received before (empty when it had none); null for a mail not seen yet. */
export async function seenBefore(world: World, incoming: Incoming): Promise<string | null> {
  const key = messageKey(incoming);
  return key === null ? null : (await world.store.get<string>(key))?.value ?? null;
}

/** The writes that file a mail, to go with the commit of what it did to a case. */
export function filing(
  incoming: Incoming,
  { fate, caseNumber, letters = [], besides = {} }: Filing,
): Alongside {
  const { entry, verdict } = incoming;
  const filed = { ...entry.value, ...verdict && { verdict }, fate, caseNumber };
  const checks: Check[] = [{ key: entry.key, version: entry.version }, ...besides.checks ?? []];
  const sets: (readonly [Key, StoreValue])[] = [
    [inboxKey(entry.value.id), filed],
    ...[...letters, ...incoming.also ?? []].flatMap(dueSets),
    ...besides.sets ?? [],
  ];
  const seen = messageKey(incoming);
  if (seen !== null && fate !== "duplicate") {
    checks.push({ key: seen, version: null });
    sets.push([seen, caseNumber ?? ""]);
  }
  return { checks, sets };
}

/** Files a mail that changes no case. Throws `PortError` when another run was faster: it is then read anew. */
export async function file(world: World, incoming: Incoming, how: Filing): Promise<void> {
  if (!await world.store.commit(filing(incoming, how))) throw filedMeanwhile();
  world.log.info("mail_filed", { fate: how.fate, case: how.caseNumber ?? "" });
  world.wake();
}

/** What a run throws when the mail, or its double, was filed by another run. */
export function filedMeanwhile(): PortError {
  return new PortError("conflict", "Cannot file a mail: it was filed meanwhile", { retryable: true });
}
