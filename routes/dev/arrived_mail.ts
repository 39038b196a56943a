/**
 * Reads mails that came in, for the pages of the mailbox.
 *
 * @module
 */
import { UnreadableError } from "../../lib/domain/unreadable.ts";
import { type InboxEntry, readInboxEntry } from "../../lib/flows/receive_mail.ts";
import type { World } from "../../lib/flows/world.ts";
import type { ReadingWish, ReadMail } from "../../lib/mail/read_mail.ts";

/** The part of the world that holds mails. */
export type ArrivedWorld = Pick<World, "store" | "reader">;

/** A mail as understood; null when it can't be read. Throws `PortError`. */
async function readArrived(
  world: ArrivedWorld,
  entry: InboxEntry,
  wish: ReadingWish = { html: false },
): Promise<ReadMail | null> {
  try {
    return await world.reader.read(entry.raw, entry.envelope.from, wish);
  } catch (error) {
    if (error instanceof UnreadableError) return null;
    throw error;
  }
}

/** The mail of an id with what it was understood as, its HTML included; null when there is none. Throws `PortError`. */
export async function arrivedOf(world: ArrivedWorld, id: string): Promise<
  {
    readonly entry: InboxEntry;
    readonly mail: ReadMail | null;
  } | null
> {
  const entry = await readInboxEntry(world.store, id);
  return entry && { entry, mail: await readArrived(world, entry, { html: true }) };
}

/** Subjects that are remembered. */
const MAX_KNOWN = 1_000;

/** Makes what tells the subject of a mail, reading it only once; empty when it can't be read. */
export function subjectsOf(world: ArrivedWorld): (entry: InboxEntry) => Promise<string> {
  const known = new Map<string, string>();
  return async (entry) => {
    const subject = known.get(entry.id) ?? (await readArrived(world, entry))?.subject ?? "";
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(entry.id, subject);
    return subject;
  };
}
