/**
 * Mailboxes and subject out of header fields.
 *
 * @module
 */
import { type EmailAddress, parseAddressHeader } from "mailparser";
import { bytesOfBinary, decodeText } from "./charsets.ts";
import { composeKana } from "./compose_kana.ts";
import { decodeWords, hasUnknownWords } from "./encoded_words.ts";
import { type Fields, type HeaderLine, isRaw } from "./header_fields.ts";
import { unreadableMail } from "./message_limits.ts";
import type { Mailbox } from "./read_mail.ts";

/** Characters of a subject; longer ones are cut. */
const MAX_SUBJECT = 500;

/** Characters of a display name. */
const MAX_NAME = 200;

/**
 * The mailboxes of all fields of a name: two `From` fields give the mailboxes of both. Throws `UnreadableError`
 * for more than `max`.
 */
export function mailboxesIn(
  fields: Fields,
  key: "from" | "to" | "cc" | "reply-to",
  max: number,
): Mailbox[] {
  const values = fields.get(key) ?? [];
  const signs = values.reduce((count, value) => count + value.split("@").length - 1, 0);
  if (signs > max) throw unreadableMail("mail_too_many_addresses", "it names too many addresses");
  const written = values.flatMap((value) =>
    flattened(parseAddressHeader(value, { decodePunycode: false }).value)
  );
  return written.flatMap(({ name, address }) => address ? [mailboxOf(name, address)] : []);
}

/** What hides in a text or turns its direction: all of Cf but the joiners that scripts and emoji need. */
const HIDDEN = /(?![\u200c\u200d])\p{Cf}/u;

function mailboxOf(name: string, address: string): Mailbox {
  const shown = { name: oneLine(name).slice(0, MAX_NAME), address: address.trim() };
  return HIDDEN.test(name) ? { ...shown, hidden: true } : shown;
}

function flattened(addresses: readonly EmailAddress[]): EmailAddress[] {
  return addresses.flatMap((each) => each.group === undefined ? [each] : flattened(each.group));
}

/** The subject: as the parser decoded it, unless bare bytes stand in it. */
export function subjectOf(lines: readonly HeaderLine[], decoded: string): string {
  const line = lines.find(({ key }) => key === "subject")?.line ?? "";
  const value = line.slice(line.indexOf(":") + 1);
  const text = isRaw(line)
    ? decodeText(bytesOfBinary(value), null)
    : hasUnknownWords(line)
    ? decodeWords(value)
    : decoded;
  return [...oneLine(text)].slice(0, MAX_SUBJECT).join("");
}

/** Without line breaks, controls and marks that change the direction of text. */
function oneLine(text: string): string {
  return composeKana(text).replace(/[\p{Cc}]+/gu, " ").replace(/\p{Cf}/gu, "").replace(/ {2,}/g, " ").trim();
}
