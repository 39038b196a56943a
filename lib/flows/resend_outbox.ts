/**
 * Hands over again, at the operator's wish, the letters that the relay never took: those given up, those that wait
 * for their next try, those that nothing is due for any more. They go as they were written, under the same
 * `Message-ID`. A letter that a relay took is left alone: who lost it is asked for a fresh one on its case's page.
 *
 * @module
 */
import type { CaseNumber } from "../domain/case.ts";
import type { Instant } from "../domain/instant.ts";
import { DUE_SHARDS, type DueEntry, dueKey, dueSets } from "../due/due_index.ts";
import type { LetterKind, LetterOrder } from "../letters/letter_order.ts";
import type { Entry } from "../ports.ts";
import { deliveriesOf, deliverySets } from "./deliveries.ts";
import { letterLane } from "./orders.ts";
import { outboxKey, type OutboxRecord } from "./outbox.ts";
import { stillApplies } from "./still_applies.ts";
import { now, type World } from "./world.ts";

/** Which letters, and whether they only are to be told of. */
export type ResendOrder = {
  /** Letters written before it stay as they are. */
  readonly since: Instant;
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
};

/** Why a letter had not gone: given up, between two tries, or forgotten. */
export type Stuck = "given_up" | "waiting" | "forgotten";

/** A letter that goes again. */
export type ResentLetter = {
  readonly kind: LetterKind;
  readonly caseNumber: CaseNumber | null;
  readonly writtenAt: Instant;
  readonly why: Stuck;
};

type DueLetter = Entry<DueEntry & { readonly leased?: unknown }>;

/** Goes through the outbox; each letter is told of once it is due again. */
export async function* resendOutbox(world: World, order: ResendOrder): AsyncGenerator<ResentLetter> {
  const due = await dueLetters(world);
  for await (const entry of world.store.list<OutboxRecord>({ prefix: ["outbox"] })) {
    if (order.signal.aborted) return;
    const { kind, caseNumber, writtenAt } = entry.value;
    const waiting = due.get(entry.value.id);
    const why = writtenAt < order.since ? null : await stuck(world, entry.value, waiting);
    if (why === null) continue;
    if (order.dryRun || await dueAgain(world, entry, waiting)) yield { kind, caseNumber, writtenAt, why };
  }
}

/** What is due of letters, by their ids. */
async function dueLetters(world: World): Promise<Map<string, DueLetter>> {
  const found = new Map<string, DueLetter>();
  for (let shard = 0; shard < DUE_SHARDS; shard++) {
    for await (const entry of world.store.list<DueLetter["value"]>({ prefix: ["due", shard] })) {
      if (entry.value.kind === "letter") found.set(entry.value.id, entry);
    }
  }
  return found;
}

/** Null for a letter that has gone, is under way, was replaced by a link, or need not go any more. */
async function stuck(world: World, record: OutboxRecord, due: DueLetter | undefined): Promise<Stuck | null> {
  if (record.handedOverAt !== null || due?.value.leased !== undefined) return null;
  if (due !== undefined && due.value.attempts === 0) return null;
  if (!await stillApplies(world, record)) return null;
  if (!record.undelivered) return due === undefined ? "forgotten" : "waiting";
  const letters = record.caseNumber === null ? [] : await deliveriesOf(world.store, record.caseNumber);
  return letters.some(({ outboxId, state }) => outboxId === record.id && state === "replaced")
    ? null
    : "given_up";
}

/** Makes the letter due now, with its whole time before it; false when it changed meanwhile. */
async function dueAgain(
  world: World,
  { key, version, value }: Entry<OutboxRecord>,
  due: DueLetter | undefined,
): Promise<boolean> {
  const at = now(world);
  const { id, kind, party, caseNumber, to } = value;
  const order: LetterOrder = value.order ?? { letter: kind, to, seq: null, party, about: null };
  const fresh: DueEntry = {
    id,
    at,
    firstAt: at,
    kind: "letter",
    subject: caseNumber ?? "",
    payload: due?.value.payload ?? order,
    attempts: 0,
    lane: letterLane(to),
  };
  const earlier = due && dueKey(due.value);
  const done = await world.store.commit({
    checks: [{ key, version }, ...due ? [{ key: due.key, version: due.version }] : []],
    deletes: earlier && earlier[2] !== at ? [due.key] : [],
    sets: [
      [outboxKey(id), { ...value, undelivered: false }],
      ...deliverySets(value, { state: "waiting", at, reason: null }),
      ...dueSets(fresh),
    ],
  });
  if (done) world.wake();
  return done;
}
