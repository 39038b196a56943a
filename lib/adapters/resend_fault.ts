/**
 * What an answer of Resend that is no success means.
 *
 * @module
 */
import { PortError } from "../ports.ts";
import { withoutAddresses } from "./without_addresses.ts";

/** An answer as far as it tells: `name` and `message` are empty when it has none. */
export type ResendRefusal = { readonly status: number; readonly name: string; readonly message: string };

/** Reads the body of a refusal; whatever it holds. */
export function refusalOf(status: number, body: string): ResendRefusal {
  try {
    const { name, message } = JSON.parse(body) as { name?: unknown; message?: unknown };
    const text = (value: unknown) => typeof value === "string" ? value : "";
    return { status, name: text(name), message: text(message) };
  } catch {
    return { status, name: "", message: "" };
  }
}

/** Whether the recipient is what is wrong: an address that can't be, or one that the provider gave up on. */
const aboutRecipient = ({ status, name, message }: ResendRefusal): boolean =>
  (status === 400 || status === 422) &&
  (/suppress/i.test(name + message) || /(?:`to`|\bto\b field|recipient)/i.test(message));

/**
 * The fault of a refusal. Only what is wrong with the recipient or the size is final; wrong keys and unverified
 * domains can be mended. A server's own failure leaves open whether the letter was taken, and so does an answer
 * that the same letter is under way.
 */
export function resendFault(refusal: ResendRefusal): PortError {
  const { status, name, message } = refusal;
  const cause = new Error(withoutAddresses(`${status} ${message || name}`));
  const told = `Cannot hand the mail over: Resend answered ${status}${
    /^[a-z_]{1,60}$/.test(name) ? ` ${name}` : ""
  }`;
  if (status === 413) return new PortError("too_large", told, { retryable: false, undone: true, cause });
  if (aboutRecipient(refusal)) {
    return new PortError("refused", told, { retryable: false, undone: true, cause });
  }
  if (status === 429) return new PortError("unavailable", told, { retryable: true, undone: true, cause });
  if (status >= 500 || status === 408 || status === 409) {
    return new PortError("unavailable", told, { retryable: true, cause });
  }
  return new PortError("misconfigured", told, { retryable: true, undone: true, cause });
}

/** The fault of a question that got no answer: only what never reached the service was surely not taken. */
export function noAnswer(cause: unknown, late: boolean): PortError {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : "";
  const undone = /client error \(Connect\)|dns error|tcp connect error/.test(inner);
  const state = late ? "no answer in time" : undone ? "no connection" : "the connection broke";
  return new PortError(late ? "timeout" : "unavailable", `Cannot hand the mail over: ${state}`, {
    retryable: true,
    undone,
  });
}
