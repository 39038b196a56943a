/**
 * Takes an event of Resend: what follows from it is due, durably, before the sender of the event is told so.
 *
 * @module
 */
import type { Instant } from "../domain/instant.ts";
import { type DueEntry, dueSets } from "../due/due_index.ts";
import type { DueOutcome } from "../due/due_worker.ts";
import type { ResendEvent } from "../mail/resend_event.ts";
import type { Commit } from "../ports.ts";
import { recordDelivery, recordMessageId } from "./record_delivery.ts";
import { firstTime } from "./seen.ts";
import { now, type World } from "./world.ts";

/** The name under which a mail that waits at the provider is remembered (see `wasSeen`). */
export function fetchName(emailId: string): string {
  return `resend mail ${emailId}`;
}

/** What the order to fetch a mail says. */
export type FetchOrder = { readonly emailId: string };

/** The commit that orders a mail to be fetched; it fails when that was done before. */
export function fetchCommit(emailId: string, at: Instant): Commit {
  const { check, sets } = firstTime(fetchName(emailId), at);
  const payload: FetchOrder = { emailId };
  return { checks: [check], sets: [...sets, ...dueSets(entryFor("fetch", `fetch/${emailId}`, at, payload))] };
}

/**
 * Takes an event under its id (`svix-id`); returns when all that follows is durable. The same id again, and the
 * same mail under another, change nothing. Throws `PortError`.
 */
export async function takeEvent(world: World, id: string, event: ResendEvent): Promise<void> {
  if (event.tells === "nothing") return;
  const at = now(world);
  if (event.tells === "received") {
    await world.store.commit(fetchCommit(event.emailId, at));
  } else {
    const { check, sets } = firstTime(`resend event ${id}`, at);
    const due = entryFor("delivery", `delivery/${id}`, at, event);
    await world.store.commit({ checks: [check], sets: [...sets, ...dueSets(due)] });
  }
  world.wake();
}

function entryFor(kind: string, id: string, at: Instant, payload: unknown): DueEntry {
  return { id, at, firstAt: at, kind, subject: "", payload, attempts: 0 };
}

/** Tells the letter what became of it (kind `delivery`). Twice is as once. */
export async function takeDelivery(world: World, due: DueEntry): Promise<DueOutcome> {
  const event = due.payload as Exclude<ResendEvent, { tells: "received" | "nothing" }>;
  const known = event.tells === "sent"
    ? await recordMessageId(world, event.letter, event.messageId)
    : await recordDelivery(world, event) !== null;
  if (!known) world.log.info("delivery_of_unknown_letter", { tells: event.tells });
  return { done: true };
}
