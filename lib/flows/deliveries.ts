/**
 * What became of each letter of a case after it was written, kept apart from the letter so that the officer's page
 * can list them all.
 *
 * @module
 */
import type { CaseNumber } from "../domain/case.ts";
import type { Instant } from "../domain/instant.ts";
import type { LetterKind } from "../letters/letter_order.ts";
import type { DeliveryReason } from "../mail/delivery_reason.ts";
import type { Key, Store, StoreValue } from "../ports.ts";
import type { OutboxRecord } from "./outbox.ts";

/**
 * Where a letter is: `waiting` for our relay, `delayed` by ours or another one that goes on trying, `taken` by our
 * relay, `delivered` to the recipient's server as far as that was told, or `failed` for good. `replaced` failed too
 * but a letter that the recipient's server can take followed by itself.
 */
export type DeliveryState = "waiting" | "delayed" | "taken" | "delivered" | "failed" | "replaced";

/** The fate of one letter. */
export type Delivery = {
  readonly outboxId: string;
  readonly kind: LetterKind;
  readonly to: string;
  readonly writtenAt: Instant;
  readonly state: DeliveryState;
  /** Since when. */
  readonly at: Instant;
  /** Of what is delayed or failed; null otherwise. */
  readonly reason: DeliveryReason | null;
};

/** News about a letter. */
export type DeliveryChange = Pick<Delivery, "state" | "at" | "reason">;

/** Tries to write a state down when others write to the same letter. */
const TRIES = 5;

const deliveryKey = (caseNumber: CaseNumber, id: string): Key => ["delivery", caseNumber, id];

/** The writes that note a state of a letter; none for a letter without a case, since nobody looks at it. */
export function deliverySets(
  record: Pick<OutboxRecord, "id" | "kind" | "to" | "writtenAt" | "caseNumber">,
  change: DeliveryChange,
): (readonly [Key, StoreValue])[] {
  const { id, kind, to, writtenAt, caseNumber } = record;
  if (caseNumber === null) return [];
  const delivery: Delivery = { outboxId: id, kind, to, writtenAt, ...change };
  return [[deliveryKey(caseNumber, id), delivery]];
}

/** News that come late say nothing new: what was refused stays so, and what arrived is not delayed. */
function saysMore(before: Delivery, { state, reason }: DeliveryChange): boolean {
  if (before.state === "failed" || before.state === "replaced") return false;
  if (state === "delayed") return before.state !== "delivered" && before.reason !== reason;
  return before.state !== state;
}

/** Notes news about a letter that is not final. */
export async function noteDelivery(
  store: Store,
  record: OutboxRecord,
  change: DeliveryChange,
): Promise<void> {
  const { caseNumber, id } = record;
  if (caseNumber === null) return;
  const key = deliveryKey(caseNumber, id);
  for (let tries = 0; tries < TRIES; tries++) {
    const entry = await store.get<Delivery>(key);
    if (entry && !saysMore(entry.value, change)) return;
    const checks = [{ key, version: entry?.version ?? null }];
    if (await store.commit({ checks, sets: deliverySets(record, change) })) return;
  }
}

/** The letters of a case, oldest first. */
export async function deliveriesOf(store: Store, caseNumber: CaseNumber): Promise<Delivery[]> {
  const found: Delivery[] = [];
  for await (const { value } of store.list<Delivery>({ prefix: ["delivery", caseNumber] })) found.push(value);
  return found.sort((a, b) => a.writtenAt < b.writtenAt ? -1 : a.writtenAt > b.writtenAt ? 1 : 0);
}
