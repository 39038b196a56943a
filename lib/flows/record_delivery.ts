/**
 * Takes news of what became of a letter after it was handed over: from a provider's webhook or from a report that
 * came by mail (RFC 3464).
 *
 * @module
 */
import type { Instant } from "../domain/instant.ts";
import { deliveryReason } from "../mail/delivery_reason.ts";
import { withoutBrackets } from "../mail/envelope.ts";
import type { Entry } from "../ports.ts";
import { noteDelivery } from "./deliveries.ts";
import {
  noteFurtherMessageId,
  outboxOfMessageId,
  outboxOfTag,
  type OutboxRecord,
  readOutbox,
} from "./outbox.ts";
import { reportUndelivered } from "./undelivered.ts";
import type { World } from "./world.ts";

/** Which letter the news are about. */
export type LetterName =
  /** `Message-ID`, with or without angle brackets. */
  | { readonly messageId: string }
  /** The tag `letter` that a provider's events repeat (see `letterTag`). */
  | { readonly tag: string }
  | { readonly outboxId: string };

/** The news. */
export type DeliveryNews = {
  readonly letter: LetterName;
  /** `delivered` to the recipient's server, `delayed` there or on the way, or `failed` for good. */
  readonly state: "delivered" | "delayed" | "failed";
  /** What the other server or the provider said; empty when nothing. */
  readonly why: string;
  /** When it happened. */
  readonly at: Instant;
};

async function find(world: World, letter: LetterName): Promise<OutboxRecord | null> {
  if ("outboxId" in letter) {
    const entry: Entry<OutboxRecord> | null = await readOutbox(world.store, letter.outboxId);
    return entry?.value ?? null;
  }
  if ("tag" in letter) return await outboxOfTag(world, letter.tag);
  return await outboxOfMessageId(world.store, withoutBrackets(letter.messageId));
}

/** Records the news; the letter that they are about, null when it is none of ours. Twice is as once. */
export async function recordDelivery(world: World, news: DeliveryNews): Promise<OutboxRecord | null> {
  const { state, why, at } = news;
  const record = await find(world, news.letter);
  if (!record) return null;
  if (state === "failed") await reportUndelivered(world, record, why);
  else {
    const reason = state === "delayed" ? deliveryReason(why) : null;
    await noteDelivery(world.store, record, { state, at, reason });
  }
  return record;
}

/**
 * Notes that a provider sent a letter under a `Message-ID` of its own, so that answers and reports find it; whether
 * the letter is ours. Twice is as once.
 */
export async function recordMessageId(world: World, letter: LetterName, messageId: string): Promise<boolean> {
  const record = await find(world, letter);
  if (record) await noteFurtherMessageId(world.store, record, withoutBrackets(messageId));
  return record !== null;
}
