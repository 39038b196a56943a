/**
 * Which mails somebody has opened, so that the list can show what is new.
 *
 * @module
 */
import type { Key, Store } from "../../lib/ports.ts";

const seenKey = (id: string): Key => ["mailbox", "seen", id];

/** Notes that a mail was opened. */
export async function markSeen(store: Store, id: string): Promise<void> {
  await store.commit({ sets: [[seenKey(id), id]] });
}

/** The ids of all mails that were opened. */
export async function seenMails(store: Store): Promise<ReadonlySet<string>> {
  const seen = new Set<string>();
  for await (const { value } of store.list<string>({ prefix: ["mailbox", "seen"] })) seen.add(value);
  return seen;
}
