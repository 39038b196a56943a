/**
 * What came after each signature of a file, and whether the signatures before it allow that.
 *
 * @module
 */
import type { RevisionChange } from "./verification_report.ts";
import type { UpdateChange } from "./verify_account.ts";
import { graver } from "./verify_gravity.ts";
import { type CertifiedLevel, forbids, mayFollow, type Permissions } from "./verify_permissions.ts";

/** A signature, as far as what may follow it depends on it. */
export type Permitting = {
  readonly permissions: Permissions;
  readonly intact: boolean;
  readonly trusted: boolean;
};

/** What came after a signature. */
export type Aftermath = {
  /** The gravest of it. */
  readonly changedAfter: RevisionChange;
  /** Whether all of it may follow. */
  readonly allowed: boolean;
  /** Whether the signature itself forbids a part of it. */
  readonly forbidden: boolean;
};

/**
 * Judges what came after each signature.
 *
 * @param steps for each signature the change up to the next one, or to the end
 */
export function judgeAftermath(steps: readonly UpdateChange[], seals: readonly Permitting[]): Aftermath[] {
  let level: CertifiedLevel | null = null;
  const allowed = steps.map((step, index) => {
    // Only whom one trusts can allow more than usual; a certification is in force until the end.
    const seal = seals[index];
    const own = seal?.intact && seal.trusted ? seal.permissions.level : null;
    if (own !== null) level = level === null ? own : Math.min(level, own) as CertifiedLevel;
    return mayFollow(level, step);
  });
  return seals.map(({ permissions }, index) => {
    const after = steps.slice(index);
    const forbidden = after.some((step) => forbids(permissions, step));
    return {
      changedAfter: after.map(({ worst }) => worst).reduce(graver, "none"),
      allowed: !forbidden && allowed.slice(index).every((each) => each),
      forbidden,
    };
  });
}
