/**
 * Opens the mailer that `MAIL_OUT_URL` names.
 *
 * @module
 */
import { type Blobs, type Clock, type Dns, type Mailer, PortError, type Store } from "../ports.ts";
import { mailOutUrls } from "../settings/mail_out_urls.ts";
import { checkedDomains } from "./checked_domains.ts";
import { failoverMailer } from "./failover_mailer.ts";
import type { Fetch } from "./http_bytes.ts";
import { mailboxMailer } from "./mailbox.ts";
import { resendMailer } from "./resend_mailer.ts";
import { type DkimKey, smtpMailer } from "./smtp_mailer.ts";

/** What mailers are made of. */
export type MailerParts = {
  readonly store: Store;
  readonly blobs: Blobs;
  readonly clock: Clock;
  readonly fetch?: Fetch;
  /** For `resend:`. */
  readonly resend?: { readonly apiKey: string; readonly baseUrl: string | null };
  /** For `smtp:` and `smtps:`. */
  readonly dkim?: DkimKey | null;
  /** Asked whether a recipient's domain takes mail; null to hand everything over unasked. */
  readonly dns?: Dns | null;
};

/**
 * The mailer of a URL: `mailbox:` (see `isMailbox`), `smtp:`, `smtps:`, `resend:`; or of several with commas
 * between them, tried in order. Throws `PortError` `misconfigured` for any other.
 */
export function openMailer(urls: string, parts: MailerParts): Mailer {
  const { store, blobs, clock, dns = null } = parts;
  if (urls === "mailbox:") return mailboxMailer(store, blobs, clock);
  const mailers = mailOutUrls(urls).map((url) => relayMailer(url, parts));
  const [only] = mailers;
  const mailer = only && mailers.length === 1 ? only : failoverMailer(mailers, parts);
  return dns === null ? mailer : checkedDomains(mailer, { dns, clock });
}

function relayMailer(url: string, { blobs, resend, dkim = null, fetch: given }: MailerParts): Mailer {
  if (/^smtps?:/.test(url)) return smtpMailer(url, blobs, { dkim });
  if (url === "resend:" && resend) return resendMailer(blobs, { ...resend, fetch: given ?? fetch });
  throw new PortError("misconfigured", "Cannot send mail: MAIL_OUT_URL has an unknown scheme", {
    retryable: false,
  });
}
