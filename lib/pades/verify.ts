/**
 * Verifies a PDF (R39): what is signed, whether it is unchanged, by whom and when, and what was added after. Bytes
 * are read in pieces, never all at once; nothing in a file makes it throw.
 *
 * @module
 */
import type { Instant } from "../domain/instant.ts";
import { UnreadableError } from "../domain/unreadable.ts";
import { prefixOf } from "../pdf/byte_source.ts";
import { openPdf, type PdfFile } from "../pdf/pdf_file.ts";
import type { ByteSource } from "../ports.ts";
import type { HashName } from "./oids.ts";
import type {
  RevisionChange,
  RevisionFault,
  RevisionReport,
  VerificationReport,
} from "./verification_report.ts";
import { changeBetween } from "./verify_changes.ts";
import { checkCms, type CheckedCms, hasHiddenBytes, type ReadCms, readCms } from "./verify_cms.ts";
import { digestRanges } from "./verify_digests.ts";
import {
  type FoundSignature,
  lastSignatures,
  openRevision,
  readFacts,
  type SignatureFacts,
} from "./verify_fields.ts";
import { lastEndMark } from "./verify_ends.ts";
import { graver } from "./verify_gravity.ts";
import { ChainJudge, EMPTY_STORE, readable, readStore, type ValidationStore } from "./verify_store.ts";
import { comesToLife, numbersBeyond } from "./verify_touched.ts";
import { type Checked, judgeTrust, type Trust } from "./verify_trust.ts";
import { verdictOf } from "./verify_verdict.ts";
import { type Certificate, readCertificate } from "./x509.ts";

/** Whom to trust, and the present moment. */
export type VerifyOptions = {
  /** Root certificates, DER. */
  readonly trustRoots: readonly Uint8Array<ArrayBuffer>[];
  readonly at: Instant;
};

const UNREADABLE: VerificationReport = { verdict: "unreadable", revisions: [], uncoveredBytes: 0 };

/**
 * Verifies a PDF. Throws `PortError` when its bytes can't be read, never for what they say; `UnreadableError` when
 * a root is no certificate.
 */
export async function verifyPdf(source: ByteSource, options: VerifyOptions): Promise<VerificationReport> {
  const roots = options.trustRoots.map(readCertificate);
  try {
    return await verify(source, roots, options.at);
  } catch (error) {
    if (error instanceof UnreadableError) return UNREADABLE;
    throw error;
  }
}

/** A signature with its revision compared to what follows. */
type Seal = {
  readonly found: FoundSignature;
  readonly facts: SignatureFacts;
  readonly ownRevision: boolean;
  readonly cms: ReadCms | null;
};

/** The newest revision; where bytes that are none follow the last one, without these. */
function openNewest(source: ByteSource): PdfFile {
  try {
    return openPdf(source);
  } catch (error) {
    if (!(error instanceof UnreadableError) || error.code !== "truncated") throw error;
    const end = lastEndMark(source);
    if (end === null) throw error;
    return openPdf(prefixOf(source, end));
  }
}

async function verify(
  source: ByteSource,
  roots: readonly Certificate[],
  at: Instant,
): Promise<VerificationReport> {
  const newest = openNewest(source);
  const found = lastSignatures(newest);
  const { seals, changes, archived } = readRevisions(source, newest, found);
  const store = readStore(newest);
  const checked = await checkSeals(source, seals, store);
  const trusts = judgeTrust(checked, {
    roots,
    pool: poolOf(seals, store),
    at,
    judge: new ChainJudge(store),
    archived: new ChainJudge(archived),
  });
  const revisions = seals.map((seal, index) =>
    reportOf(seal, checked[index]!, trusts[index]!, changes[index]!, source.size)
  );
  const end = Math.max(0, ...seals.map(({ found: { range } }) => range?.end ?? 0));
  return {
    verdict: verdictOf(revisions),
    revisions,
    uncoveredBytes: seals.length > 0 ? source.size - end : 0,
  };
}

/**
 * Opens each signed revision in turn, two at a time, and compares it with the one before. `changes` holds for each
 * signature the gravest of all that came after it; `archived` is the store that the last document timestamp covers.
 */
function readRevisions(source: ByteSource, newest: PdfFile, found: readonly FoundSignature[]) {
  const seals: Seal[] = [];
  const steps: RevisionChange[] = [];
  let before: PdfFile | null = null;
  let stamped: PdfFile | null = null;
  const ends = new Set(found.flatMap(({ range }) => range?.end ?? []));
  let beyond: readonly number[] = [];
  for (const each of found) {
    const revision: PdfFile | null = each.range ? openRevision(source, each.range.end) : null;
    const facts = readFacts(each, revision, newest);
    if (seals.length > 0) steps.push(changeIn(before, revision, beyond, ends));
    else if (revision) beyond = numbersBeyond(revision);
    seals.push({
      found: each,
      facts,
      ownRevision: revision !== null,
      cms: readCms(facts.kind, facts.contents),
    });
    if (revision && facts.kind === "doc-timestamp") stamped = revision;
    before = revision;
  }
  if (seals.length > 0) steps.push(changeToEnd(before, newest, source.size, beyond, ends));
  const changes = steps.map((_, index) => steps.slice(index).reduce(graver));
  return { seals, changes, archived: stamped ? readStore(stamped) : EMPTY_STORE };
}

function changeIn(
  before: PdfFile | null,
  after: PdfFile | null,
  beyond: readonly number[],
  ends: ReadonlySet<number>,
): RevisionChange {
  if (!before || !after || comesToLife(after, beyond)) return "other";
  return changeBetween(before, after, ends);
}

/** What follows the last signature. Bytes that belong to no revision are a change, whatever they are. */
function changeToEnd(
  last: PdfFile | null,
  newest: PdfFile,
  size: number,
  beyond: readonly number[],
  ends: ReadonlySet<number>,
): RevisionChange {
  if (last?.source.size === size) return "none";
  const change = changeIn(last, newest, beyond, ends);
  const strayed = newest.trailingBytes > 0 || newest.source.size < size || change === "none";
  return strayed ? "other" : change;
}

function poolOf(seals: readonly Seal[], store: ValidationStore): Certificate[] {
  const pool = new Map<string, Certificate>();
  const add = (certificates: readonly Certificate[]) => {
    for (const each of certificates) pool.set(each.der.toHex(), each);
  };
  add(store.certificates);
  for (const { cms } of seals) {
    const signed = cms?.signed ?? cms?.token?.signed;
    add(signed?.certificates ?? []);
  }
  return [...pool.values()];
}

const NOTHING_CHECKED: CheckedCms = { faults: [], certificate: null, timestamps: [], names: false };

async function checkSeals(
  source: ByteSource,
  seals: readonly Seal[],
  store: ValidationStore,
): Promise<Checked[]> {
  const names = new Set<HashName>(seals.flatMap(({ cms }) => cms?.hashes ?? []));
  const digests = await digestRanges(source, seals.map(({ found }) => found.range), names);
  const pool = poolOf(seals, store);
  return seals.map(({ facts, cms }, index) => {
    const digest = digests[index];
    const faults: RevisionFault[] = [];
    if (!cms) faults.push("unreadable_cms");
    else if (readable(() => hasHiddenBytes(facts.contents)) !== false) faults.push("hidden_bytes");
    if (!digest) faults.push("bad_byte_range");
    const found = cms && digest ? checkCms(cms, digest, pool) : NOTHING_CHECKED;
    const all = [...new Set([...facts.faults, ...faults, ...found.faults])];
    return {
      checked: { ...found, faults: all },
      intact: all.every((fault) => fault === "wrong_usage"),
      token: cms?.token ?? null,
      isPades: facts.subFilter === "ETSI.CAdES.detached" && found.names,
    };
  });
}

function reportOf(
  { found, facts, ownRevision }: Seal,
  { checked, intact, token }: Checked,
  trust: Trust,
  changedAfter: RevisionChange,
  size: number,
): RevisionReport {
  return {
    field: facts.field,
    kind: facts.kind,
    reason: facts.reason,
    who: checked.certificate?.subject.commonName ?? null,
    at: trust.timestamp ?? facts.claimedAt ?? token?.info.at ?? null,
    timestamp: trust.timestamp,
    level: trust.level,
    intact,
    trusted: trust.trusted && !checked.faults.includes("wrong_usage"),
    covers: !ownRevision || !found.range
      ? "part"
      : found.range.end === size
      ? "whole-file"
      : "whole-revision",
    changedAfter,
    faults: [...new Set([...checked.faults, ...trust.faults])],
  };
}
