/**
 * Takes a mail server's report about a letter of ours (RFC 3464); officers are told in words of what failed (R34).
 *
 * @module
 */
import type { Instant } from "../domain/instant.ts";
import type { BounceReport } from "../mail/read_mail.ts";
import { file, type Incoming } from "./inbox_filing.ts";
import type { OutboxRecord } from "./outbox.ts";
import { type DeliveryNews, recordDelivery } from "./record_delivery.ts";
import { now, type World } from "./world.ts";

/** What a report means for its letter: nothing where another server merely took it over. */
function newsOf(bounce: BounceReport, messageId: string, at: Instant): DeliveryNews | null {
  const { action, status, diagnostic } = bounce;
  if (action === "relayed" || action === "expanded") return null;
  const why = [status, diagnostic].filter((part) => part).join(" ").slice(0, 300);
  return { letter: { messageId }, state: action, why, at };
}

/** Records a report; one about no letter of ours is only kept. */
export async function takeBounce(world: World, incoming: Incoming): Promise<void> {
  const { bounce, references } = incoming.mail;
  let letter: OutboxRecord | null = null;
  // Some reports quote nothing of the letter, but answer it as people's mail programs do.
  for (const messageId of bounce ? [bounce.originalMessageId, ...references.slice(-5).reverse()] : []) {
    const news = bounce && messageId !== null ? newsOf(bounce, messageId, now(world)) : null;
    letter ??= news && await recordDelivery(world, news);
  }
  await file(world, incoming, { fate: "bounce", caseNumber: letter?.caseNumber ?? null });
}
