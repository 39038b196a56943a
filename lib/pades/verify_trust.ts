/**
 * Whom to trust, and as of when. Each timestamp that is itself trusted proves that all before it existed then, so
 * the signatures are gone through from the last to the first, and the proven time moves back (ETSI EN 319 102-1
 * §5.6.3, in the order that PDF revisions give for free).
 *
 * @module
 */
import type { Instant } from "../domain/instant.ts";
import type { TimestampToken } from "./timestamp_token.ts";
import type { PadesLevel, RevisionFault } from "./verification_report.ts";
import { type CheckedCms, signerOf } from "./verify_cms.ts";
import type { ChainJudge } from "./verify_store.ts";
import type { Certificate } from "./x509.ts";
import { chainTo, chainWithin, type ChecksLeft } from "./x509_chain.ts";

/** A signature or document timestamp that was checked for itself. */
export type Checked = {
  readonly checked: CheckedCms;
  /** Whether nothing speaks against signed bytes and signature. */
  readonly intact: boolean;
  /** Set for a document timestamp. */
  readonly token: TimestampToken | null;
  /** Whether its form is that of PAdES. */
  readonly isPades: boolean;
};

/** What is known besides the signatures. */
export type TrustFacts = {
  readonly roots: readonly Certificate[];
  readonly pool: readonly Certificate[];
  /** The present moment. */
  readonly at: Instant;
  /** By all validation data of the file. */
  readonly judge: ChainJudge;
  /** By the data that the last document timestamp covers. */
  readonly archived: ChainJudge;
};

/** Whether and why a signature is trusted. */
export type Trust = {
  readonly trusted: boolean;
  readonly faults: readonly RevisionFault[];
  /** The time that a trusted timestamp on it proves. */
  readonly timestamp: Instant | null;
  /** The earliest time that a later, trusted document timestamp proves. */
  readonly existedAt: Instant | null;
  readonly level: PadesLevel | null;
};

type Chain = readonly Certificate[];
type Found = { readonly chain: Chain } | { readonly fault: RevisionFault };

const earlier = (a: Instant, b: Instant): Instant => a < b ? a : b;

/** Most signatures on certificates that are checked for one file. */
const MAX_CHECKS = 4_096;

type BoundedFacts = TrustFacts & { readonly left: ChecksLeft };

/** Judges all signatures of a file, given in the order in which they were made. */
export function judgeTrust(items: readonly Checked[], known: TrustFacts): Trust[] {
  const facts = { ...known, left: { checks: MAX_CHECKS } };
  const trusts: Trust[] = [];
  let proven: Instant | null = null;
  for (const item of items.toReversed()) {
    const trust: Trust = item.token
      ? trustToken(item, item.token, proven, facts)
      : trustSignature(item, proven, facts);
    trusts.unshift(trust);
    const time: Instant | null = item.token && item.intact && trust.trusted ? trust.timestamp : null;
    if (time !== null) proven = proven === null ? time : earlier(proven, time);
  }
  return trusts;
}

function trustToken(
  item: Checked,
  token: TimestampToken,
  proven: Instant | null,
  facts: BoundedFacts,
): Trust {
  const found = chainOf(item.checked.certificate, proven ?? facts.at, facts);
  const trusted = "chain" in found;
  return {
    trusted,
    faults: trusted ? [] : [found.fault],
    timestamp: trusted && item.intact ? token.info.at : null,
    existedAt: proven,
    level: null,
  };
}

function trustSignature(item: Checked, proven: Instant | null, facts: BoundedFacts): Trust {
  const { checked, intact } = item;
  const faults: RevisionFault[] = [];
  const stamps: { time: Instant; chain: Chain }[] = [];
  for (const { token, sound } of checked.timestamps) {
    const found = chainOf(signerOf(token, facts.pool), proven ?? facts.at, facts);
    if ("fault" in found) faults.push("untrusted_timestamp");
    else if (sound) stamps.push({ time: token.info.at, chain: found.chain });
  }
  const timestamp = stamps.map(({ time }) => time).reduce<Instant | null>(
    (first, time) => first === null ? time : earlier(first, time),
    null,
  );
  const known = timestamp === null ? proven : proven === null ? timestamp : earlier(proven, timestamp);
  const found = chainOf(checked.certificate, known ?? facts.at, facts);
  const existedAt = proven;
  if ("fault" in found) {
    return { trusted: false, faults: [...faults, found.fault], timestamp, existedAt, level: null };
  }
  const chains = [{ time: known ?? facts.at, chain: found.chain }, ...stamps];
  const level = intact && item.isPades ? levelOf(known !== null, proven !== null, chains, facts) : null;
  return { trusted: true, faults, timestamp, existedAt, level };
}

/** ETSI EN 319 142-1 §6: B; T with a proven time; LT with all validation data; LTA with a timestamp over these. */
function levelOf(
  timed: boolean,
  archived: boolean,
  chains: readonly { readonly time: Instant; readonly chain: Chain }[],
  facts: BoundedFacts,
): PadesLevel {
  const known = (judge: ChainJudge) =>
    chains.every(({ chain, time }) => judge.statusOf(chain, time) === "good");
  if (!timed) return "B";
  if (!known(facts.judge)) return "T";
  return archived && known(facts.archived) ? "LTA" : "LT";
}

/** The chain of a certificate to a trusted root, every part of it good at `at`; or why there is none. */
function chainOf(certificate: Certificate | null, at: Instant, facts: BoundedFacts): Found {
  if (!certificate) return { fault: "untrusted" };
  const { roots, pool, left } = facts;
  const chain = chainTo(roots, certificate, pool, at, left);
  if (chain) return facts.judge.statusOf(chain, at) === "revoked" ? { fault: "revoked" } : { chain };
  const end = chainWithin([...roots, ...pool], certificate, left).at(-1);
  return { fault: roots.some((root) => end?.der.toHex() === root.der.toHex()) ? "expired" : "untrusted" };
}
