/**
 * Finds the chain from a certificate to a root, and checks every link of it (RFC 5280 §6.1, without policies and
 * name constraints: a certificate that has critical ones is refused).
 *
 * @module
 */
import type { Instant } from "../domain/instant.ts";
import { isSignedBy } from "./cms_algorithm.ts";
import type { Bytes } from "./der.ts";
import { sameBytes } from "./der_values.ts";
import { type Certificate, isSelfIssued, isValidAt } from "./x509.ts";

/** Most certificates of a chain. */
const MAX_LENGTH = 8;

/** Most signatures checked for one chain, so that a bag of look-alike certificates costs little. */
const MAX_CHECKS = 64;

/** How many signatures may still be checked, for all chains that share it: one file may hold hundreds of bags. */
export type ChecksLeft = { checks: number };

/** Whether `issuer` signed `certificate`, and had the right to. Validity in time is another question. */
export function isIssuedBy(certificate: Certificate, issuer: Certificate): boolean {
  return mayHaveIssued(issuer, certificate) &&
    isSignedBy(issuer.publicKey, certificate.algorithm, certificate.tbs, certificate.signature);
}

function mayHaveIssued(issuer: Certificate, certificate: Certificate): boolean {
  const keyIdsDiffer = certificate.authorityKeyId !== null && issuer.subjectKeyId !== null &&
    certificate.authorityKeyId !== issuer.subjectKeyId;
  return !keyIdsDiffer && sameBytes(issuer.subject.der, certificate.issuer.der) && issuer.isAuthority &&
    (issuer.keyUse === null || issuer.keyUse.has("keyCertSign"));
}

/**
 * The chain from `leaf` (first) to one of `roots` (last) through certificates of `pool`, all valid at `at`; null
 * when there is none. A root is trusted for itself: neither its signature nor its dates are looked at.
 */
export function chainTo(
  roots: readonly Certificate[],
  leaf: Certificate,
  pool: readonly Certificate[],
  at: Instant,
  left: ChecksLeft = { checks: MAX_CHECKS },
): readonly Certificate[] | null {
  const isRoot = (each: Certificate) => roots.some((root) => sameBytes(root.der, each.der));
  return within(
    left,
    (budget) =>
      search([leaf], [...roots, ...pool], budget, isRoot, (each) => isRoot(each) || isSound(each, at)),
  );
}

/** The chain from `leaf` upwards as far as `pool` knows it, whoever is trusted and whatever the time. */
export function chainWithin(
  pool: readonly Certificate[],
  leaf: Certificate,
  left: ChecksLeft = { checks: MAX_CHECKS },
): readonly Certificate[] {
  return within(left, (budget) => longestChain(pool, leaf, budget));
}

/** The certificates above `leaf` as far as `pool` knows them, nearest first, DER: the chain of a `Signer`. */
export function issuersWithin(pool: readonly Certificate[], leaf: Certificate): readonly Bytes[] {
  return chainWithin(pool, leaf).slice(1).map(({ der }) => der);
}

/** Runs a search with what one chain may take of the checks that are left for all. */
function within<T>(left: ChecksLeft, find: (budget: ChecksLeft) => T): T {
  const granted = Math.min(MAX_CHECKS, left.checks);
  const budget = { checks: granted };
  const found = find(budget);
  left.checks -= granted - Math.max(0, budget.checks);
  return found;
}

function longestChain(
  pool: readonly Certificate[],
  leaf: Certificate,
  budget: ChecksLeft,
): readonly Certificate[] {
  const whole = search([leaf], pool, budget, isSelfIssued, () => true);
  if (whole) return whole;
  const chain = [leaf];
  for (let next = leaf; chain.length < MAX_LENGTH && budget.checks > 0;) {
    const issuer = pool.find((each) =>
      !chain.includes(each) && budget.checks-- > 0 && isIssuedBy(next, each)
    );
    if (!issuer) break;
    chain.push(issuer);
    next = issuer;
  }
  return chain;
}

function isSound(certificate: Certificate, at: Instant): boolean {
  return isValidAt(certificate, at) && certificate.unknownCritical.length === 0;
}

/** Depth first over all that may have issued the last of `chain`, until one is the end. */
function search(
  chain: readonly Certificate[],
  pool: readonly Certificate[],
  budget: ChecksLeft,
  isEnd: (certificate: Certificate) => boolean,
  accepts: (certificate: Certificate) => boolean,
): readonly Certificate[] | null {
  const last = chain.at(-1)!;
  if (!accepts(last)) return null;
  if (isEnd(last)) return chain;
  if (chain.length === MAX_LENGTH) return null;
  for (const issuer of pool) {
    if (chain.some((each) => sameBytes(each.der, issuer.der)) || !mayHaveIssued(issuer, last)) continue;
    // RFC 5280 §4.2.1.9: self-issued authorities below do not count.
    const below = chain.slice(1).filter((each) => !isSelfIssued(each)).length;
    if (issuer.pathLength !== null && below > issuer.pathLength) continue;
    if (budget.checks-- <= 0) return null;
    if (!isIssuedBy(last, issuer)) continue;
    const found = search([...chain, issuer], pool, budget, isEnd, accepts);
    if (found) return found;
  }
  return null;
}
