/**
 * Changes of what a file says about itself. Programs note when they wrote it last, also when they only sign; a
 * title or an author is another matter, for people read those.
 *
 * @module
 */
import { latin1 } from "../pdf/characters.ts";
import type { PdfFile } from "../pdf/pdf_file.ts";
import { differingKeys } from "../pdf/same_value.ts";
import type { PdfValue } from "../pdf/values.ts";
import type { ChangeAccount } from "./verify_account.ts";
import { readable } from "./readable.ts";

/** Entries of /Info that tell only when and by what the file was written (ISO 32000-2 Table 349). */
const OF_WRITING = ["CreationDate", "Creator", "ModDate", "Producer", "Trapped"];

/** Longest XMP packet that is compared word by word, in bytes. */
const MAX_XMP = 1 << 18;

/** Compares the document information dictionaries. */
export function compareInfo(
  account: ChangeAccount,
  old: PdfValue | undefined,
  now: PdfValue | undefined,
): void {
  if (!account.differs(old, now)) return;
  const [a, b] = [account.before.dict(old) ?? new Map<string, PdfValue>(), account.after.dict(now)];
  const changed = b === null ? null : differingKeys(a, b);
  const ofWriting = changed?.every((key) => OF_WRITING.includes(key)) ?? false;
  account.allow(ofWriting ? "file-info" : "metadata", now, old);
}

/** Compares the XMP packets of the document. */
export function compareMetadata(
  account: ChangeAccount,
  old: PdfValue | undefined,
  now: PdfValue | undefined,
): void {
  if (!account.differs(old, now)) return;
  const [a, b] = [wordsOf(account.before, old), wordsOf(account.after, now)];
  const ofWriting = a !== null && b !== null && a === b;
  account.allow(ofWriting ? "file-info" : "metadata", now, old);
}

/** What XMP says only of when and by what a file was written. */
const OF_WRITING_IN_XMP =
  "(?:xmp:(?:ModifyDate|MetadataDate|CreateDate|CreatorTool)|pdf:Producer|xmpMM:\\w{1,40}|x:xmptk)";

// Every repetition is bounded or ends where the next match may begin: a hostile packet costs its length, not more.
const ELEMENT_OF_WRITING = new RegExp(
  `<(${OF_WRITING_IN_XMP})\\b[^<>]{0,500}>[^<]{0,500}</\\1\\s{0,9}>`,
  "g",
);
const ATTRIBUTE_OF_WRITING = new RegExp(
  `\\b${OF_WRITING_IN_XMP}\\s{0,9}=\\s{0,9}(?:"[^"<]{0,500}"|'[^'<]{0,500}')`,
  "g",
);

/**
 * All that a packet says besides, in any order; its mark-up and the order of it do not matter. Without a packet
 * nothing is said; null when it can't be read.
 */
function wordsOf(pdf: PdfFile, value: PdfValue | undefined): string | null {
  if (value === undefined) return "";
  const bytes = readable(() => pdf.streamBytes(value));
  if (bytes === null || bytes.length > MAX_XMP) return null;
  const said = latin1(bytes).replace(/<\?[^<>]*>/g, "")
    .replace(ELEMENT_OF_WRITING, "").replace(ATTRIBUTE_OF_WRITING, "");
  const attributes = Array.from(
    said.matchAll(ATTRIBUTE),
    ([, name, , text]) => text ? `${name}=${text}` : "",
  );
  const texts = said.split(/<[^<>]*>/).map((text) => text.trim());
  return [...attributes, ...texts].filter((text) => text !== "").sort().join("\u0000");
}

/** An attribute with a prefix, but the declarations of prefixes. */
const ATTRIBUTE = /\b(?!xmlns:)([\w-]{1,40}:[\w-]{1,40})\s{0,9}=\s{0,9}(["'])([^<]{0,2000}?)\2/g;
