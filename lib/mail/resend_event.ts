/**
 * Events of Resend, as far as they concern us: mail that came in, and what became of mail that we sent.
 *
 * @module
 */
import { type Instant, instantOf } from "../domain/instant.ts";
import { UnreadableError } from "../domain/unreadable.ts";

/** A letter of ours as an event names it: by our own tag where it is repeated, else by its `Message-ID`. */
export type NamedLetter = { readonly tag: string } | { readonly messageId: string };

/** An event. */
export type ResendEvent =
  /** A mail waits to be fetched. */
  | { readonly tells: "received"; readonly emailId: string }
  /** A letter went out under a `Message-ID` of the provider's. */
  | { readonly tells: "sent"; readonly letter: NamedLetter; readonly messageId: string }
  /** What became of a letter. */
  | {
    readonly tells: "delivery";
    readonly letter: NamedLetter;
    readonly state: "delivered" | "delayed" | "failed";
    readonly why: string;
    readonly at: Instant;
  }
  /** Nothing that matters here. */
  | { readonly tells: "nothing" };

const STATES: ReadonlyMap<string, "delivered" | "delayed" | "failed"> = new Map([
  ["email.delivered", "delivered"],
  ["email.delivery_delayed", "delayed"],
  ["email.bounced", "failed"],
  ["email.complained", "failed"],
  ["email.failed", "failed"],
  ["email.suppressed", "failed"],
]);

/** Characters of what a server said. */
const MAX_WHY = 1_000;

/** How an id of Resend looks; it becomes part of a path. */
const EMAIL_ID = /^[A-Za-z0-9_-]{8,80}$/;

/** Our tag on letters that go out by Resend. */
const TAG = "letter";

/** The event in a body whose signature was right. Throws `UnreadableError` for what is none. */
export function readResendEvent(body: Uint8Array): ResendEvent {
  const event = parsed(body);
  const data = recordOf(event["data"]);
  const type = textOf(event["type"]);
  if (data === null || type === "") throw notAnEvent("it has no type or data");
  if (type === "email.received") {
    const emailId = textOf(data["email_id"]);
    if (!EMAIL_ID.test(emailId)) throw notAnEvent("the mail has no id");
    return { tells: "received", emailId };
  }
  const letter = letterOf(data);
  const messageId = textOf(data["message_id"]);
  if (type === "email.sent" && letter && messageId) return { tells: "sent", letter, messageId };
  const state = STATES.get(type);
  if (state === undefined || letter === null) return { tells: "nothing" };
  return { tells: "delivery", letter, state, why: whyOf(type, data), at: instantIn(event["created_at"]) };
}

type Values = Readonly<Record<string, unknown>>;

function parsed(body: Uint8Array): Values {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch (cause) {
    throw notAnEvent("it is no JSON", cause);
  }
  const event = recordOf(value);
  if (event === null) throw notAnEvent("it is no object");
  return event;
}

/** Tags come as an object of names, or as they were given, a list of names with values. */
function letterOf(data: Values): NamedLetter | null {
  const tags = data["tags"];
  const tag = Array.isArray(tags)
    ? textOf(tags.map(recordOf).find((each) => each?.["name"] === TAG)?.["value"])
    : textOf(recordOf(tags)?.[TAG]);
  if (tag !== "") return { tag };
  const messageId = textOf(data["message_id"]);
  return messageId === "" ? null : { messageId };
}

/** What the provider says, in words that `deliveryReason` knows: `MailboxFull` is written apart. */
function whyOf(type: string, data: Values): string {
  const { bounce, failed, suppressed } = data;
  const [bounced, failure, kept] = [bounce, failed, suppressed].map(recordOf);
  const said = [
    type === "email.complained" ? "5.7.1 reported as spam by the recipient" : "",
    type === "email.suppressed" ? "suppressed by the provider" : "",
    apart(textOf(bounced?.["type"])),
    apart(textOf(bounced?.["subType"])),
    textOf(bounced?.["message"]),
    apart(textOf(failure?.["reason"])),
    apart(textOf(kept?.["type"])),
    textOf(kept?.["message"]),
  ];
  return said.filter((words) => words !== "").join(": ").slice(0, MAX_WHY);
}

const apart = (name: string): string => name.replace(/_/g, " ").replace(/(?<=[a-z])(?=[A-Z])/g, " ");

/** The time of an event. Throws `UnreadableError` where there is none. */
function instantIn(value: unknown): Instant {
  const ms = Date.parse(textOf(value));
  if (Number.isNaN(ms)) throw notAnEvent("it has no time");
  return instantOf(ms);
}

function recordOf(value: unknown): Values | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value as Values : null;
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

function notAnEvent(state: string, cause?: unknown): UnreadableError {
  return new UnreadableError("event_invalid", `Cannot read the event: ${state}`, { cause });
}
