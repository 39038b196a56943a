/**
 * Weighs changes of a signed PDF, and what is wrong with its signatures.
 *
 * @module
 */
import type { RevisionChange, RevisionFault } from "./verification_report.ts";

/** Changes from the lightest to the gravest. */
const GRAVITY: readonly RevisionChange[] = [
  "none",
  "validation-data",
  "timestamps",
  "file-info",
  "signatures",
  "form-fields",
  "metadata",
  "other",
];

/** The graver of two changes. */
export function graver(a: RevisionChange, b: RevisionChange): RevisionChange {
  return GRAVITY.indexOf(a) >= GRAVITY.indexOf(b) ? a : b;
}

/** Faults that do not touch whether signed bytes and signature are whole. */
const BESIDE: ReadonlySet<RevisionFault> = new Set<RevisionFault>([
  "wrong_usage",
  "weak_algorithm",
  "weak_timestamp",
  "untrusted",
  "expired",
  "revoked",
  "untrusted_timestamp",
  "forbidden_change",
]);

/** Faults with which it can't be told. */
const UNTOLD: ReadonlySet<RevisionFault> = new Set<RevisionFault>([
  "unknown_algorithm",
  "unknown_format",
  "several_signers",
]);

/** Whether signed bytes and signature are known to be whole. */
export const isIntact = (faults: readonly RevisionFault[]): boolean =>
  faults.every((fault) => BESIDE.has(fault));

/** Whether signed bytes or signature are known to be damaged. */
export const isBroken = (faults: readonly RevisionFault[]): boolean =>
  faults.some((fault) => !BESIDE.has(fault) && !UNTOLD.has(fault));

/** Faults with which a signature proves nothing, whoever made it. */
const WORTHLESS: ReadonlySet<RevisionFault> = new Set<RevisionFault>([
  "wrong_usage",
  "weak_algorithm",
  "unknown_algorithm",
  "unknown_format",
  "several_signers",
]);

/** Whether a signature can prove anything at all. */
export const isWorthwhile = (faults: readonly RevisionFault[]): boolean =>
  !faults.some((fault) => WORTHLESS.has(fault));
