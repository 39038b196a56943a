/**
 * Verdicts for tests in which it does not matter who vouches for a mail, and for those that choose it.
 *
 * @module
 */
import { type MailAuthenticator, type MailVerdict, NOBODY } from "../../lib/mail/authenticator.ts";

/** The verdict on a mail that its author's domain signed. */
export const vouchedBy = (domain: string): MailVerdict => ({
  ...NOBODY,
  domain,
  dkim: "pass",
  dmarc: "pass",
  aligned: true,
});

/** An authenticator that always finds the same. */
export const always = (verdict: MailVerdict): MailAuthenticator => ({
  authenticate: () => Promise.resolve(verdict),
  close: () => Promise.resolve(),
});

/** An authenticator that never finds anyone to vouch. */
export const nobodyVouches = (): MailAuthenticator => always(NOBODY);
