/**
 * The digest of each business morning at 9:00 in Japan (R32): one entry of the due index for the whole service, which
 * orders a letter for each officer and comes back on the next business day. A letter's id holds its day, so nobody
 * gets two, whatever ends or begins again in between.
 *
 * @module
 */
import { inBusinessTime, nextBusinessMorning } from "../domain/business_time.ts";
import { addressKey } from "../domain/mail_address.ts";
import { type Day, type Instant, jstDay } from "../domain/instant.ts";
import { type DueEntry, dueSets } from "../due/due_index.ts";
import type { DueOutcome } from "../due/due_worker.ts";
import type { Key } from "../ports.ts";
import { letterEntry } from "./orders.ts";
import { now, type World } from "./world.ts";

/** Which entry is the one that counts, and what it has done. */
type Digests = { readonly run: number; readonly next: Instant; readonly done: Day | null };
const DIGESTS: Key = ["digests"];

/** Letters of one commit: far below the store's limit. */
const AT_ONCE = 200;

type DigestOrder = { readonly run: number };

/**
 * Sees to it that digests go from the next business morning on; harmless when they do already. An entry that a clock
 * which was wrong has put far into the future is replaced.
 */
export async function beginDigests(world: World): Promise<void> {
  const next = nextBusinessMorning(now(world), world.calendar.isBusinessDay);
  const known = await world.store.get<Digests>(DIGESTS);
  if (known && known.value.next <= next) return;
  const run = (known?.value.run ?? 0) + 1;
  const payload: DigestOrder = { run };
  const id = `digests/${run}`;
  const entry = { id, at: next, firstAt: next, kind: "digests", subject: "", payload, attempts: 0 };
  const begun: Digests = { run, next, done: known?.value.done ?? null };
  const committed = await world.store.commit({
    checks: [{ key: DIGESTS, version: known?.version ?? null }],
    sets: [[DIGESTS, begun], ...dueSets(entry)],
  });
  if (committed) world.wake();
}

/** Every officer's address once. */
function officersIn({ settings }: World): string[] {
  const officers = settings.departments.flatMap((department) => department.officers);
  return [...new Map(officers.map(({ email }) => [addressKey(email), email])).values()];
}

async function orderLetters(world: World, day: Day): Promise<void> {
  const place = { caseNumber: null, name: `digest/${day}`, at: now(world) };
  const letters = officersIn(world).map((to) =>
    letterEntry({ letter: "digest", to, party: null, about: { digestOf: day } }, place)
  );
  for (let from = 0; from < letters.length; from += AT_ONCE) {
    await world.store.commit({ sets: letters.slice(from, from + AT_ONCE).flatMap(dueSets) });
  }
}

/** Orders the digests of today, once, and comes back on the next business morning. */
export async function orderDigests(world: World, entry: DueEntry): Promise<DueOutcome> {
  const known = await world.store.get<Digests>(DIGESTS);
  if (!known || known.value.run !== (entry.payload as DigestOrder).run) return { done: true };
  const { isBusinessDay } = world.calendar;
  const at = now(world);
  const day = jstDay(at);
  const goes = inBusinessTime(at, isBusinessDay) && known.value.done !== day;
  if (goes) await orderLetters(world, day);
  const next = nextBusinessMorning(at, isBusinessDay);
  await world.store.commit({
    checks: [{ key: DIGESTS, version: known.version }],
    sets: [[DIGESTS, { ...known.value, next, done: goes ? day : known.value.done }]],
  });
  world.wake();
  return { again: next };
}
