/**
 * What Resend tells of a mail that came in, read with suspicion: everything in it was written by strangers.
 *
 * @module
 */
import { instantOf } from "../domain/instant.ts";
import type { KnownMessage } from "../mail/rebuilt_message.ts";
import { PortError } from "../ports.ts";

/** A mail as told, without the content of its files. */
export type ResendMessage = Omit<KnownMessage, "files"> & {
  /** Recipients of the envelope; empty where they are not told. */
  readonly receivedFor: readonly string[];
  /** Where the raw message is; null when it is not kept. */
  readonly rawUrl: string | null;
};

/** Named values of JSON; null for anything else. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? value as Record<string, unknown>
    : null;
}

/** A list of JSON; empty for anything else. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A text of JSON; empty for anything else. */
export const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** A number of JSON; 0 for anything else. */
export const numberOf = (value: unknown): number => (typeof value === "number" ? value : 0);

/** The mail in an answer. Throws `PortError`, retryable, for an answer about something else. */
export function messageIn(answer: unknown): ResendMessage {
  const mail = recordOf(answer);
  const ms = Date.parse(textOf(mail?.["created_at"]));
  if (mail === null || textOf(mail["id"]) === "" || Number.isNaN(ms)) {
    throw new PortError("unavailable", "Cannot ask Resend: the answer tells of no mail", { retryable: true });
  }
  const headers = Object.entries(recordOf(mail["headers"]) ?? {})
    .filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return {
    messageId: textOf(mail["message_id"]) || `${textOf(mail["id"])}@inbound.resend`,
    at: instantOf(ms),
    from: textOf(mail["from"]),
    to: texts(mail["to"]),
    cc: texts(mail["cc"]),
    subject: textOf(mail["subject"]),
    text: textOf(mail["text"]),
    html: textOf(mail["html"]) || null,
    headers: Object.fromEntries(headers),
    receivedFor: texts(mail["received_for"]),
    rawUrl: textOf(recordOf(mail["raw"])?.["download_url"]) || null,
  };
}

const texts = (value: unknown): string[] => listOf(value).map(textOf).filter((text) => text !== "");
