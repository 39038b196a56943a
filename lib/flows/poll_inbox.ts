/**
 * Looks every few minutes through the provider's list for mails of which no event came (kind `poll`).
 *
 * @module
 */
import { DAY_MS, type Instant, plusMs } from "../domain/instant.ts";
import { dueSets } from "../due/due_index.ts";
import type { DueOutcome } from "../due/due_worker.ts";
import type { ListedMail } from "../mail/provider_inbox.ts";
import type { Key } from "../ports.ts";
import { forgetOld, wasSeen } from "./seen.ts";
import { fetchCommit, fetchName } from "./take_event.ts";
import { now, type World } from "./world.ts";

/** Between two looks, in ms (5 minutes). */
const PAUSE_MS = 5 * 60_000;

/** The furthest that is looked back, in ms (7 days): well within the memory of what was taken. */
const LOOKED_BACK_MS = 7 * DAY_MS;

/** How far a look goes behind the one before, in ms (1 hour): a mail may be listed late. */
const OVERLAP_MS = 3_600_000;

/** Pages of one look; what lies behind is found by the next. */
const MAX_PAGES = 500;

/** Says that the entry is there, whose own key moves with its time, and when a look last came to its end. */
const POLLING: Key = ["polling", "resend"];
type Polling = { readonly lookedAt: Instant | null };

const NEVER: Polling = { lookedAt: null };

/** Sees to it that the list is looked through from now on; harmless when it is already. */
export async function beginPolling(world: World): Promise<void> {
  if (!world.providerInbox) return;
  const at = now(world);
  const due = { id: "poll/resend", at, firstAt: at, kind: "poll", subject: "", payload: null, attempts: 0 };
  const begun = await world.store.commit({
    checks: [{ key: POLLING, version: null }],
    sets: [[POLLING, NEVER], ...dueSets(due)],
  });
  if (begun) world.wake();
}

/** Looks once, and again in five minutes; no more when no provider is set any longer. */
export async function pollInbox(world: World, signal: AbortSignal): Promise<DueOutcome> {
  if (!world.providerInbox) {
    await world.store.commit({ deletes: [POLLING] });
    return { done: true };
  }
  const begunAt = now(world);
  const missed = await look(world, signal);
  const polling: Polling = { lookedAt: begunAt };
  await world.store.commit({ sets: [[POLLING, polling]] });
  if (missed > 0) {
    world.log.warn("provider_events_missed", { mails: missed });
    world.wake();
  }
  await forgetOld(world.store, now(world));
  return { again: plusMs(now(world), PAUSE_MS) };
}

/** Orders what is missing; how many. Events of newer mails may have come while those of older ones were lost. */
async function look(world: World, signal: AbortSignal): Promise<number> {
  const oldest = await beginOf(world);
  let after: string | null = null;
  let missed = 0;
  for (let page = 0; page < MAX_PAGES; page++) {
    const { mails, more } = await world.providerInbox!.list(after, signal);
    missed += await order(world, mails.filter(({ at }) => at >= oldest));
    const last = mails.at(-1);
    if (!more || !last || last.at < oldest) return missed;
    after = last.id;
  }
  return missed;
}

/** From where on a look must go. */
async function beginOf({ store, clock }: World): Promise<Instant> {
  const furthest = plusMs(clock.now(), -LOOKED_BACK_MS);
  const lookedAt = (await store.get<Polling>(POLLING))?.value.lookedAt ?? null;
  const overlapping = lookedAt === null ? furthest : plusMs(lookedAt, -OVERLAP_MS);
  return overlapping > furthest ? overlapping : furthest;
}

async function order(world: World, mails: readonly ListedMail[]): Promise<number> {
  let ordered = 0;
  for (const { id } of mails) {
    if (await wasSeen(world.store, fetchName(id))) continue;
    if (await world.store.commit(fetchCommit(id, now(world)))) ordered++;
  }
  return ordered;
}
