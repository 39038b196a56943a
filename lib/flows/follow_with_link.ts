/**
 * What follows by itself when a letter was too large for its recipient's server: the same letter without its files,
 * whose link leads to them (R30).
 *
 * @module
 */
import { type DueEntry, dueSets } from "../due/due_index.ts";
import type { LetterOrder } from "../letters/letter_order.ts";
import type { Key, StoreValue } from "../ports.ts";
import { lessonSets, sizeOfParts } from "./attach_limit.ts";
import { letterLane } from "./orders.ts";
import { type OutboxRecord, readLetter } from "./outbox.ts";
import { now, type World } from "./world.ts";

/**
 * The writes that let the smaller letter follow, and note for the next ones what was too large; null for a letter
 * that had no files.
 */
export async function followSets(
  world: World,
  record: OutboxRecord,
): Promise<(readonly [Key, StoreValue])[] | null> {
  const { id, to, caseNumber, order } = record;
  if (order === undefined) return null;
  const { attachments } = await readLetter(world, record);
  const payload: LetterOrder = { ...order, withoutFiles: true };
  const at = now(world);
  const entry: DueEntry = {
    id: `${id}/link`,
    at,
    firstAt: at,
    kind: "letter",
    subject: caseNumber ?? "",
    payload,
    attempts: 0,
    lane: letterLane(to),
  };
  return [...dueSets(entry), ...await lessonSets(world, to, await sizeOfParts(world, attachments))];
}
