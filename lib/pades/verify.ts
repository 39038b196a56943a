/**
 * Verifies a PDF (R39): what is signed, whether it is unchanged, by whom and when, and what was added after. Bytes
 * are read in pieces, never all at once; nothing in a file makes it throw.
 *
 * @module
 */
import type { Instant } from "../domain/instant.ts";
import { UnreadableError } from "../domain/unreadable.ts";
import type { ByteSource } from "../ports.ts";
import type { RevocationData } from "../signing_ports.ts";
import { breathe } from "../pdf/breathe.ts";
import type { HashName } from "./oids.ts";
import type { RevisionFault, RevisionReport, VerificationReport } from "./verification_report.ts";
import { checkCms, NOTHING_CHECKED } from "./verify_cms.ts";
import { digestRanges } from "./verify_digests.ts";
import { lastSignatures } from "./verify_fields.ts";
import { isIntact, isWorthwhile } from "./verify_gravity.ts";
import { openNewest, readRevisions, type Seal } from "./verify_revisions.ts";
import { ChainJudge, readStore, type ValidationStore } from "./verify_store.ts";
import { type Aftermath, judgeAftermath } from "./verify_aftermath.ts";
import { type Checked, judgeTrust, type Trust } from "./verify_trust.ts";
import { verdictOf } from "./verify_verdict.ts";
import { type Certificate, readCertificate } from "./x509.ts";

/** Whom to trust, and the present moment. */
export type VerifyOptions = {
  /** Root certificates, DER. */
  readonly trustRoots: readonly Uint8Array<ArrayBuffer>[];
  readonly at: Instant;
  /** Revocation data besides what the file holds. */
  readonly revocation?: RevocationData;
};

const UNREADABLE: VerificationReport = { verdict: "unreadable", revisions: [], uncoveredBytes: 0 };

/**
 * Verifies a PDF. Throws `PortError` when its bytes can't be read, never for what they say; `UnreadableError` when
 * a root is no certificate.
 */
export async function verifyPdf(source: ByteSource, options: VerifyOptions): Promise<VerificationReport> {
  const roots = options.trustRoots.map(readCertificate);
  try {
    return await verify(source, roots, options);
  } catch (error) {
    if (error instanceof UnreadableError) return UNREADABLE;
    throw error;
  }
}

async function verify(
  source: ByteSource,
  roots: readonly Certificate[],
  { at, revocation }: VerifyOptions,
): Promise<VerificationReport> {
  const newest = openNewest(source);
  const found = lastSignatures(newest);
  // What is cut off may have been a signature: such a file is damaged, not unsigned.
  if (found.length === 0 && newest.source.size < source.size) return UNREADABLE;
  await breathe();
  const { seals, steps, archived } = await readRevisions(source, newest, found);
  const store = withData(readStore(newest), revocation);
  const pool = poolOf(seals, store);
  const checked = await checkSeals(source, seals, pool);
  const trusts = judgeTrust(checked, {
    roots,
    pool,
    at,
    judge: new ChainJudge(store),
    archived: new ChainJudge(archived),
  });
  const trusted = trusts.map((trust, index) => trust.trusted && isWorthwhile(checked[index]!.checked.faults));
  const aftermaths = judgeAftermath(
    steps,
    seals.map(({ facts }, index) => ({
      permissions: facts.permissions,
      intact: checked[index]!.intact,
      trusted: trusted[index]!,
    })),
  );
  const revisions = seals.map((seal, index) =>
    reportOf(
      seal,
      checked[index]!,
      { ...trusts[index]!, trusted: trusted[index]! },
      aftermaths[index]!,
      source.size,
    )
  );
  const end = Math.max(0, ...seals.map(({ found: { range } }) => range?.end ?? 0));
  return {
    verdict: verdictOf(revisions),
    revisions,
    uncoveredBytes: seals.length > 0 ? source.size - end : 0,
  };
}

function withData(store: ValidationStore, more: RevocationData | undefined): ValidationStore {
  if (!more) return store;
  return { ...store, ocsps: [...store.ocsps, ...more.ocsps], crls: [...store.crls, ...more.crls] };
}

function poolOf(seals: readonly Seal[], store: ValidationStore): Certificate[] {
  const pool = new Map<string, Certificate>();
  const add = (certificates: readonly Certificate[]) => {
    for (const each of certificates) pool.set(each.der.toHex(), each);
  };
  add(store.certificates);
  for (const { cms } of seals) {
    if ("fault" in cms) continue;
    const signed = cms.signed ?? cms.token?.signed;
    add(signed?.certificates ?? []);
  }
  return [...pool.values()];
}

async function checkSeals(
  source: ByteSource,
  seals: readonly Seal[],
  pool: readonly Certificate[],
): Promise<Checked[]> {
  const names = new Set<HashName>(seals.flatMap(({ cms }) => "fault" in cms ? [] : cms.hashes));
  const digests = await digestRanges(source, seals.map(({ found }) => found.range), names);
  const list: Checked[] = [];
  for (const [index, { facts, cms }] of seals.entries()) {
    const digest = digests[index];
    const faults: RevisionFault[] = [...facts.faults];
    if ("fault" in cms) faults.push(cms.fault);
    else if (cms.hiddenBytes) faults.push("hidden_bytes");
    if (!digest) faults.push("bad_byte_range");
    const found = digest && !("fault" in cms) ? checkCms(cms, digest, pool) : NOTHING_CHECKED;
    const all = [...new Set([...faults, ...found.faults])];
    list.push({
      checked: { ...found, faults: all },
      intact: isIntact(all),
      token: "fault" in cms ? null : cms.token,
      isPades: facts.subFilter === "ETSI.CAdES.detached" && found.names && isWorthwhile(all),
    });
    await breathe();
  }
  return list;
}

function reportOf(
  { found, facts, ownRevision }: Seal,
  { checked, intact, token }: Checked,
  trust: Trust,
  { changedAfter, allowed, forbidden }: Aftermath,
  size: number,
): RevisionReport {
  const forbids: RevisionFault[] = forbidden ? ["forbidden_change"] : [];
  return {
    field: facts.field,
    kind: facts.kind,
    reason: facts.reason,
    who: checked.certificate?.subject.commonName ?? null,
    at: trust.timestamp ?? facts.claimedAt ?? checked.claimedAt ?? token?.info.at ?? null,
    timestamp: trust.timestamp,
    existedAt: trust.existedAt,
    level: trust.level,
    intact,
    trusted: trust.trusted,
    covers: !ownRevision || !found.range
      ? "part"
      : found.range.end === size
      ? "whole-file"
      : "whole-revision",
    changedAfter,
    changeAllowed: allowed,
    faults: [...new Set([...checked.faults, ...trust.faults, ...forbids])],
  };
}
