/**
 * Letters that were kept instead of sent, as the built-in mailbox shows them.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Instant } from "../domain/instant.ts";
import type { Mailer, OutgoingMail } from "../ports.ts";

/** A kept letter as a list shows it. */
export type KeptMail = {
  /** Fit for a URL; made of the outbox id. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  /** `X-Warifu-Kind`; null when the letter has none. */
  readonly kind: string | null;
  readonly caseNumber: string | null;
  readonly at: Instant;
};

/** The id of a kept letter, made of its id in the outbox. */
export const keptId = (outboxId: string): string =>
  createHash("sha256").update(outboxId).digest("hex").slice(0, 24);

/** A mailer whose letters can be read again. */
export interface MailboxMailer extends Mailer {
  /** The letters in the order in which they came, all or those to one address. */
  kept(to?: string): Promise<readonly KeptMail[]>;
  /** A letter by its list id; null when there is none. */
  letter(id: string): Promise<{ readonly entry: KeptMail; readonly mail: OutgoingMail } | null>;
}
