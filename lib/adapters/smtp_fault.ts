/**
 * What the failure of a delivery over SMTP means.
 *
 * @module
 */
import { deliveryReason } from "../mail/delivery_reason.ts";
import { PortError, type PortFault } from "../ports.ts";
import { withoutAddresses } from "./without_addresses.ts";

/** What `nodemailer` tells of a failure. */
type SmtpError = {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
  readonly response?: string;
  readonly message?: string;
  readonly timeoutType?: string;
};

/** Commands whose refusal is about the recipient or the letter, not about us or the relay. */
const ABOUT_THE_LETTER = /^(?:RCPT TO|DATA)$/;

/** What is thrown before the letter itself is on the line. */
const EARLY_CODES = /^(?:EDNS|ETLS|EAUTH|ENOAUTH|EREQUIRETLS)$/;
const NO_CONNECTION =
  /ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|getaddrinfo|connection refused|no route to host/i;

/** Whether the relay surely has not taken the letter: it said no, or was never reached. */
function surelyNotTaken({ code = "", responseCode = 0, message = "", timeoutType = "" }: SmtpError): boolean {
  return responseCode >= 400 || EARLY_CODES.test(code) || NO_CONNECTION.test(message) ||
    timeoutType === "CONNECT_TIMEOUT" || timeoutType === "GREETING_TIMEOUT";
}

/**
 * The fault of a delivery: final when the relay refused the recipient or the letter with 5xx (RFC 5321 §4.2.1),
 * or when the letter can't be put into SMTP at all. `refused` but retryable is what a relay that works does not
 * take now, such as greylisting.
 */
export function smtpFault(error: unknown): PortError {
  const smtp = error as SmtpError;
  const { code = "", command = "", responseCode = 0, response = "", message = "" } = smtp;
  const cause = new Error(withoutAddresses(response || message));
  const fault = (what: PortFault, why: string, retryable: boolean) =>
    new PortError(what, `Cannot hand the mail over: ${why}`, {
      retryable,
      cause,
      undone: !retryable || surelyNotTaken(smtp),
    });
  if (responseCode >= 500 && ABOUT_THE_LETTER.test(command)) {
    const large = deliveryReason(response) === "too_large";
    return fault(large ? "too_large" : "refused", `the relay refused it (${status(response)})`, false);
  }
  if (responseCode === 0 && code === "EMESSAGE") {
    return fault("too_large", "the relay can't take this size", false);
  }
  if (responseCode === 0 && code === "EENVELOPE") {
    return fault("refused", "the relay can't take this address", false);
  }
  const why = responseCode > 0
    ? `the relay answered ${status(response)}`
    : `the relay failed (${code || "unknown"})`;
  if (responseCode >= 400 && responseCode !== 421 && ABOUT_THE_LETTER.test(command)) {
    return fault("refused", why, true);
  }
  return fault(
    code === "ETIMEDOUT" ? "timeout" : code === "EAUTH" ? "misconfigured" : "unavailable",
    why,
    true,
  );
}

/** Reply code and enhanced status code (RFC 3463), without the relay's words. */
function status(response: string): string {
  return /^\d{3}(?:[ -]\d\.\d{1,3}\.\d{1,3})?/.exec(response)?.[0].replace("-", " ") ?? "no code";
}
