/**
 * What a mail server says about a letter that it could not deliver.
 *
 * @module
 */
import { deliveryReason } from "./delivery_reason.ts";
import { withoutBrackets } from "./envelope.ts";
import { type Fields, headerOf, messageIds } from "./header_fields.ts";
import type { BounceReport } from "./read_mail.ts";

/** Characters kept of what the other server said. */
const MAX_DIAGNOSTIC = 500;

/** Characters in which an old report says what happened: after them comes the mail that it is about. */
const MAX_SAID = 1_500;

const ACTIONS = ["failed", "delayed", "delivered", "relayed", "expanded"] as const;

/** What servers say that give no code. */
const UNDELIVERED =
  /undeliver|could not be delivered|wasn't able to deliver|user unknown|unknown user|no such user|配信(?:でき|不能)|宛先不明|送信できません/i;

/** What servers say that go on trying. */
const STILL_TRYING =
  /warning message only|has been delayed|delivery (?:is |status notification \()?delay|(?:will|to) (?:be retried|keep trying|continue (?:to try|trying)|try again)|not yet been delivered|配信が遅延|遅延して|再送を(?:試み|続け)/i;

/** The parts of a report: its machine-readable part, and the header of the mail it is about. */
export type ReportParts = { readonly status: string | null; readonly original: Fields | null };

/**
 * Reads a delivery status notification (RFC 3464). Of several recipients the first that failed counts, since
 * our letters have one each.
 */
export function bounceReport({ status, original }: ReportParts): BounceReport | null {
  if (status === null) return null;
  const groups = status.split(/\r?\n[ \t]*\r?\n/).map(headerOf);
  const recipients = groups.filter((group) => group.has("action") || group.has("final-recipient"));
  const chosen = recipients.find((group) => actionOf(group) === "failed") ?? recipients[0];
  if (chosen === undefined) return null;
  return {
    originalMessageId: idOf(original),
    recipient: afterType(first(chosen, "original-recipient") ?? first(chosen, "final-recipient")),
    action: actionOf(chosen),
    status: /\d\.\d{1,3}\.\d{1,3}/.exec(first(chosen, "status") ?? "")?.[0] ?? null,
    diagnostic: (afterType(first(chosen, "diagnostic-code")) ?? "").slice(0, MAX_DIAGNOSTIC),
  };
}

/**
 * Reads a report of the old kind, which is only text (qmail, some gateways): sent by nobody, with a code of
 * failure, and with the mail it is about quoted or named.
 */
export function plainBounce(text: string, original: Fields | null): BounceReport | null {
  const code = /(?<![\d.])(5\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(text);
  if (code === null && !UNDELIVERED.test(text) && !STILL_TRYING.test(text.slice(0, MAX_SAID))) return null;
  return {
    originalMessageId: idOf(original) ?? messageIds(/^message-id:.*$/im.exec(text)?.[0] ?? "")[0] ?? null,
    recipient: /<([^<>\s@]+@[^<>\s@]+)>/.exec(text)?.[1] ?? null,
    action: STILL_TRYING.test(text.slice(0, MAX_SAID)) ? "delayed" : "failed",
    status: code?.[1] ?? null,
    diagnostic: tellingLine(text, code?.[1] ?? null).trim().slice(0, MAX_DIAGNOSTIC),
  };
}

/** The line that says why: with the code if there is one, else the first from which a reason can be told. */
function tellingLine(text: string, code: string | null): string {
  const lines = text.slice(0, MAX_SAID).split("\n");
  const withCode = code === null ? undefined : text.split("\n").find((line) => line.includes(code));
  return withCode ?? lines.find((line) => deliveryReason(line) !== "other") ??
    lines.find((line) => UNDELIVERED.test(line)) ?? "";
}

const first = (group: Fields, key: string): string | undefined => group.get(key)?.[0];

function idOf(original: Fields | null): string | null {
  return original === null ? null : messageIds(first(original, "message-id") ?? "")[0] ?? null;
}

function actionOf(group: Fields): BounceReport["action"] {
  const written = first(group, "action")?.toLowerCase() ?? "";
  return ACTIONS.find((action) => written.startsWith(action)) ?? "failed";
}

/** What follows the type in `rfc822; user@example.jp` (RFC 3464 §2.1.2). */
function afterType(value: string | undefined): string | null {
  if (value === undefined) return null;
  return withoutBrackets(value.slice(value.indexOf(";") + 1));
}
