/**
 * The outside of a mail: who gave it to whom (RFC 5321 §3.3).
 *
 * @module
 */

/** What the transport says of a mail; `from` is empty for the null sender. */
export type MailEnvelope = { readonly from: string; readonly to: readonly string[] };

/** Longest name and domain of an address that SMTP carries, in octets (RFC 5321 §4.5.3.1.3). */
const MAX_PATH = 254;

/** Whether a text can stand in an envelope as an address: one `@` with something on both sides, no blanks. */
export function isEnvelopeAddress(text: string): boolean {
  return text.length <= MAX_PATH && /^[^\s@<>]+@[^\s@<>]+$/.test(text);
}
