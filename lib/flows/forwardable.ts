/**
 * What of a mail may be shown to others. People answer with the original quoted, and the original holds their
 * link: whoever got the quote could agree in their name. Our URLs are therefore masked (R20).
 *
 * @module
 */
import { Buffer } from "node:buffer";
import type { ReadAttachment } from "../mail/read_mail.ts";
import type { Sha256 } from "../ports.ts";
import type { Incoming } from "./inbox_filing.ts";
import type { World } from "./world.ts";

/** Where our tokens stand: 51 characters base64url after a slash, wherever a mail programme broke the line. */
const TOKEN = /(\/(?:c|s|o|d|f|documents)\/)[A-Za-z0-9_-](?:[\r\n=]{0,3}[A-Za-z0-9_-]){50}/g;

/**
 * An access code in a quoted mail of the officer's (R24): as its line is read, with words in brackets behind the
 * label and on the next line too, and as people say it in passing (「アクセスコードは…」).
 */
const CODE =
  /((?:アクセス|ｱｸｾｽ)[ \u3000]*(?:コード|ｺｰﾄﾞ)|[aAａＡ][cCｃＣ]{2}[eEｅＥ][sSｓＳ]{2}[ \u3000]*[cCｃＣ][oOｏＯ][dDｄＤ][eEｅＥ])((?:[ \t\u3000]*[(（][^()（）\r\n]{0,40}[)）])?[ \t\u3000]*(?:[:：＝=]|は|is\b)(?:[ \t\u3000>＞]|\r?\n)*)[^\r\n]+/g;

/** Attached files above this many bytes together are not copied into a rebuilt mail; the original is kept. */
const MAX_COPIED = 20_000_000;

/** A text without tokens and access codes. */
export function masked(text: string): string {
  return text.replace(TOKEN, "$1…").replace(CODE, "$1$2…");
}

const encodedWord = (text: string): string =>
  `=?utf-8?B?${Buffer.from(text.replace(/[\r\n]+/g, " ").slice(0, 200)).toString("base64")}?=`;

const base64Lines = (bytes: Uint8Array): string =>
  (Buffer.from(bytes).toString("base64").match(/.{1,76}/g) ?? []).join("\r\n");

function part(headers: readonly string[], bytes: Uint8Array): string {
  return [...headers, "Content-Transfer-Encoding: base64", "", base64Lines(bytes)].join("\r\n");
}

async function filePart(world: World, file: ReadAttachment): Promise<string> {
  const disposition = `attachment; filename*=utf-8''${encodeURIComponent(file.filename)}`;
  const headers = ["Content-Type: application/octet-stream", `Content-Disposition: ${disposition}`];
  return part(headers, await world.blobs.get(file.blob));
}

/** The mail written anew: writer, subject, masked text, the same files (RFC 2046 §5.1). */
async function rebuilt(world: World, { entry, mail, writer }: Incoming): Promise<string> {
  const boundary = `=_${entry.value.raw.slice(0, 40)}`;
  const size = mail.attachments.reduce((sum, file) => sum + file.size, 0);
  const copied = size <= MAX_COPIED ? mail.attachments : [];
  const text = part(["Content-Type: text/plain; charset=utf-8"], Buffer.from(masked(mail.text)));
  const parts = [text, ...await Promise.all(copied.map((file) => filePart(world, file)))];
  return [
    `From: ${encodedWord(writer.name)} <${writer.address.replace(/[\r\n<>]/g, "")}>`,
    `Subject: ${encodedWord(masked(mail.subject))}`,
    `Date: ${new Date(entry.value.receivedAt).toUTCString().replace("GMT", "+0000")}`,
    "MIME-Version: 1.0",
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
    "",
    ...parts.map((each) => `--${boundary}\r\n${each}`),
    `--${boundary}--`,
    "",
  ].join("\r\n");
}

/**
 * The blob of a mail as it may be shown to others: as received when it answers nothing and quotes no link of
 * ours, written anew without links otherwise.
 */
export async function forwardable(world: World, incoming: Incoming): Promise<Sha256> {
  const { entry, mail } = incoming;
  const hides = [mail.text, mail.subject].some((text) => masked(text) !== text);
  const answersUs = mail.references.length > 0 || hides;
  if (!answersUs) return entry.value.raw;
  const { sha256 } = await world.blobs.put(Buffer.from(await rebuilt(world, incoming)));
  return sha256;
}
