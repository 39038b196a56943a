/**
 * A case on paper, under way, to which words come by mail.
 *
 * @module
 */
import { readHistory } from "../../lib/flows/case_records.ts";
import { letterFor, type WrittenLetter } from "../../lib/flows/letter_facts.ts";
import { reindex } from "../../lib/flows/reindex.ts";
import type { LetterOrder } from "../../lib/letters/letter_order.ts";
import { caseAddress } from "../../lib/mail/bot_address.ts";
import { paperWorld } from "./paper_world.ts";
import { putCase } from "./put_case.ts";
import { askedWith, minute } from "./sample_case.ts";

/** The address of the service. */
export const BOT = "keiyaku@bot.example.lg.jp";

/** Puts the case of `events` into a world on paper, 40 minutes after it began. */
export async function wordDesk(events = askedWith()) {
  const paper = paperWorld();
  const { world } = paper;
  paper.clock.set(minute(40));
  const number = await putCase(world.store, events);
  await reindex(world.store, world.keys);
  return {
    ...paper,
    number,
    /** The case's own address. */
    ofCase: caseAddress(BOT, number, world.keys),
    /** Kind and recipient of each letter that waits. */
    letters: async () => (await paper.orders()).map(({ letter, to }) => [letter, to] as const),
    /** A letter as it is written. */
    writtenOf: async (order: LetterOrder & { readonly caseNumber: string }): Promise<WrittenLetter> =>
      (await letterFor(world, order, order.caseNumber || null))!,
    history: async () => (await readHistory(world.store, number)).map(({ event }) => event),
  };
}
