/**
 * What there is to check a mail by, seen from its header alone, before anyone is asked anything.
 *
 * @module
 */
import type { ByteSource } from "../ports.ts";

/** Headers longer than this, in bytes, are nobody's honest mail. */
const MAX_HEADER = 256 * 1024;

/** Signatures, and sets of a forwarder's seals, above which nothing is checked: each costs hashing and DNS. */
const MAX_SIGNATURES = 10;

/** Fields of which a message has at most one (RFC 5322 §3.6, RFC 2045 §3): readers differ in which they believe. */
const SINGLE = [
  "from",
  "sender",
  "reply-to",
  "to",
  "cc",
  "date",
  "subject",
  "message-id",
  "in-reply-to",
  "references",
  "mime-version",
  "content-type",
  "content-transfer-encoding",
];

/** What a header offers. */
export type Evidence =
  /** Nothing in it can be believed: too long, too many signatures, or a field twice. */
  | "unsound"
  /** Neither a signature nor a seal. */
  | "unsigned"
  | "signed";

/** The header of a message as text, one byte a character; null when it has no end within bounds. */
function headerIn(source: ByteSource): string | null {
  const bytes = source.read(0, Math.min(source.size, MAX_HEADER + 4));
  const text = new TextDecoder("latin1").decode(bytes);
  const end = /\r?\n\r?\n/.exec(text)?.index ?? (bytes.length === source.size ? text.length : null);
  return end === null || end > MAX_HEADER ? null : text.slice(0, end);
}

/** Looks at the header of a message. */
export function evidenceIn(source: ByteSource): Evidence {
  const header = headerIn(source);
  if (header === null) return "unsound";
  const counts = new Map<string, number>();
  for (const [, name = ""] of header.matchAll(/^([!-9;-~]+)[ \t]*:/gm)) {
    const key = name.toLowerCase();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const signatures = counts.get("dkim-signature") ?? 0;
  const seals = counts.get("arc-seal") ?? 0;
  if (signatures > MAX_SIGNATURES || seals > MAX_SIGNATURES) return "unsound";
  if (SINGLE.some((key) => (counts.get(key) ?? 0) > 1)) return "unsound";
  return signatures + seals > 0 ? "signed" : "unsigned";
}
