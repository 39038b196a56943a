/**
 * Whose mailboxes there are: the staff of the settings, and everybody who wrote or was written to.
 *
 * @module
 */
import { addressKey } from "../../lib/domain/mail_address.ts";
import { readCase } from "../../lib/flows/case_records.ts";
import type { World } from "../../lib/flows/world.ts";
import type { Settings } from "../../lib/settings/settings.ts";
import { type ListedMail, personOf } from "./mail_list.ts";

/** Somebody with a mailbox. */
export type MailboxPerson = {
  readonly address: string;
  /** The address where nothing better is known. */
  readonly name: string;
  /** What part they play, in a word. */
  readonly role: string;
  readonly mails: number;
  /** Mails from the service that nobody has opened. */
  readonly unread: number;
};

type Known = { readonly address: string; readonly name: string; readonly role: string };

/** Cases whose people are looked up: a mailbox has more, but nobody plays so many parts at once. */
const MAX_CASES = 20;

const staffOf = ({ departments }: Settings): Known[] =>
  departments.flatMap(({ officers, approvers }) => [
    ...officers.map(({ name, email }) => ({ address: email, name, role: "契約担当" })),
    ...approvers.map(({ name, email }) => ({ address: email, name, role: "承認者" })),
  ]);

async function peopleOfCases(world: Pick<World, "store">, numbers: readonly string[]): Promise<Known[]> {
  const cases = await Promise.all(numbers.map((number) => readCase(world.store, number)));
  return cases.flatMap((found) => {
    if (!found) return [];
    const { parties, form, contact } = found.value;
    const confirmers = form?.vendors.flatMap((vendor) => vendor.confirmers) ?? [];
    const asked = [...parties.filter(({ role }) => role === "confirmer"), ...confirmers];
    return [
      // Whoever mailed the form is often a confirmer too: that is the greater part.
      ...asked.map(({ name, address }) => ({ name, address, role: "確認者" })),
      { address: contact.address, name: contact.name || (form?.staff ?? ""), role: "事業者" },
    ];
  });
}

/** The people, whoever has the newest mail first; staff without any mail last. */
export async function mailboxPeople(
  world: Pick<World, "store" | "settings">,
  mails: readonly ListedMail[],
  seen: ReadonlySet<string>,
): Promise<readonly MailboxPerson[]> {
  const numbers = [...new Set(mails.flatMap(({ caseNumber }) => caseNumber ?? []))].slice(0, MAX_CASES);
  const staff = staffOf(world.settings);
  const known = new Map<string, Known>();
  for (const each of [...staff, ...await peopleOfCases(world, numbers)]) {
    const key = addressKey(each.address);
    if (!known.has(key)) known.set(key, each);
  }
  const counts = new Map<string, { address: string; mails: number; unread: number }>();
  for (const mail of mails) {
    const address = personOf(mail);
    if (address === "") continue;
    const key = addressKey(address);
    const count = counts.get(key) ?? { address, mails: 0, unread: 0 };
    count.mails++;
    if (mail.way === "out" && !seen.has(mail.id)) count.unread++;
    counts.set(key, count);
  }
  for (const { address } of staff) {
    const key = addressKey(address);
    if (!counts.has(key)) counts.set(key, { address, mails: 0, unread: 0 });
  }
  return [...counts].map(([key, count]) => {
    const { name = "", role = "" } = known.get(key) ?? {};
    return { ...count, name: name || count.address, role };
  });
}
