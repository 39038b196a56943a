/**
 * Weighs changes of a signed PDF against one another.
 *
 * @module
 */
import type { RevisionChange } from "./verification_report.ts";

/** Changes from the lightest to the gravest. */
const GRAVITY: readonly RevisionChange[] = [
  "none",
  "validation-data",
  "signatures",
  "metadata",
  "form-fields",
  "other",
];

/** The graver of two changes. */
export function graver(a: RevisionChange, b: RevisionChange): RevisionChange {
  return GRAVITY.indexOf(a) >= GRAVITY.indexOf(b) ? a : b;
}
