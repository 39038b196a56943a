/**
 * Writes mails as ordinary programs do (RFC 5322, RFC 2045), byte for byte, for tests that begin at the wire.
 *
 * @module
 */
import { Buffer } from "node:buffer";

/** A mail to write. */
export type RawMail = {
  readonly from: string;
  readonly to: string;
  readonly cc?: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly messageId?: string;
  readonly inReplyTo?: string;
  readonly files?: readonly RawFile[];
  /** Further header lines, as they stand. */
  readonly headers?: readonly string[];
};

/** A file to attach. */
export type RawFile = { readonly filename: string; readonly content: Uint8Array; readonly type?: string };

let written = 0;

/** An encoded word for every 15 characters, so that none is longer than 75 (RFC 2047 §2). */
function encoded(text: string): string {
  if (/^[ -~]*$/.test(text)) return text;
  const words = Array.from(text).reduce<string[]>((parts, character) => {
    const last = parts.at(-1);
    return last === undefined || Array.from(last).length >= 15
      ? [...parts, character]
      : [...parts.slice(0, -1), last + character];
  }, []);
  return words.map((word) => `=?utf-8?B?${Buffer.from(word).toString("base64")}?=`).join("\r\n ");
}

const base64 = (content: Uint8Array | string): string =>
  (Buffer.from(content).toString("base64").match(/.{1,76}/g) ?? []).join("\r\n");

function filePart({ filename, content, type = "application/octet-stream" }: RawFile): string {
  return [
    `Content-Type: ${type}; name="${encoded(filename).replace(/\r\n /g, " ")}"`,
    `Content-Disposition: attachment; filename*=utf-8''${encodeURIComponent(filename)}`,
    "Content-Transfer-Encoding: base64",
    "",
    base64(content),
  ].join("\r\n");
}

/** The bytes of a mail. */
export function rawMail(mail: RawMail): Uint8Array<ArrayBuffer> {
  const count = ++written;
  const boundary = `----=_Part_${count}`;
  const text = `Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${
    base64(mail.text)
  }`;
  const lines = [
    `From: ${mail.from}`,
    `To: ${mail.to}`,
    ...mail.cc ? [`Cc: ${mail.cc.join(", ")}`] : [],
    `Subject: ${encoded(mail.subject)}`,
    "Date: Tue, 24 Nov 2026 10:00:00 +0900",
    `Message-ID: <${mail.messageId ?? `raw-${count}@mail.example.jp`}>`,
    ...mail.inReplyTo ? [`In-Reply-To: <${mail.inReplyTo}>`, `References: <${mail.inReplyTo}>`] : [],
    ...mail.headers ?? [],
    "MIME-Version: 1.0",
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
    "",
    ...[text, ...(mail.files ?? []).map(filePart)].map((part) => `--${boundary}\r\n${part}`),
    `--${boundary}--`,
    "",
  ];
  return new Uint8Array(Buffer.from(lines.join("\r\n")));
}
