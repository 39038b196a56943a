/**
 * The built-in mailbox: letters are kept instead of sent, so that development and trials need no relay.
 * A letter lies as a blob, what a list shows of it in the store.
 *
 * @module
 */
import { sameAddress } from "../domain/mail_address.ts";
import { keptId, type KeptMail, type MailboxMailer } from "../mail/kept_mail.ts";
import {
  type Blobs,
  type Clock,
  type Key,
  type Mailer,
  type OutgoingMail,
  PortError,
  type Sha256,
  type Store,
} from "../ports.ts";

export type { KeptMail, MailboxMailer } from "../mail/kept_mail.ts";

/** Whether a mailer is the built-in mailbox. */
export function isMailbox(mailer: Mailer): mailer is MailboxMailer {
  return "kept" in mailer && "letter" in mailer;
}

type KeptRecord = { readonly entry: KeptMail; readonly letter: Sha256 };

const byId = (id: string): Key => ["mailbox", "id", id];
const byTime = (entry: KeptMail): Key => ["mailbox", "time", entry.at, entry.id];

/** Opens the mailbox that lies in a store and its blobs. */
export function mailboxMailer(store: Store, blobs: Blobs, clock: Clock): MailboxMailer {
  return {
    async send(mail) {
      const id = keptId(mail.id);
      if (await store.get(byId(id)) !== null) return;
      await assertComplete(blobs, mail);
      const { sha256: letter } = await blobs.put(new TextEncoder().encode(JSON.stringify(mail)));
      const entry: KeptMail = {
        id,
        to: mail.to,
        subject: mail.subject,
        kind: mail.headers["X-Warifu-Kind"] ?? null,
        caseNumber: mail.headers["X-Warifu-Case"] ?? null,
        at: clock.now(),
      };
      const record: KeptRecord = { entry, letter };
      // A failed check means that the very same letter is there already: nothing is left to do.
      await store.commit({
        checks: [{ key: byId(id), version: null }],
        sets: [[byId(id), record], [byTime(entry), entry]],
      });
    },
    async kept(to) {
      const entries: KeptMail[] = [];
      for await (const { value } of store.list<KeptMail>({ prefix: ["mailbox", "time"] })) {
        if (to === undefined || sameAddress(value.to, to)) entries.push(value);
      }
      return entries;
    },
    async letter(id) {
      const found = await store.get<KeptRecord>(byId(id));
      if (found === null) return null;
      const bytes = await blobs.get(found.value.letter);
      return { entry: found.value.entry, mail: JSON.parse(new TextDecoder().decode(bytes)) as OutgoingMail };
    },
    ready: () => Promise.resolve(true),
    close() {},
  };
}

/** A relay would have read the attachments; the mailbox at least sees that they are there. */
async function assertComplete(blobs: Blobs, mail: OutgoingMail): Promise<void> {
  for (const part of mail.attachments.flatMap((attachment) => attachment.parts)) {
    if (await blobs.has(part)) continue;
    throw new PortError("not_found", "Cannot keep the mail: a part of an attachment is missing", {
      retryable: false,
    });
  }
}
