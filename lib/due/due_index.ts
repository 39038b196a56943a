/**
 * The index of all that is due: letters, seals, expiries, received mail. An entry is written in the same commit
 * as the event that calls for it, so nothing that was promised can be forgotten.
 * Keys `["due", shard, at, id]` sort by time.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Instant } from "../domain/instant.ts";
import type { Key, StoreValue } from "../ports.ts";

/** How many ranges the index has; a claimer walks each in turn. */
export const DUE_SHARDS = 4;

/** One thing to do at its time. */
export type DueEntry = {
  /** Unique for ever; also the outbox key of a letter (`R8-000123/4/request/1f…`). */
  readonly id: string;
  /** When it is due next; moved by claims and retries. */
  readonly at: Instant;
  /** When it was due at first. */
  readonly firstAt: Instant;
  /**
   * Which handler it is for: `mail`, `letter`, `seal`, `certify`, `renew`, `expire`, `remind`, `contract-day`, `idle`,
   * `digests`, `fetch`, `delivery`, `poll` and whatever else has one.
   */
  readonly kind: string;
  /** The case it belongs to; empty when to none. */
  readonly subject: string;
  /** What the handler needs to know; plain data. */
  readonly payload: unknown;
  /** How often it was tried. */
  readonly attempts: number;
  /** Entries of one lane run one after another, in the order in which they fell due; absent for those that need not. */
  readonly lane?: string;
};

/** The shard of an id. */
function dueShard(id: string): number {
  return (createHash("sha256").update(id).digest()[0] ?? 0) % DUE_SHARDS;
}

/** Key of an entry in order of time. */
export const dueKey = (
  entry: Pick<DueEntry, "id" | "at">,
): Key => ["due", dueShard(entry.id), entry.at, entry.id];

/** The writes that put an entry into the index; they go with the commit of what calls for it. */
export function dueSets(entry: DueEntry): (readonly [Key, StoreValue])[] {
  return [[dueKey(entry), entry]];
}
