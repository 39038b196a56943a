/**
 * What went out and what came in as one list, and whose mailbox each of it lies in.
 *
 * @module
 */
import { sameAddress } from "../../lib/domain/mail_address.ts";
import type { Instant } from "../../lib/domain/instant.ts";
import type { InboxEntry } from "../../lib/flows/receive_mail.ts";
import type { MailboxDesk } from "./mailbox_desk.ts";

/** A mail of either way. */
export type ListedMail = {
  readonly id: string;
  readonly way: "out" | "in";
  readonly at: Instant;
  readonly from: string;
  readonly to: readonly string[];
  readonly caseNumber: string | null;
  /** Null for what came in: it must be read first. */
  readonly subject: string | null;
  /** `X-Warifu-Kind` of what went out. */
  readonly kind: string | null;
  /** What came in, as it is kept. */
  readonly entry: InboxEntry | null;
};

/** Mails that belong together: those of a case, or those of a person outside of any. */
export type Thread = { readonly key: string; readonly mails: readonly ListedMail[] };

/** Whoever is not the service, for grouping and for names: the recipient of a letter, the writer of a mail. */
export const personOf = ({ way, from, to }: ListedMail): string => way === "in" ? from : to[0] ?? "";

/** Path of a mail's page, within the mailbox of `person` unless that is empty. */
export const mailPath = ({ way, id }: Pick<ListedMail, "way" | "id">, person: string): string =>
  `/dev/mailbox/${way === "in" ? "arrived" : "letters"}/${id}` +
  (person === "" ? "" : `?to=${encodeURIComponent(person)}`);

/** All mails, the newest first. */
export async function allMails({ world, mailbox }: MailboxDesk): Promise<ListedMail[]> {
  const mails: ListedMail[] = (await mailbox.kept()).map(({ to, kind, at, id, subject, caseNumber }) => ({
    id,
    way: "out",
    at,
    from: world.settings.bot.address,
    to: [to],
    caseNumber,
    subject,
    kind,
    entry: null,
  }));
  for await (const { value: entry } of world.store.list<InboxEntry>({ prefix: ["inbox"] })) {
    if (typeof entry?.receivedAt === "string") mails.push(arrivedMail(entry));
  }
  return mails.sort(newestFirst);
}

/** Within the same millisecond an answer is newer than what it answers. */
function newestFirst(a: ListedMail, b: ListedMail): number {
  if (a.at !== b.at) return a.at < b.at ? 1 : -1;
  return a.way === b.way ? 0 : a.way === "out" ? -1 : 1;
}

/** A mail that came in, as the list has it. */
export const arrivedMail = (entry: InboxEntry): ListedMail => ({
  id: entry.id,
  way: "in",
  at: entry.receivedAt,
  from: entry.envelope.from,
  to: entry.envelope.to,
  caseNumber: entry.caseNumber,
  subject: null,
  kind: null,
  entry,
});

/** What lies in the mailbox of a person; everything for the empty address. */
export const mailsOf = (mails: readonly ListedMail[], person: string): readonly ListedMail[] =>
  person === "" ? mails : mails.filter((mail) => sameAddress(personOf(mail), person));

/** Which thread a mail belongs to. */
export const threadKey = (mail: ListedMail): string => mail.caseNumber ?? personOf(mail).toLowerCase();

/** The threads of mails, the one with the newest mail first, as the mails in it are. */
export function threadsOf(mails: readonly ListedMail[]): readonly Thread[] {
  const found = new Map<string, ListedMail[]>();
  for (const mail of mails) {
    const key = threadKey(mail);
    const thread = found.get(key);
    if (thread) thread.push(mail);
    else found.set(key, [mail]);
  }
  return [...found].map(([key, mails]) => ({ key, mails }));
}
