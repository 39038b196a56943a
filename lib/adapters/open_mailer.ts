/**
 * Opens the mailer that `MAIL_OUT_URL` names.
 *
 * @module
 */
import { type Blobs, type Clock, type Mailer, PortError, type Store } from "../ports.ts";
import { mailboxMailer } from "./mailbox.ts";
import { smtpMailer } from "./smtp_mailer.ts";

/** What mailers are made of. */
export type MailerParts = { readonly store: Store; readonly blobs: Blobs; readonly clock: Clock };

/**
 * The mailer of a URL: `mailbox:` (see `isMailbox`), `smtp:`, `smtps:`. Throws `PortError` `misconfigured` for
 * any other.
 */
export function openMailer(url: string, { store, blobs, clock }: MailerParts): Mailer {
  if (url === "mailbox:") return mailboxMailer(store, blobs, clock);
  if (/^smtps?:/.test(url)) return smtpMailer(url, blobs);
  throw new PortError("misconfigured", "Cannot send mail: MAIL_OUT_URL has an unknown scheme", {
    retryable: false,
  });
}
