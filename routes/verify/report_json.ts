/**
 * A report as programs get it.
 *
 * @module
 */
import type { VerifiedUpload } from "../../lib/flows/verify_upload.ts";
import type { RevisionReport, Verdict } from "../../lib/pades/verification_report.ts";

/** One signature or document timestamp. */
export type RevisionJson = Pick<
  RevisionReport,
  "field" | "reason" | "who" | "at" | "level" | "intact" | "timestamp" | "covers"
>;

/** The whole answer. */
export type ReportJson = {
  readonly verdict: Verdict;
  readonly revisions: readonly RevisionJson[];
  readonly onRecord: boolean;
};

/** Leaves of a report what others may rely on. */
export function reportJson({ report, onRecord }: VerifiedUpload): ReportJson {
  const revisions = report.revisions.map(
    ({ field, reason, who, at, level, intact, timestamp, covers }) => ({
      field,
      reason,
      who,
      at,
      level,
      intact,
      timestamp,
      covers,
    }),
  );
  return { verdict: report.verdict, revisions, onRecord };
}
