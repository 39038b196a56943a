/**
 * How large a mail may be that comes in, by any door.
 *
 * @module
 */
import type { Settings } from "./settings.ts";

/** A mail is larger than what is attached to it by base64 and line ends (RFC 2045 §6.8: 4/3 and 2 in 76). */
const MAIL_OVERHEAD = 1.4;

/** Room for the text and headers of a mail, in bytes. */
const MAIL_TEXT_BYTES = 1_000_000;

/** The largest mail in bytes: one with the largest PDF that is taken. */
export function maxMailBytes({ limits }: Pick<Settings, "limits">): number {
  return Math.ceil(limits.maxPdfBytes * MAIL_OVERHEAD) + MAIL_TEXT_BYTES;
}
