/**
 * What a mail server says about a letter that it could not deliver.
 *
 * @module
 */
import { type Fields, headerOf, messageIds } from "./header_fields.ts";
import type { BounceReport } from "./read_mail.ts";

/** Characters kept of what the other server said. */
const MAX_DIAGNOSTIC = 500;

const ACTIONS = ["failed", "delayed", "delivered", "relayed", "expanded"] as const;

/** What servers say that give no code. */
const UNDELIVERED =
  /undeliver|could not be delivered|wasn't able to deliver|user unknown|unknown user|no such user|配信(?:でき|不能)|宛先不明|送信できません/i;

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
  if (code === null && !UNDELIVERED.test(text)) return null;
  const line =
    text.split("\n").find((each) => code === null ? UNDELIVERED.test(each) : each.includes(code[0])) ?? "";
  return {
    originalMessageId: idOf(original) ?? messageIds(/^message-id:.*$/im.exec(text)?.[0] ?? "")[0] ?? null,
    recipient: /<([^<>\s@]+@[^<>\s@]+)>/.exec(text)?.[1] ?? null,
    action: "failed",
    status: code?.[1] ?? null,
    diagnostic: line.trim().slice(0, MAX_DIAGNOSTIC),
  };
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
  return value.slice(value.indexOf(";") + 1).trim().replace(/^<(.*)>$/, "$1");
}
