/**
 * Goes through the signed revisions of a PDF one after the other, and compares each with the one before.
 *
 * @module
 */
import { UnreadableError } from "../domain/unreadable.ts";
import { prefixOf } from "../pdf/byte_source.ts";
import { openPdf, type PdfFile } from "../pdf/pdf_file.ts";
import type { ByteSource } from "../ports.ts";
import { breathe } from "../pdf/breathe.ts";
import { OTHER_CHANGE, type UpdateChange } from "./verify_account.ts";
import { changeBetween } from "./verify_changes.ts";
import { lastEndMark } from "./verify_ends.ts";
import { type FoundSignature, openRevision, readFacts, type SignatureFacts } from "./verify_fields.ts";
import { type CmsReading, readCms } from "./verify_read_cms.ts";
import { EMPTY_STORE, readStore, type ValidationStore } from "./verify_store.ts";
import { comesToLife, numbersBeyond } from "./verify_touched.ts";

/** A signature as it was read out of its revision. */
export type Seal = {
  readonly found: FoundSignature;
  readonly facts: SignatureFacts;
  /** Whether a revision of the file ends where it does. */
  readonly ownRevision: boolean;
  readonly cms: CmsReading;
};

/** All signatures, and what happened between them. */
export type Revisions = {
  readonly seals: readonly Seal[];
  /** For each signature the change up to the next one, or to the end of the file. */
  readonly steps: readonly UpdateChange[];
  /** The store of validation data that the last document timestamp covers. */
  readonly archived: ValidationStore;
};

/** The newest revision; where bytes that are none follow the last one, without these. Throws `UnreadableError`. */
export function openNewest(source: ByteSource): PdfFile {
  try {
    return openPdf(source);
  } catch (error) {
    if (!(error instanceof UnreadableError) || error.code !== "truncated") throw error;
    const end = lastEndMark(source);
    if (end === null) throw error;
    return openPdf(prefixOf(source, end));
  }
}

/** Opens each signed revision in turn, two at a time, and compares it with the one before. */
export async function readRevisions(
  source: ByteSource,
  newest: PdfFile,
  found: readonly FoundSignature[],
): Promise<Revisions> {
  const seals: Seal[] = [];
  const steps: UpdateChange[] = [];
  let before: PdfFile | null = null;
  let stamped: PdfFile | null = null;
  const ends = new Set(found.flatMap(({ range }) => range?.end ?? []));
  let beyond: readonly number[] = [];
  for (const each of found) {
    const revision: PdfFile | null = each.range ? openRevision(source, each.range.end, newest.work) : null;
    const facts = readFacts(each, revision, newest);
    if (seals.length > 0) steps.push(await changeIn(before, revision, beyond, ends));
    else if (revision) beyond = numbersBeyond(revision);
    seals.push({
      found: each,
      facts,
      ownRevision: revision !== null,
      cms: readCms(facts.subFilter, facts.contents),
    });
    if (revision && facts.kind === "doc-timestamp") stamped = revision;
    before = revision;
    await breathe();
  }
  if (seals.length > 0) steps.push(await changeToEnd(before, newest, source.size, beyond, ends));
  return { seals, steps, archived: stamped ? readStore(stamped) : EMPTY_STORE };
}

async function changeIn(
  before: PdfFile | null,
  after: PdfFile | null,
  beyond: readonly number[],
  ends: ReadonlySet<number>,
): Promise<UpdateChange> {
  if (!before || !after || comesToLife(after, beyond)) return OTHER_CHANGE;
  return await changeBetween(before, after, ends);
}

const NO_CHANGE: UpdateChange = { worst: "none", fields: new Set() };

/** What follows the last signature. Bytes that belong to no revision are a change, whatever they are. */
async function changeToEnd(
  last: PdfFile | null,
  newest: PdfFile,
  size: number,
  beyond: readonly number[],
  ends: ReadonlySet<number>,
): Promise<UpdateChange> {
  if (last?.source.size === size) return NO_CHANGE;
  const change = await changeIn(last, newest, beyond, ends);
  const strayed = newest.trailingBytes > 0 || newest.source.size < size || change.worst === "none";
  return strayed ? OTHER_CHANGE : change;
}
