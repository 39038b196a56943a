/**
 * The one word for a whole file, out of what was found of each signature.
 *
 * @module
 */
import type { RevisionReport, Verdict } from "./verification_report.ts";
import { isBroken } from "./verify_gravity.ts";

/**
 * The verdict. Ours are the signatures that lead to a trusted root; what others signed before the first of them is
 * part of the document that ours vouch for. From there on every signature must be whole and trusted, and nothing
 * may have been added that is not allowed.
 */
export function verdictOf(revisions: readonly RevisionReport[]): Verdict {
  // A timestamp vouches for when, and for nobody: it makes nobody's signature trusted.
  const first = revisions.findIndex((each) => each.kind === "signature" && each.trusted);
  if (first < 0) {
    if (revisions.some(({ faults }) => isBroken(faults))) return "tampered";
    return revisions.some(({ kind }) => kind === "signature") ? "not-ours" : "unsigned";
  }
  const ours = revisions.slice(first);
  if (ours.some(({ faults }) => isBroken(faults))) return "tampered";
  if (ours.some((each) => each.kind === "signature" && !each.trusted)) return "changed-after";
  const [earliest] = ours;
  // What an earlier signature forbids, it forbids whoever came after it.
  const forbidden = revisions.some(({ faults }) => faults.includes("forbidden_change"));
  if (forbidden || !earliest?.changeAllowed) return "changed-after";
  const doubtful = ours.some(({ faults }) =>
    faults.includes("untrusted_timestamp") || faults.includes("weak_timestamp")
  );
  return ours.every((each) => each.trusted && each.intact) && !doubtful ? "valid" : "not-ours";
}
