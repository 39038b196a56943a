/**
 * Finds what is signed in a PDF and reads each signature as it stood in the revision that it signed: what a later
 * update says about it does not count (ISO 32000-2 §12.8.1).
 *
 * @module
 */
import { type Instant, instantOf } from "../domain/instant.ts";
import { UnreadableError } from "../domain/unreadable.ts";
import { prefixOf } from "../pdf/byte_source.ts";
import { signedFields } from "../pdf/form_fields.ts";
import type { Work } from "../pdf/budget.ts";
import { openPdf, type PdfFile } from "../pdf/pdf_file.ts";
import { textOf } from "../pdf/text_string.ts";
import { isString, nameText, naturalNumber, type PdfDict, type PdfValue } from "../pdf/values.ts";
import type { ByteSource } from "../ports.ts";
import type { Bytes } from "./der.ts";
import type { RevisionFault } from "./verification_report.ts";
import { endMarkAfter } from "./verify_ends.ts";
import { readable } from "./readable.ts";
import { NO_PERMISSIONS, type Permissions, permissionsOf } from "./verify_permissions.ts";

/** What a /ByteRange leaves out, and where it ends. */
export type SignedRange = {
  /** Where the gap with /Contents begins, `<` included. */
  readonly gapStart: number;
  /** Where the gap ends, after `>`. */
  readonly gapEnd: number;
  /** Where the signed bytes end. */
  readonly end: number;
};

/** A signature as found in the newest revision. */
export type FoundSignature = {
  readonly field: string;
  readonly range: SignedRange | null;
  /** The signature dictionary. */
  readonly dict: PdfDict;
  /** The field's dictionary. */
  readonly holder: PdfDict;
};

/** A signature as it stood when it was made. */
export type SignatureFacts = {
  readonly field: string;
  readonly kind: "signature" | "doc-timestamp";
  readonly subFilter: string;
  readonly reason: string | null;
  /** /M: what the signer claims. */
  readonly claimedAt: Instant | null;
  /** CMS with padding. */
  readonly contents: Bytes;
  readonly faults: readonly RevisionFault[];
  readonly permissions: Permissions;
};

/** Most signatures of one file. */
const MAX_SIGNATURES = 64;

/** Most objects that are gone through for all revisions together. */
const MAX_WORK = 8_000_000;

/** Longest slot for a signature, in bytes of the file. */
const MAX_SLOT = 4 << 20;

/** All signatures of the newest revision, in the order in which they were made. Throws `UnreadableError`. */
function findSignatures(pdf: PdfFile): FoundSignature[] {
  const found = signedFields(pdf).map(({ name, signature, dict }): FoundSignature => ({
    field: name,
    holder: dict,
    range: rangeOf(pdf, signature),
    dict: signature,
  }));
  if (found.length > MAX_SIGNATURES || found.length * pdf.nextNumber > MAX_WORK) {
    throw new UnreadableError("bomb", "Cannot verify PDF: it has too many signatures");
  }
  return found.sort((a, b) => (a.range?.end ?? 0) - (b.range?.end ?? 0));
}

/** The range of a signature dictionary when it is of the one form that protects a whole revision: all bytes from the start but one gap. */
export function rangeOf(pdf: PdfFile, signature: PdfDict): SignedRange | null {
  const numbers = (pdf.array(signature.get("ByteRange")) ?? []).map((each) =>
    naturalNumber(pdf.resolve(each))
  );
  const [start, gapStart, gapEnd, rest] = numbers;
  if (numbers.length !== 4 || start !== 0) return null;
  if (gapStart === undefined || gapEnd === undefined || rest === undefined) return null;
  const end = gapEnd + rest;
  return gapStart < gapEnd && end <= pdf.source.size ? { gapStart, gapEnd, end } : null;
}

/** Most earlier revisions that are looked into for signatures that the newest no longer has. */
const MAX_EARLIER = 16;

/** The signatures of the newest revision, or of the last one that has any: they may have been taken out. */
export function lastSignatures(newest: PdfFile): FoundSignature[] {
  const found = findSignatures(newest);
  if (found.length > 0) return found;
  for (const { offset } of newest.sections.slice(0, MAX_EARLIER)) {
    const end = endMarkAfter(newest.source, offset);
    const earlier = end === null || end === newest.source.size
      ? null
      : openRevision(newest.source, end, newest.work);
    const signed = earlier ? findSignatures(earlier) : [];
    if (signed.length > 0) return signed;
  }
  return [];
}

/** Opens the revision that ends at `end`; null when none ends there. */
export function openRevision(source: ByteSource, end: number, work: Work): PdfFile | null {
  const pdf = readable(() => openPdf(prefixOf(source, end), work));
  return pdf?.trailingBytes === 0 ? pdf : null;
}

/** What a signature says, out of the revision that it signed where there is one. */
export function readFacts(found: FoundSignature, revision: PdfFile | null, newest: PdfFile): SignatureFacts {
  const faults = new Set<RevisionFault>();
  const own = revision && found.range ? fieldIn(revision, found.range) : null;
  if (!found.range) faults.add("bad_byte_range");
  else if (!own) faults.add("no_revision");
  const pdf = own && revision ? revision : newest;
  const { field, dict } = own ?? found;
  const written = pdf.resolve(dict.get("Contents"));
  const contents = isString(written) ? written.bytes : new Uint8Array();
  if (found.range && !surrounds(pdf.source, found.range, contents)) faults.add("bad_byte_range");
  const subFilter = nameText(pdf.resolve(dict.get("SubFilter"))) ?? "";
  return {
    field,
    kind: subFilter === "ETSI.RFC3161" ? "doc-timestamp" : "signature",
    subFilter,
    reason: textIn(pdf, dict.get("Reason")),
    claimedAt: instantOfDate(textIn(pdf, dict.get("M")) ?? ""),
    contents,
    faults: [...faults],
    permissions: own ? permissionsOf(pdf, own.holder, own.dict) : NO_PERMISSIONS,
  };
}

/** The signature of a revision that signs exactly that revision. A revision that can't be read holds none. */
function fieldIn(revision: PdfFile, range: SignedRange): FoundSignature | null {
  for (const { name, signature, dict } of readable(() => signedFields(revision)) ?? []) {
    const own = rangeOf(revision, signature);
    if (own && own.end === range.end && own.gapStart === range.gapStart && own.gapEnd === range.gapEnd) {
      return { field: name, range: own, dict: signature, holder: dict };
    }
  }
  return null;
}

/** Whether the gap is the signature's /Contents, all of it and nothing else. */
function surrounds(source: ByteSource, { gapStart, gapEnd }: SignedRange, contents: Bytes): boolean {
  const length = gapEnd - gapStart;
  if (length > MAX_SLOT || length !== contents.length * 2 + 2) return false;
  const gap = new TextDecoder("latin1").decode(source.read(gapStart, length));
  return gap[0] === "<" && gap.endsWith(">") && gap.slice(1, -1).toLowerCase() === contents.toHex();
}

function textIn(pdf: PdfFile, value: PdfValue | undefined): string | null {
  const text = pdf.resolve(value);
  return isString(text) ? textOf(text) : null;
}

const DATE = /^(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:Z|([+-])(\d\d)'?(\d\d)?)?/;

/** The instant of a date string (ISO 32000-2 §7.9.4); null when it is none. Without a zone it is taken as UTC. */
export function instantOfDate(text: string): Instant | null {
  const match = DATE.exec(text);
  if (!match) return null;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = match.slice(1, 7)
    .map((part) => part === undefined ? undefined : Number(part));
  const offset = (Number(match[8] ?? 0) * 60 + Number(match[9] ?? 0)) * (match[7] === "-" ? -1 : 1);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute - offset, second);
  return date.getUTCFullYear() >= 0 && date.getUTCFullYear() <= 9999 ? instantOf(date.getTime()) : null;
}
