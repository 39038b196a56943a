/**
 * A letter as Resend's `POST /emails` wants it, in pieces: the attachments are read and encoded while they are
 * sent, so that no letter is held in memory whole.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { letterTag } from "../mail/letter_tag.ts";
import type { ByteSource, OutgoingMail } from "../ports.ts";

/** Bytes that are encoded at once: a multiple of three, so that no piece but the last is padded. */
const PIECE_BYTES = 3 * 64 * 1024;

/** A letter, ready to be sent. */
export type ResendLetter = {
  /** Length of the body in bytes. */
  readonly size: number;
  /** The JSON of the body; each call begins anew. */
  pieces(): Generator<Uint8Array<ArrayBuffer>>;
};

/** A name with an address (RFC 5322 §3.4); the service encodes what is not ASCII. */
function mailbox({ name, address }: OutgoingMail["from"]): string {
  return name === "" ? address : `"${name.replace(/[\r\n]+/g, " ").replace(/["\\]/g, "\\$&")}" <${address}>`;
}

const oneLine = (text: string): string => text.replace(/[\r\n]+/g, " ");

/** A mark in the place of each attachment's content, that no JSON text can hold. */
const MARK = "\u0000content\u0000";
const WRITTEN_MARK = JSON.stringify(MARK);

function bodyOf(mail: OutgoingMail): string {
  const headers = Object.fromEntries(
    Object.entries({ ...mail.headers, "Message-ID": mail.messageId }).map((
      [name, text],
    ) => [name, oneLine(text)]),
  );
  return JSON.stringify({
    from: mailbox(mail.from),
    to: [mail.to],
    ...mail.replyTo === undefined ? {} : { reply_to: mail.replyTo },
    subject: oneLine(mail.subject),
    text: mail.text,
    html: mail.html,
    headers,
    tags: [{ name: "letter", value: letterTag(mail.messageId) }],
    ...mail.attachments.length === 0 ? {} : {
      attachments: mail.attachments.map(({ filename, contentType }) => ({
        filename,
        content_type: contentType,
        content: MARK,
      })),
    },
  });
}

const base64Length = (bytes: number): number => Math.ceil(bytes / 3) * 4;

/** A letter with its files, in the order of its attachments. */
export function resendLetter(mail: OutgoingMail, files: readonly ByteSource[]): ResendLetter {
  const encoder = new TextEncoder();
  const texts = bodyOf(mail).split(WRITTEN_MARK).map((text) => encoder.encode(text));
  const size = texts.reduce((sum, { length }) => sum + length, 0) +
    files.reduce((sum, file) => sum + base64Length(file.size) + 2, 0);
  return {
    size,
    *pieces() {
      for (const [at, text] of texts.entries()) {
        yield text;
        const file = files[at];
        if (file === undefined) continue;
        yield encoder.encode('"');
        for (let from = 0; from < file.size; from += PIECE_BYTES) {
          yield encoder.encode(file.read(from, PIECE_BYTES).toBase64());
        }
        yield encoder.encode('"');
      }
    },
  };
}

/**
 * The idempotency key of a letter (≤ 256 characters): the same for the very same letter, and another one as soon
 * as anything in it changes, which under an old key would be refused.
 */
export function idempotencyKey(mail: OutgoingMail): string {
  return createHash("sha256").update(JSON.stringify(mail)).digest("hex");
}
