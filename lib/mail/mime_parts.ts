/**
 * The leaf parts of a message, one after the other, while it streams by. Wraps `mailparser`, which decodes the
 * structure; what Japanese mail needs beyond that is repaired here and by the callers.
 *
 * @module
 */
import { type AttachmentStream, type Headers, MailParser, type StructuredHeader } from "mailparser";
import { Readable } from "node:stream";
import { bytesOfBinary, decodeText } from "./charsets.ts";
import type { HeaderLine } from "./header_fields.ts";
import { isRaw } from "./header_fields.ts";
import { type MessageLimits, unreadableMail } from "./message_limits.ts";

/** One leaf part. Its content must be read, or it is skipped. */
export type MimePart = {
  /** As declared, lower case. */
  readonly type: string;
  /** Parameters of the type, such as `charset`. */
  readonly params: Readonly<Record<string, string>>;
  /** `attachment`, `inline`, or null when nothing is said. */
  readonly disposition: string | null;
  /** The name as decoded, not yet made safe; empty when there is none. */
  readonly filename: string;
  /** An image that the HTML part shows. */
  readonly embedded: boolean;
  /** Types of the multiparts around it, the nearest first. */
  readonly within: readonly string[];
  readonly content: AsyncIterable<Uint8Array>;
};

/** The header of a message, known before its parts. */
export type MessageHeader = {
  readonly lines: readonly HeaderLine[];
  /** Decoded by the parser; empty when there is none. */
  readonly subject: string;
};

/** The parser's own tree, of which it publishes nothing but which its streams refer to. */
type Node = {
  readonly headers: Headers;
  readonly headerLines: readonly HeaderLine[];
  readonly contentType: string | false;
  readonly parent?: Node;
  readonly children: readonly Node[];
};
type Internals = { textTypes: string[]; readonly tree: Node | false };

/**
 * Goes through a message: first its header is handed to `onHeader`, then each part to `onPart`, which must have
 * read what it wants of it when it resolves. Throws `UnreadableError` above the limits.
 */
export async function eachPart(
  raw: AsyncIterable<Uint8Array>,
  limits: MessageLimits,
  onHeader: (header: MessageHeader) => void,
  onPart: (part: MimePart) => Promise<void>,
): Promise<void> {
  const parser = new MailParser({
    checksumAlgo: false,
    ignoreEmbedded: true,
    skipTextToHtml: true,
    keepDeliveryStatus: true,
    maxHeadSize: limits.headerBytes,
    maxChildNodes: limits.parts,
  });
  const internals = parser as unknown as Internals;
  internals.textTypes = []; // Every part comes as a stream of bytes: their charset labels can't be trusted.
  parser.on("headerLines", (lines) => onHeader({ lines, subject: parser.subject ?? "" }));
  const source = Readable.from(raw);
  source.on("error", (error) => parser.destroy(error));
  source.pipe(parser);
  // The parser tells of its end, not its parts: whoever reads one then would wait for the rest for ever.
  let reading: Readable | null = null;
  parser.on("error", (error) => reading?.destroy(error));
  try {
    for await (const item of parser as AsyncIterable<AttachmentStream | { type: "text" }>) {
      if (item.type === "text") continue;
      reading = item.content.on("error", () => {}); // Heard by whoever reads it; else by nobody.
      await onPart(partOf(item, nodeOf(internals.tree, item.headers)));
      reading = null;
      item.content.resume(); // Whatever was left unread.
      item.release?.();
    }
  } catch (cause) {
    throw hasCode(cause, "EMAXLEN")
      ? unreadableMail("mail_too_many_parts", "it is too complex", cause)
      : cause;
  } finally {
    source.destroy();
    parser.destroy();
  }
}

function nodeOf(tree: Node | false, headers: Headers): Node | null {
  const waiting = tree === false ? [] : [tree];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.headers === headers) return node;
    waiting.push(...node.children);
  }
  return null;
}

function partOf(item: AttachmentStream, node: Node | null): MimePart {
  const declared = item.headers.get("content-type") as StructuredHeader | undefined;
  const within: string[] = [];
  for (let around = node?.parent; around !== undefined; around = around.parent) {
    within.push(around.contentType || "text/plain");
  }
  return {
    type: (declared?.value || item.contentType || "text/plain").toLowerCase().trim(),
    params: declared?.params ?? {},
    disposition: item.contentDisposition ?? null,
    filename: rawName(node?.headerLines ?? []) ?? item.filename ?? "",
    embedded: item.related === true && item.contentType.startsWith("image/"),
    within,
    content: chunks(item.content),
  };
}

/** Leaves the stream open when its reader stops early, so that it can be drained. */
function chunks(stream: Readable): AsyncIterable<Uint8Array> {
  return { [Symbol.asyncIterator]: () => stream.iterator({ destroyOnReturn: false }) };
}

/**
 * A file name that was written as bare bytes in the sender's charset, against RFC 2045 §5.1. A backslash is no
 * escape there: it is the second byte of many Shift_JIS characters.
 */
function rawName(lines: readonly HeaderLine[]): string | null {
  const candidates = ["content-disposition", "content-type"].flatMap((key) =>
    lines.filter((line) => line.key === key && isRaw(line.line))
  );
  for (const { line } of candidates) {
    const unfolded = line.replace(/\r?\n(?=[ \t])/g, "");
    const found = /\b(?:file)?name\s*=\s*(?:"([^"]+)"|([^\s;"]+))/i.exec(unfolded);
    const name = found?.[1] ?? found?.[2];
    if (name !== undefined && isRaw(name)) return decodeText(bytesOfBinary(name), null);
  }
  return null;
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && (error as { code?: unknown }).code === code;
