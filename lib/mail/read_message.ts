/**
 * Reads a raw message: its parts decoded and repaired, its files handed on while they stream by, messages within
 * it opened. Nothing is held whole but texts and the two kinds of containers.
 *
 * @module
 */
import type { Sha256 } from "../ports.ts";
import { automaticReason } from "./automatic.ts";
import { beginningOf, once } from "./byte_pieces.ts";
import { decodeText } from "./charsets.ts";
import { bounceReport, plainBounce } from "./bounce_report.ts";
import { type Fields, fieldsOf, headerOf, messageIds } from "./header_fields.ts";
import { mailboxesIn, subjectOf } from "./header_values.ts";
import { type MessageLimits, unreadableMail } from "./message_limits.ts";
import { type BodyPart, messageHtml, messageText } from "./message_text.ts";
import { eachPart, type MimePart } from "./mime_parts.ts";
import { newText } from "./new_text.ts";
import type { ReadAttachment, ReadingWish, ReadMail } from "./read_mail.ts";
import { safeName } from "./safe_name.ts";
import { signedContent } from "./signed_content.ts";
import { tnefFiles } from "./tnef.ts";
import { withoutUuencoded } from "./uuencoded.ts";

/** Stores the content of a file and tells under which name. */
export type StoreFile = (
  content: AsyncIterable<Uint8Array>,
) => Promise<{ readonly blob: Sha256; readonly size: number }>;

/** Messages within the message begin so in its text; `newText` ends there. */
const FORWARDED = "---------- 転送されたメール ----------";

/** What the header of the message that a report is about may take, in bytes. */
const ORIGINAL_BYTES = 64 * 1024;

/** What is gathered of one message, those within it included. */
type Gathered = {
  fields: Fields;
  subject: string;
  readonly bodies: BodyPart[];
  readonly inner: string[];
  readonly files: ReadAttachment[];
  readonly closed: string[];
  status: string | null;
  original: Fields | null;
};

/** Reads one message. Throws `UnreadableError` above the limits and what `store` throws. */
export async function readMessage(
  raw: AsyncIterable<Uint8Array>,
  envelopeFrom: string,
  store: StoreFile,
  limits: MessageLimits,
  wish: ReadingWish = { html: false },
): Promise<ReadMail> {
  const message = await gather(raw, { store, limits, depth: 0, files: { left: limits.files } });
  const { fields, subject } = message;
  const [messageId] = messageIds(fields.get("message-id")?.[0] ?? "");
  const automatic = automaticReason(fields, envelopeFrom, subject);
  const text = textOf(message);
  const from = mailboxesIn(fields, "from", limits.addresses);
  const fromNobody = automatic === "null-sender" || automatic === "no-reply-sender";
  return {
    messageId: messageId ?? null,
    references: referencesOf(fields),
    from,
    to: mailboxesIn(fields, "to", limits.addresses),
    cc: mailboxesIn(fields, "cc", limits.addresses),
    replyTo: mailboxesIn(fields, "reply-to", limits.addresses),
    subject,
    text,
    newText: newText(text),
    attachments: message.files,
    automatic,
    bounce: bounceReport(message) ?? (fromNobody ? plainBounce(text, message.original) : null),
    closed: [...new Set(message.closed)],
    ...wish.html ? { html: messageHtml(message.bodies) } : {},
  };
}

type Context = {
  readonly store: StoreFile;
  readonly limits: MessageLimits;
  readonly depth: number;
  readonly files: { left: number };
};

async function gather(raw: AsyncIterable<Uint8Array>, context: Context): Promise<Gathered> {
  if (context.depth > context.limits.depth) {
    throw unreadableMail("mail_too_deep", "messages lie too deep in it");
  }
  const message: Gathered = {
    fields: new Map(),
    subject: "",
    bodies: [],
    inner: [],
    files: [],
    closed: [],
    status: null,
    original: null,
  };
  await eachPart(raw, context.limits, ({ lines, subject }) => {
    message.fields = fieldsOf(lines);
    message.subject = subjectOf(lines, subject);
  }, (part) => take(message, part, context));
  return message;
}

/** Does with a part what its type calls for. */
async function take(message: Gathered, part: MimePart, context: Context): Promise<void> {
  const { limits } = context;
  if (isBody(part)) return void message.bodies.push(await bodyOf(part, message, context));
  if (/^message\/(?:global-)?delivery-status$/.test(part.type)) {
    message.status ??= utf8(await beginningOf(part.content, limits.textBytes));
  } else if (isReturnedOriginal(part)) {
    message.original ??= headerOf(utf8(await beginningOf(part.content, ORIGINAL_BYTES)));
  } else if (part.type === "message/rfc822" || part.type === "message/global") {
    open(message, await gather(part.content, { ...context, depth: context.depth + 1 }));
  } else if (part.type === "application/ms-tnef" || /^winmail\.dat$/i.test(part.filename)) {
    await takeTnef(message, part, context);
  } else if (/^application\/(?:x-)?pkcs7-mime$/.test(part.type) || /\.p7m$/i.test(part.filename)) {
    await takeSigned(message, part, context);
  } else if (part.type === "application/pgp-encrypted") {
    message.closed.push("pgp_encrypted");
  } else if (!isCompanion(part)) {
    message.files.push(await keep(part.filename, part.type, part.content, context));
  }
}

/** Signatures of S/MIME and PGP, receipts, and images that belong to the HTML part are no files of their own. */
function isCompanion({ type, embedded }: MimePart): boolean {
  return embedded || type === "message/disposition-notification" ||
    /^application\/(?:(?:x-)?pkcs7-signature|pgp-signature)$/.test(type);
}

function isBody({ type, disposition, filename }: MimePart): boolean {
  return /^text\/(?:plain|html)$/.test(type) && disposition !== "attachment" &&
    !(disposition !== null && filename !== "");
}

/** RFC 6522 §3: the third part of a report is the mail it is about, or its header. */
function isReturnedOriginal({ type, within }: MimePart): boolean {
  return type === "text/rfc822-headers" || (/^message\//.test(type) && within[0] === "multipart/report" &&
    type !== "message/disposition-notification");
}

/** The text; files that lie in it as text go to the others. */
async function bodyOf(part: MimePart, message: Gathered, context: Context): Promise<BodyPart> {
  const html = part.type === "text/html";
  const content = html ? part.content : withoutUuencoded(part.content, async (name, content) => {
    const file = await keep(decodeText(name, null), "application/octet-stream", content, context);
    message.files.push(file);
  });
  return {
    html,
    bytes: await beginningOf(content, context.limits.textBytes),
    charset: part.params["charset"] ?? null,
    flowed: part.params["format"]?.toLowerCase() === "flowed",
    delSp: part.params["delsp"]?.toLowerCase() === "yes",
  };
}

/** Puts what a message within this one holds into this one. */
function open(message: Gathered, inside: Gathered): void {
  message.inner.push(`${FORWARDED}\n${textOf(inside)}`);
  message.files.push(...inside.files);
  message.closed.push(...inside.closed);
}

async function takeTnef(message: Gathered, part: MimePart, context: Context): Promise<void> {
  const files = tnefFiles(await whole(part.content, context.limits.containerBytes));
  if (files.length === 0) message.closed.push("tnef");
  for (const { filename, content } of files) {
    message.files.push(await keep(filename, "application/octet-stream", once(content), context));
  }
}

/** What was signed as a whole is this very message: its text is the text. */
async function takeSigned(message: Gathered, part: MimePart, context: Context): Promise<void> {
  const pieces = signedContent(await whole(part.content, context.limits.containerBytes));
  if (pieces === null) return void message.closed.push("smime_encrypted");
  const inside = await gather(once(...pieces), { ...context, depth: context.depth + 1 });
  message.bodies.push(...inside.bodies);
  message.inner.push(...inside.inner);
  message.files.push(...inside.files);
  message.closed.push(...inside.closed);
}

async function keep(
  filename: string,
  contentType: string,
  content: AsyncIterable<Uint8Array>,
  { store, files }: Context,
): Promise<ReadAttachment> {
  if (files.left-- <= 0) throw unreadableMail("mail_too_many_files", "it has too many files");
  const { blob, size } = await store(content);
  return { filename: safeName(filename, contentType), contentType, size, blob };
}

async function whole(content: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const bytes = await beginningOf(content, maxBytes + 1);
  if (bytes.length > maxBytes) {
    throw unreadableMail("mail_container_too_large", "a container in it is too large");
  }
  return bytes;
}

const textOf = (message: Gathered): string =>
  [messageText(message.bodies), ...message.inner].filter((text) => text !== "").join("\n\n");

/** `References` (RFC 5322 §3.6.4) ends with the mail replied to, which `In-Reply-To` names too. */
function referencesOf(fields: Fields): string[] {
  const written = [...fields.get("references") ?? [], ...fields.get("in-reply-to") ?? []].join(" ");
  return messageIds(written).slice(-100);
}

const utf8 = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
