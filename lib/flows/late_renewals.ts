/**
 * Remembers which timestamps should have been renewed long ago, so that the operator sees it (`/readyz`): nobody
 * else could do anything about it.
 *
 * @module
 */
import type { CaseNumber, FileId } from "../domain/case.ts";
import { epochMs, type Instant, plusMs } from "../domain/instant.ts";
import type { Key, Store } from "../ports.ts";
import { now, type World } from "./world.ts";

/** A file of a case. */
export type RenewedFile = { readonly number: CaseNumber; readonly file: FileId };

const PREFIX: Key = ["renewal", "late"];
const lateKey = ({ number, file }: RenewedFile): Key => [...PREFIX, number, file];

/** More are not counted. */
const MAX_COUNTED = 1_000;

/** Notes a renewal that failed, once half of the time between its day and the timestamp's end is gone. */
export async function noteLate(
  world: World,
  renewed: RenewedFile,
  { dueAt, end }: { readonly dueAt: Instant; readonly end: Instant },
): Promise<void> {
  const half = plusMs(dueAt, Math.floor((epochMs(end) - epochMs(dueAt)) / 2));
  if (now(world) < half) return;
  world.log.warn("renewal_late", { case: renewed.number, file: String(renewed.file), end });
  await world.store.commit({ sets: [[lateKey(renewed), end]] });
}

/** Forgets it once it is done. */
export async function noteRenewed(world: World, renewed: RenewedFile): Promise<void> {
  await world.store.commit({ deletes: [lateKey(renewed)] });
}

/** How many are late, up to 1,000. */
export async function countLate(store: Store): Promise<number> {
  let count = 0;
  for await (const _ of store.list({ prefix: PREFIX, limit: MAX_COUNTED })) count++;
  return count;
}
