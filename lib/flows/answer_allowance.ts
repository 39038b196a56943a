/**
 * Bounds what one address can make the service write in a day: nobody's mailbox is flooded through it.
 *
 * @module
 */
import { jstDay } from "../domain/instant.ts";
import type { Key } from "../ports.ts";
import type { Alongside } from "./act.ts";
import { recipientTag } from "./orders.ts";
import { isOfficer } from "./staff.ts";
import { now, type World } from "./world.ts";

/**
 * What is written: the answer to a form that was read, a mail shown to officers, a verification, the answer to a
 * word, a link once more, a list that was asked for on a page, or another answer.
 */
export type AnswerKind =
  | "form"
  | "proposal"
  | "shown"
  | "verification"
  | "word"
  | "repeat"
  | "documents"
  | "other";

/** How often a day and address: forms come in bulk at the turn of the fiscal year. */
const PER_DAY: Readonly<Record<AnswerKind, number>> = {
  form: 200,
  proposal: 60,
  shown: 100,
  verification: 30,
  word: 20,
  repeat: 5,
  documents: 5,
  other: 60,
};

/** An officer looks after many contracts, and must hear of each that was not taken. */
const PER_DAY_OFFICER = 300;

/**
 * The writes that count one more answer to an address today; null when it had its share. They go with the
 * commit of the answer.
 */
export async function answerAllowance(
  world: World,
  address: string,
  what: AnswerKind,
): Promise<Alongside | null> {
  const key: Key = ["answered", jstDay(now(world)), what, recipientTag(address)];
  const counted = await world.store.get<number>(key);
  const count = counted?.value ?? 0;
  const share = isOfficer(world.settings, address) ? PER_DAY_OFFICER : PER_DAY[what];
  if (count >= share) return null;
  return { checks: [{ key, version: counted?.version ?? null }], sets: [[key, count + 1]] };
}
