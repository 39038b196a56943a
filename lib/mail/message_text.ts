/**
 * The text of a message out of its parts.
 *
 * @module
 */
import { decodeText } from "./charsets.ts";
import { composeKana } from "./compose_kana.ts";
import { htmlText } from "./html_text.ts";

/** A part that is text to be read, decoded from its transfer encoding. */
export type BodyPart = {
  readonly html: boolean;
  readonly bytes: Uint8Array;
  /** As declared; null when nothing is. */
  readonly charset: string | null;
  /** `format=flowed` (RFC 3676), and whether the blank before a soft break goes too. */
  readonly flowed: boolean;
  readonly delSp: boolean;
};

/** Characters of a text; longer ones are cut. */
const MAX_TEXT = 1_000_000;

/** Characters of HTML; of longer ones none is given, for half a document is another one. */
const MAX_HTML = 500_000;

/** HTML that says so many times more than the plain part beside it is what the writer wrote. */
const FULLER = 3;

/**
 * The whole text. The plain parts speak, unless there are none or they are only a notice that the mail is to be
 * read as HTML.
 */
export function messageText(parts: readonly BodyPart[]): string {
  const plain = joined(parts.filter((part) => !part.html).map(plainText));
  const html = parts.filter((part) => part.html);
  if (html.length === 0) return plain;
  const rendered = joined(html.map((part) => htmlText(htmlIn(part))));
  return plain.length * FULLER < rendered.length ? rendered : plain;
}

/** The HTML as it was written, all parts of it; null when there is none or it is too long. */
export function messageHtml(parts: readonly BodyPart[]): string | null {
  const html = parts.filter((part) => part.html).map(htmlIn).join("\n");
  return html.trim() === "" || html.length > MAX_HTML ? null : html;
}

const htmlIn = ({ bytes, charset }: BodyPart): string =>
  tidy(decodeText(bytes, charset ?? metaCharset(bytes)));

const joined = (texts: readonly string[]): string =>
  texts.map((text) => text.trimEnd()).filter((text) => text !== "").join("\n\n").slice(0, MAX_TEXT);

function plainText(part: BodyPart): string {
  const text = tidy(decodeText(part.bytes, part.charset));
  return part.flowed ? unflowed(text, part.delSp) : text;
}

/** Line ends of one kind, and no control characters but those of layout. */
function tidy(text: string): string {
  // deno-lint-ignore no-control-regex
  return composeKana(text).replace(/\r\n?/g, "\n").replace(/[\x00-\x08\x0b-\x1f\x7f\ufeff]/g, "");
}

/** Joins lines that were broken softly (RFC 3676 §4.1, §4.4); quoted lines only with lines quoted as deep. */
function unflowed(text: string, delSp: boolean): string {
  const lines: { depth: string; text: string; soft: boolean }[] = [];
  for (const line of text.split("\n")) {
    const depth = /^>*/.exec(line)![0];
    const content = line.slice(depth.length).replace(/^ /, "");
    const soft = content.endsWith(" ") && content !== "-- ";
    const piece = soft && delSp ? content.slice(0, -1) : content;
    const before = lines.at(-1);
    if (before?.soft && before.depth === depth) {
      before.text += piece;
      before.soft = soft;
    } else lines.push({ depth, text: piece, soft });
  }
  return lines.map(({ depth, text }) => (depth === "" ? text : `${depth} ${text}`)).join("\n");
}

/** What the document says of itself (HTML, 13.2.3.2), for parts that carry no label. */
function metaCharset(bytes: Uint8Array): string | null {
  const beginning = new TextDecoder("latin1").decode(bytes.subarray(0, 1_024));
  return /<meta[^>]{1,200}charset\s*=\s*["']?([A-Za-z0-9_-]{2,30})/i.exec(beginning)?.[1] ?? null;
}
