/**
 * Finds out how far the writer of a mail can be relied on, before the mail does anything.
 *
 * @module
 */
import { domainToASCII } from "node:url";
import { domainOf, normalAddress } from "../domain/mail_address.ts";
import type { WriterCheck } from "../domain/writer_check.ts";
import { type KnownWriters, writerWarnings } from "../mail/writer_warnings.ts";
import type { MailVerdict } from "../mail/authenticator.ts";
import { PortError } from "../ports.ts";
import type { Settings } from "../settings/settings.ts";
import type { Incoming } from "./inbox_filing.ts";
import { isOfficer } from "./staff.ts";
import type { World } from "./world.ts";

/** Failures after which a mail counts as one that nobody vouches for. With the usual pauses: some 13 minutes. */
export const AUTH_TRIES = 5;

/** What is known of a mail's writer. */
export type CheckedWriter = {
  readonly check: WriterCheck;
  /** Null when it could not be had. */
  readonly verdict: MailVerdict | null;
};

function knownWriters({ departments, bot, publicBody }: Settings): KnownWriters {
  const staff = departments.flatMap(({ officers, approvers }) => [...officers, ...approvers]);
  return {
    names: [bot.name, publicBody.name, ...staff.map(({ name }) => name)],
    addresses: [bot.address, ...staff.map(({ email }) => email)],
  };
}

/** The domain of an address as DNS writes it. */
const asciiDomain = (address: string): string => domainToASCII(domainOf(normalAddress(address)));

function report({ log }: World, { domain: _, ...results }: MailVerdict): void {
  log.info("mail_authenticated", results);
}

/** The verdict; null when the check broke and nothing hangs on it, or it broke again and again. */
async function verdictOn(world: World, incoming: Incoming, decides: boolean): Promise<MailVerdict | null> {
  const { raw, envelope, transport } = incoming.entry.value;
  // Only by SMTP does a sender's own host stand at the door.
  const { clientIp = null, helo = null } = transport?.door === "smtp" ? transport : {};
  const again = decides && incoming.attempts < AUTH_TRIES;
  try {
    const verdict = await world.authenticator.authenticate(raw, { sender: envelope.from, clientIp, helo });
    if (!verdict.temporary || !again) return verdict;
  } catch (error) {
    if (!(error instanceof PortError) || again) throw error;
    world.log.warn("mail_not_authenticated", { code: error.code });
    return null;
  }
  const message = "Cannot authenticate a mail: DNS does not answer";
  throw new PortError("unavailable", message, { retryable: true });
}

/**
 * Checks the writer of a mail. Throws `PortError`, retryable, while DNS does not answer and it decides what the mail
 * may do; every other mail goes on with what is known.
 */
export async function checkWriter(world: World, incoming: Incoming): Promise<CheckedWriter> {
  const { mail, writer } = incoming;
  const decides = world.mailAuth === "enforce" && mail.automatic === null &&
    isOfficer(world.settings, writer.address);
  const verdict = await verdictOn(world, incoming, decides);
  if (verdict) report(world, verdict);
  const warnings = writerWarnings(writer, mail.replyTo, knownWriters(world.settings));
  const vouched = verdict !== null && verdict.aligned && verdict.domain === asciiDomain(writer.address);
  return { check: { vouched, warnings }, verdict };
}
