/**
 * The one word for a whole file, out of what was found of each signature.
 *
 * @module
 */
import type { RevisionReport, Verdict } from "./verification_report.ts";

/**
 * The verdict. Ours are the signatures that lead to a trusted root; what others signed before the first of them is
 * part of the document that ours vouch for. From there on every signature must be whole and trusted, and nothing
 * but signatures and validation data may have been added.
 */
export function verdictOf(revisions: readonly RevisionReport[]): Verdict {
  if (revisions.length === 0) return "unsigned";
  const first = revisions.findIndex((each) => each.trusted);
  if (first < 0) return revisions.some((each) => !each.intact) ? "tampered" : "not-ours";
  const ours = revisions.slice(first);
  if (ours.some((each) => !each.intact)) return "tampered";
  if (ours.some((each) => each.kind === "signature" && !each.trusted)) return "changed-after";
  const [earliest] = ours;
  const changed = earliest !== undefined &&
    !["none", "validation-data", "signatures"].includes(earliest.changedAfter);
  if (changed) return "changed-after";
  return ours.every((each) => each.trusted && !each.faults.includes("untrusted_timestamp"))
    ? "valid"
    : "not-ours";
}
