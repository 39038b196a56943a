/**
 * Puts together what the pages of the mailbox show: threads with their subjects, and what became of letters.
 *
 * @module
 */
import { readCase } from "../../lib/flows/case_records.ts";
import { deliveriesOf, type Delivery } from "../../lib/flows/deliveries.ts";
import type { World } from "../../lib/flows/world.ts";
import { now } from "../../lib/flows/world.ts";
import { keptId } from "../../lib/mail/kept_mail.ts";
import type { ThreadRow } from "./list_page.tsx";
import {
  allMails,
  type ListedMail,
  mailsOf,
  personOf,
  type Thread,
  threadKey,
  threadsOf,
} from "./mail_list.ts";
import type { MailboxDesk } from "./mailbox_desk.ts";
import { mailboxPeople, type MailboxPerson } from "./mailbox_people.ts";
import type { ThreadView } from "./mail_parts.tsx";
import { seenMails } from "./seen_mails.ts";

/** Threads on a page, and mails of a thread beside a mail. */
const MAX_THREADS = 30, MAX_BESIDE = 30;

/** What became of the letters of a case, by the ids under which they are kept. */
export async function deliveriesById(
  world: Pick<World, "store">,
  caseNumber: string | null,
): Promise<ReadonlyMap<string, Delivery>> {
  if (caseNumber === null) return new Map();
  const found = await deliveriesOf(world.store, caseNumber);
  return new Map(found.map((delivery) => [keptId(delivery.outboxId), delivery]));
}

async function contractOf({ world }: MailboxDesk, caseNumber: string | null): Promise<string> {
  const state = caseNumber === null ? null : (await readCase(world.store, caseNumber))?.value;
  return state?.draft?.title || state?.form?.contractName || "";
}

const subjectOf = async (desk: MailboxDesk, { entry, subject }: ListedMail): Promise<string> =>
  entry ? await desk.subjectOf(entry) : subject ?? "";

const isUnread = (seen: ReadonlySet<string>) => ({ way, id }: ListedMail): boolean =>
  way === "out" && !seen.has(id);

async function rowOf(desk: MailboxDesk, { mails }: Thread, seen: ReadonlySet<string>): Promise<ThreadRow> {
  const mail = mails[0]!;
  const deliveries = await deliveriesById(desk.world, mail.caseNumber);
  return {
    mail,
    subject: await subjectOf(desk, mail),
    count: mails.length,
    contract: await contractOf(desk, mail.caseNumber),
    unread: mails.some(isUnread(seen)),
    troubled: mails.some(({ id }) => deliveries.get(id)?.state === "failed"),
  };
}

/** All that the list shows. */
export type MailboxView = {
  readonly rows: readonly ThreadRow[];
  readonly hidden: number;
  readonly people: readonly MailboxPerson[];
};

/** The mailbox of a person; that of all for the empty address. */
export async function mailboxView(desk: MailboxDesk, person: string): Promise<MailboxView> {
  const [mails, seen] = await Promise.all([allMails(desk), seenMails(desk.world.store)]);
  const threads = threadsOf(mailsOf(mails, person));
  const shown = threads.slice(0, MAX_THREADS);
  return {
    rows: await Promise.all(shown.map((thread) => rowOf(desk, thread, seen))),
    hidden: threads.length - shown.length,
    people: await mailboxPeople(desk.world, mails, seen),
  };
}

/** The thread that a mail stands in, seen from the mailbox of `person`. */
export async function threadView(desk: MailboxDesk, mail: ListedMail, person: string): Promise<ThreadView> {
  const [mails, seen] = await Promise.all([allMails(desk), seenMails(desk.world.store)]);
  const unread = isUnread(seen);
  const together = mailsOf(mails, person).filter((each) => threadKey(each) === threadKey(mail));
  const contract = await contractOf(desk, mail.caseNumber);
  const about = mail.caseNumber === null ? personOf(mail) : `${mail.caseNumber} ${contract}`.trim();
  return {
    mails: await Promise.all(
      together.slice(0, MAX_BESIDE).map(async (each) => ({
        mail: each,
        subject: await subjectOf(desk, each),
        unread: unread(each) && each.id !== mail.id,
      })),
    ),
    person,
    about,
    now: now(desk.world),
  };
}
