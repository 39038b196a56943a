/**
 * What happens when a letter can't be delivered: a request becomes an event of its case, any other letter a word
 * to the officers. Nobody is told twice (R34).
 *
 * @module
 */
import type { Case } from "../domain/case.ts";
import { MAX_TEXT } from "../domain/limits.ts";
import { sameAddress } from "../domain/mail_address.ts";
import { dueSets } from "../due/due_index.ts";
import { oneLine } from "../letters/words.ts";
import { type DeliveryReason, deliveryReason } from "../mail/delivery_reason.ts";
import type { Commit } from "../ports.ts";
import { departmentOf } from "../settings/settings.ts";
import { act } from "./act.ts";
import { readCase } from "./case_records.ts";
import { deliverySets } from "./deliveries.ts";
import { followSets } from "./follow_with_link.ts";
import { letterEntry, officersOf } from "./orders.ts";
import { outboxKey, type OutboxRecord, readOutbox } from "./outbox.ts";
import { now, type World } from "./world.ts";

/** Officers to tell about a letter: never the one whom it could not reach. */
function toTell(world: World, state: Case, record: OutboxRecord): string[] {
  const others = (addresses: readonly string[]) =>
    addresses.filter((address) => !sameAddress(address, record.to));
  const inCharge = others(officersOf(state, world.settings).map((officer) => officer.address));
  if (inCharge.length > 0) return inCharge;
  return others((departmentOf(world.settings, state.departmentId)?.officers ?? []).map(({ email }) => email));
}

async function tellOfficers(world: World, record: OutboxRecord, why: string, mark: Commit): Promise<void> {
  const state = record.caseNumber === null
    ? null
    : (await readCase(world.store, record.caseNumber))?.value ?? null;
  const officers = state && record.kind !== "delivery-problem" ? toTell(world, state, record) : [];
  if (!state || officers.length === 0) {
    world.log.warn("letter_undelivered", { id: record.id, kind: record.kind });
  }
  const about = { failed: record.kind, recipient: record.to, why };
  const place = {
    caseNumber: record.caseNumber,
    name: `${record.id.slice((record.caseNumber ?? "-").length + 1)}/undelivered`,
    at: now(world),
  };
  const letters = officers.map((to) =>
    letterEntry({ letter: "delivery-problem", to, party: record.party, about }, place)
  );
  await world.store.commit({ ...mark, sets: [...mark.sets ?? [], ...letters.flatMap(dueSets)] });
  world.wake();
}

/**
 * Reports a letter as undeliverable; `why` is what the other server said, `known` its meaning where that is known.
 * What was only too large follows with a link, and nobody has to be told.
 */
export async function reportUndelivered(
  world: World,
  letter: OutboxRecord,
  why: string,
  known: DeliveryReason | null = null,
): Promise<void> {
  const stored = await readOutbox(world.store, letter.id);
  if (!stored || stored.value.undelivered) return;
  const record = stored.value;
  const reason = known ?? deliveryReason(why);
  world.log.info("letter_reported_undeliverable", { kind: record.kind, reason });
  const follow = reason === "too_large" ? await followSets(world, record) : null;
  const mark = {
    checks: [{ key: stored.key, version: stored.version }],
    sets: [
      [outboxKey(record.id), { ...record, undelivered: true }],
      ...deliverySets(record, { state: follow ? "replaced" : "failed", at: now(world), reason }),
      ...follow ?? [],
    ],
  } as const;
  if (follow) {
    await world.store.commit(mark);
    return world.wake();
  }
  const words = oneLine(why, Math.min(300, MAX_TEXT));
  const { kind, caseNumber, party, issue } = record;
  if (kind !== "request" || caseNumber === null || party === null || issue === null) {
    return await tellOfficers(world, record, words, mark);
  }
  // The event first: should the mark get lost, the second event is refused by the case.
  await act(world, caseNumber, { do: "recordBounce", at: now(world), party, issue, why: words });
  await world.store.commit(mark);
}
