/**
 * Writes a message as a plain mail program would (RFC 5322, RFC 2045): for the composer of the built-in mailbox.
 *
 * @module
 */
import { Buffer } from "node:buffer";

/** A message to write. */
export type MessageDraft = {
  readonly messageId: string;
  readonly date: Date;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** `Message-ID` of the mail it answers, without angle brackets; empty for none. */
  readonly inReplyTo: string;
  /** What that mail refers to itself, oldest first, without angle brackets (RFC 5322 §3.6.4). */
  readonly references?: readonly string[];
  readonly files: readonly MessageFile[];
  /** Shown beside the text by programs that show HTML. */
  readonly html?: string;
  /** Further header fields, name and value. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
};

/** A file that goes with it. */
export type MessageFile = {
  readonly filename: string;
  readonly contentType: string;
  readonly content: Uint8Array;
};

/** The message in pieces. */
export function* writeMessage(draft: MessageDraft): Generator<Uint8Array<ArrayBuffer>> {
  const boundary = `=_${Buffer.from(draft.messageId).toString("hex").slice(0, 40)}`;
  const header = [
    `From: ${oneLine(draft.from)}`,
    `To: ${oneLine(draft.to)}`,
    `Subject: ${encodedWords(draft.subject)}`,
    `Date: ${draft.date.toUTCString().replace("GMT", "+0000")}`,
    `Message-ID: <${oneLine(draft.messageId)}>`,
    ...draft.inReplyTo === ""
      ? []
      : [`In-Reply-To: <${oneLine(draft.inReplyTo)}>`, `References: ${referencesOf(draft)}`],
    ...(draft.headers ?? []).map(([name, value]) => `${name.replace(/[^!-9;-~]/g, "")}: ${oneLine(value)}`),
    "MIME-Version: 1.0",
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
  ];
  yield bytes(`${header.join("\r\n")}\r\n\r\n`);
  yield* part(boundary, ["Content-Type: text/plain; charset=utf-8"], Buffer.from(draft.text));
  if (draft.html !== undefined) {
    yield* part(boundary, ["Content-Type: text/html; charset=utf-8"], Buffer.from(draft.html));
  }
  for (const { filename, contentType, content } of draft.files) {
    const disposition = `attachment; filename*=utf-8''${encodeURIComponent(filename)}`; // RFC 2231 §4
    yield* part(
      boundary,
      [`Content-Type: ${oneLine(contentType)}`, `Content-Disposition: ${disposition}`],
      content,
    );
  }
  yield bytes(`--${boundary}--\r\n`);
}

const referencesOf = ({ references = [], inReplyTo }: MessageDraft): string =>
  [...references, inReplyTo].map((id) => `<${oneLine(id)}>`).join("\r\n ");

/** Content of a part goes out by so many bytes: whole lines of base64 of 76 characters each. */
const PIECE_BYTES = 57 * 1_000;

function* part(
  boundary: string,
  header: readonly string[],
  content: Uint8Array,
): Generator<Uint8Array<ArrayBuffer>> {
  yield bytes(`--${boundary}\r\n${header.join("\r\n")}\r\nContent-Transfer-Encoding: base64\r\n\r\n`);
  for (let at = 0; at < content.length; at += PIECE_BYTES) {
    const base64 = Buffer.from(content.subarray(at, at + PIECE_BYTES)).toString("base64");
    yield bytes(base64.replace(/.{1,76}/g, "$&\r\n"));
  }
}

/** Encoded words of at most 75 characters, none split within a character (RFC 2047 §2, §5). */
function encodedWords(text: string): string {
  const words: string[] = [];
  for (const character of oneLine(text)) {
    const last = words.at(-1) ?? "";
    if (words.length > 0 && Buffer.byteLength(last + character) <= 42) {
      words[words.length - 1] = last + character;
    } else words.push(character);
  }
  return words.map((word) => `=?utf-8?B?${Buffer.from(word).toString("base64")}?=`).join("\r\n ");
}

/** What comes from a form must not begin a header line of its own. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}]+/gu, " ").trim();

const bytes = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text));
