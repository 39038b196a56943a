/**
 * Fetches a mail that waits at the provider and takes it in like any other (kind `fetch`).
 *
 * @module
 */
import type { DueEntry } from "../due/due_index.ts";
import type { DueOutcome } from "../due/due_worker.ts";
import { isEnvelopeAddress, type MailTransport } from "../mail/envelope.ts";
import { TooLargeError } from "../mail/bounded_stream.ts";
import { PortError } from "../ports.ts";
import { isOwnAddress } from "./own_address.ts";
import { receiveMail } from "./receive_mail.ts";
import type { FetchOrder } from "./take_event.ts";
import type { World } from "./world.ts";

/** Tries after which a mail that the provider does not have is given up: over an hour. */
const MISSING_TRIES = 8;

/** The provider does not tell who handed the mail to it. */
const BY_RESEND: MailTransport = { door: "resend", clientIp: null, helo: null, encrypted: true };

/** Fetches one mail, or gives up one that can't be had. Throws `PortError`: then it is tried again. */
export async function fetchMail(world: World, due: DueEntry, signal: AbortSignal): Promise<DueOutcome> {
  const { emailId } = due.payload as FetchOrder;
  try {
    await take(world, emailId, signal);
  } catch (error) {
    const missing = error instanceof PortError && error.code === "not_found" && due.attempts >= MISSING_TRIES;
    if (!missing) throw error;
    world.log.error("provider_mail_lost", error, { emailId });
  }
  return { done: true };
}

async function take(world: World, emailId: string, signal: AbortSignal): Promise<void> {
  const { providerInbox } = world;
  if (!providerInbox) {
    throw new PortError("misconfigured", "Cannot fetch a mail: no provider is set", { retryable: true });
  }
  const { envelope: { from, to }, content, withoutFiles } = await providerInbox.fetch(emailId, signal);
  const own = to.filter((address) => isOwnAddress(world, address));
  if (own.length === 0) {
    await content.cancel();
    return world.log.info("provider_mail_not_ours");
  }
  const envelope = { from: isEnvelopeAddress(from) ? from : "", to: own };
  try {
    await receiveMail(world, { envelope, content, transport: BY_RESEND });
  } catch (error) {
    if (!(error instanceof TooLargeError)) throw error;
    // Nobody told its sender 552, as by SMTP: so it is taken without its files, and answered.
    await receiveMail(world, { envelope, content: withoutFiles(), transport: BY_RESEND });
  }
}
