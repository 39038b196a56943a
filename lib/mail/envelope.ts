/**
 * The outside of a mail: who gave it to whom (RFC 5321 §3.3).
 *
 * @module
 */

/** What the transport says of a mail; `from` is empty for the null sender. */
export type MailEnvelope = { readonly from: string; readonly to: readonly string[] };

/** The doors by which mail comes in. */
export type MailDoor = "smtp" | "lmtp" | "http" | "resend";

/**
 * What a door knows of who handed a mail over: the facts that SPF asks for (RFC 7208 §2.3, §2.4). Those of a
 * relay that stands in front of us are the relay's own, so nothing but SMTP tells a sender's.
 */
export type MailTransport = {
  readonly door: MailDoor;
  /** IP address of the client; null where the door does not see it. */
  readonly clientIp: string | null;
  /** How the client named itself (`EHLO`); null where it did not. */
  readonly helo: string | null;
  /** Whether the mail came encrypted. */
  readonly encrypted: boolean;
};

/** An address or id without blanks and angle brackets around it; `<>` is empty. */
export const withoutBrackets = (written: string): string => written.trim().replace(/^<(.*)>$/, "$1");

/** Longest name and domain of an address that SMTP carries, in octets (RFC 5321 §4.5.3.1.3). */
const MAX_PATH = 254;

/** Whether a text can stand in an envelope as an address: one `@` with something on both sides, no blanks. */
export function isEnvelopeAddress(text: string): boolean {
  return text.length <= MAX_PATH && /^[^\s@<>]+@[^\s@<>]+$/.test(text);
}
