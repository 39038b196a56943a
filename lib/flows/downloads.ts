/**
 * Fresh download links for whoever holds an old one's mail (R30).
 *
 * @module
 */
import type { Instant } from "../domain/instant.ts";
import { dueSets } from "../due/due_index.ts";
import { answerAllowance } from "./answer_allowance.ts";
import { letterEntry } from "./orders.ts";
import type { OpenedLink } from "./links.ts";
import { now, type World } from "./world.ts";

/** The beginning of the minute: pressing again within it asks for nothing new. */
const minuteOf = (at: Instant): Instant => `${at.slice(0, 16)}:00.000Z`;

/** Mails a fresh download link to the address that the old one was mailed to, and to no other. */
export async function renewDownload(world: World, { link, state }: OpenedLink): Promise<void> {
  const at = minuteOf(now(world));
  // Above a day's share nothing goes: the holder has links enough, and is told the same as ever.
  const allowance = await answerAllowance(world, link.address, "repeat");
  if (!allowance) return;
  const order = { letter: "download-link", to: link.address, party: link.party, about: null } as const;
  const entry = letterEntry(order, { caseNumber: state.number, name: `renewed/${at}`, at });
  await world.store.commit({
    checks: allowance.checks ?? [],
    sets: [...allowance.sets ?? [], ...dueSets(entry)],
  });
  world.wake();
}
