/**
 * Takes the news that a letter could not be delivered (RFC 3464) and tells the officers in words (R34).
 *
 * @module
 */
import { file, type Incoming } from "./inbox_filing.ts";
import { outboxOfMessageId } from "./outbox.ts";
import { reportUndelivered } from "./undelivered.ts";
import type { World } from "./world.ts";

/** Records a bounce; one about no letter of ours, or about a mere delay, is only kept. */
export async function takeBounce(world: World, incoming: Incoming): Promise<void> {
  const { bounce } = incoming.mail;
  const messageId = bounce?.originalMessageId;
  const letter = messageId ? await outboxOfMessageId(world.store, messageId) : null;
  if (bounce?.action === "failed" && letter) {
    const why = [bounce.status, bounce.diagnostic].filter((part) => part).join(" ").slice(0, 300);
    await reportUndelivered(world, letter, why);
  }
  await file(world, incoming, { fate: "bounce", caseNumber: letter?.caseNumber ?? null });
}
