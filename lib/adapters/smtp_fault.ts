/**
 * What the failure of a delivery over SMTP means.
 *
 * @module
 */
import { PortError } from "../ports.ts";

/** What `nodemailer` tells of a failure. */
type SmtpError = {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
  readonly response?: string;
  readonly message?: string;
};

/** Commands whose refusal is about the recipient or the letter, not about us or the relay. */
const ABOUT_THE_LETTER = /^(?:RCPT TO|DATA)$/;

/**
 * The fault of a delivery: final when the relay refused the recipient or the letter with 5xx (RFC 5321 §4.2.1),
 * or when the letter can't be put into SMTP at all.
 */
export function smtpFault(error: unknown): PortError {
  const { code = "", command = "", responseCode = 0, response = "", message = "" } = error as SmtpError;
  const cause = new Error(withoutAddresses(response || message));
  if (responseCode >= 500 && ABOUT_THE_LETTER.test(command)) {
    return new PortError("refused", `Cannot hand the mail over: the relay refused it (${status(response)})`, {
      retryable: false,
      cause,
    });
  }
  if (responseCode === 0 && (code === "EENVELOPE" || code === "EMESSAGE")) {
    return new PortError("refused", "Cannot hand the mail over: the relay can't take this address or size", {
      retryable: false,
      cause,
    });
  }
  const fault = code === "ETIMEDOUT" ? "timeout" : code === "EAUTH" ? "misconfigured" : "unavailable";
  const why = responseCode > 0
    ? `the relay answered ${status(response)}`
    : `the relay failed (${code || "unknown"})`;
  return new PortError(fault, `Cannot hand the mail over: ${why}`, { retryable: true, cause });
}

/** Reply code and enhanced status code (RFC 3463), without the relay's words. */
function status(response: string): string {
  return /^\d{3}(?:[ -]\d\.\d{1,3}\.\d{1,3})?/.exec(response)?.[0].replace("-", " ") ?? "no code";
}

/** Relays repeat the address they refuse; it must not get into logs. */
function withoutAddresses(text: string): string {
  return text.replace(/[^\s<>"'(),;:]+@[^\s<>"'(),;:]+/g, "…").slice(0, 300);
}
