/**
 * Figures of how the service stands at this moment, read from its store when the operator asks: what is due, letters
 * that do not get through, days left to certificates, late renewals.
 *
 * @module
 */
import { epochMs } from "../domain/instant.ts";
import type { IndexedEntry } from "../due/claims.ts";
import { DUE_SHARDS } from "../due/due_index.ts";
import type { Family, Sample } from "../metrics/exposition.ts";
import type { Store } from "../ports.ts";
import { type CertificatesInUse, daysLeft, watchedCertificates } from "./certificate_expiry.ts";
import { handlersOf } from "./handlers.ts";
import { countLate } from "./late_renewals.ts";
import { outboxKey, type OutboxRecord } from "./outbox.ts";
import { now, type World } from "./world.ts";

/** Due entries of one shard that are looked at, in order of time: what is due comes first. */
const LOOKED_AT = 1_000;

/** Letters that are looked up to learn whether a relay may have taken them. */
const LETTERS_LOOKED_UP = 500;

/** Keys that the store gives at once. */
const KEYS_AT_ONCE = 10;

/** From when on a letter that is not handed over is late, in ms (15 minutes). */
const LETTER_LATE_MS = 15 * 60_000;

type DueState = "waiting" | "overdue" | "leased";

type Seen = {
  readonly counts: Map<string, Record<DueState, number>>;
  /** Age in ms of the entry that has been overdue for longest, by kind. */
  readonly oldest: Map<string, number>;
  readonly lateLetters: string[];
  more: boolean;
};

const noEntries = (): Record<DueState, number> => ({ waiting: 0, overdue: 0, leased: 0 });

/** Nothing seen yet: kinds without entries are told too, since collectors warn badly of what is absent. */
const nothingSeen = (kinds: readonly string[]): Seen => ({
  counts: new Map(kinds.map((kind) => [kind, noEntries()])),
  oldest: new Map(),
  lateLetters: [],
  more: false,
});

function see(seen: Seen, entry: IndexedEntry, at: number): void {
  const age = at - epochMs(entry.firstAt);
  const state: DueState = entry.leased ? "leased" : age > 0 ? "overdue" : "waiting";
  const counts = seen.counts.get(entry.kind) ?? noEntries();
  counts[state]++;
  seen.counts.set(entry.kind, counts);
  if (age > 0) seen.oldest.set(entry.kind, Math.max(seen.oldest.get(entry.kind) ?? 0, age));
  if (entry.kind === "letter" && age > LETTER_LATE_MS) seen.lateLetters.push(entry.id);
}

async function lookAround(world: World, at: number): Promise<Seen> {
  const { store } = world;
  const seen = nothingSeen(Object.keys(handlersOf(world)));
  for (let shard = 0; shard < DUE_SHARDS; shard++) {
    let looked = 0;
    for await (const { value } of store.list<IndexedEntry>({ prefix: ["due", shard], limit: LOOKED_AT })) {
      see(seen, value, at);
      looked++;
    }
    if (looked === LOOKED_AT) seen.more = true;
  }
  return seen;
}

/** How many of the letters a relay may have taken, though its answer was lost. */
async function countUnsure(store: Store, ids: readonly string[]): Promise<number> {
  let unsure = 0;
  for (let from = 0; from < Math.min(ids.length, LETTERS_LOOKED_UP); from += KEYS_AT_ONCE) {
    const letters = await store.getMany<OutboxRecord>(ids.slice(from, from + KEYS_AT_ONCE).map(outboxKey));
    unsure += letters.filter((letter) => letter?.value.unsureSince !== undefined).length;
  }
  return unsure;
}

const gauge = (name: string, help: string, samples: readonly Sample[]): Family => ({
  name,
  help,
  type: "gauge",
  samples,
});

const single = (name: string, help: string, value: number): Family =>
  gauge(name, help, [{ labels: {}, value }]);

async function dueFamilies(world: World, at: number): Promise<Family[]> {
  const { counts, oldest, lateLetters, more } = await lookAround(world, at);
  const byState = [...counts].flatMap(([kind, states]) =>
    Object.entries(states).map(([state, value]) => ({ labels: { kind, state }, value }))
  );
  const ages = [...counts.keys()].map((kind) => ({
    labels: { kind },
    value: (oldest.get(kind) ?? 0) / 1000,
  }));
  return [
    gauge("warifu_due_entries", "Due entries: waiting for their time, overdue, leased by a worker.", byState),
    single("warifu_due_entries_cut", "1 when there are more due entries than were counted.", more ? 1 : 0),
    gauge("warifu_due_oldest_seconds", "Age of the entry that has been overdue for longest.", ages),
    single("warifu_letters_late", "Letters not handed over within 15 minutes.", lateLetters.length),
    single(
      "warifu_letters_unsure",
      "Late letters that a relay may have taken though its answer was lost.",
      await countUnsure(world.store, lateLetters),
    ),
  ];
}

function certificateFamily(world: World, tsaChain: CertificatesInUse["tsaChain"]): Family {
  const watched = watchedCertificates({ signer: world.signer, tsaChain }, now(world));
  const samples = (["signer", "tsa"] as const).flatMap((part) => {
    const value = daysLeft(watched, part);
    return value === null ? [] : [{ labels: { part }, value }];
  });
  return gauge("warifu_certificate_days_left", "Days until the first certificate in use ends.", samples);
}

/** Reads the figures. `tsaChain` is the certificates behind the last timestamp, DER, leaf first. */
export async function standingFigures(
  world: World,
  tsaChain: CertificatesInUse["tsaChain"],
): Promise<readonly Family[]> {
  return [
    ...await dueFamilies(world, epochMs(now(world))),
    certificateFamily(world, tsaChain),
    single("warifu_renewals_late", "Timestamps not renewed in time.", await countLate(world.store)),
  ];
}
