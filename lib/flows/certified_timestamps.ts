/**
 * The timestamps in an executed document, for the 合意締結証明書 (R31): the times of a third party, apart from those
 * at which people acted.
 *
 * @module
 */
import type { SealedDocument, SealStep } from "../domain/case.ts";
import { jstDateTime } from "../domain/instant.ts";
import { partyLabel } from "../letters/words.ts";
import type { VerificationReport } from "../pades/verification_report.ts";
import { verifyPdf } from "../pades/verify.ts";
import type { CertifiedTimestamp } from "../pdf/certificate.ts";
import { openDocument } from "./seal.ts";
import { now, type World } from "./world.ts";

/** The timestamps of one document and, if it has a document timestamp, who gave that. */
export type TimestampsFound = {
  readonly timestamps: readonly CertifiedTimestamp[];
  readonly authority: string;
};

/** Reads them out of the document itself. Throws `PortError`. */
export async function certifiedTimestamps(world: World, document: SealedDocument): Promise<TimestampsFound> {
  const source = await openDocument(world.blobs, document);
  try {
    const report = await verifyPdf(source, { trustRoots: world.trustRoots, at: now(world) });
    return timestampsIn(report, document.tails.map(({ step }) => step));
  } finally {
    source.close();
  }
}

/** Our seals are the last in a file, in the order of their steps; what others signed before is not ours to tell. */
function timestampsIn({ revisions }: VerificationReport, steps: readonly SealStep[]): TimestampsFound {
  const sealing = steps.filter((step) => step !== "DSS");
  const ours = revisions.slice(-sealing.length);
  const timestamps = ours.flatMap(({ kind, at, timestamp }, index) => {
    const time = kind === "doc-timestamp" ? at : timestamp;
    return time === null ? [] : [{ on: wordsFor(sealing[index]!), at: jstDateTime(time) }];
  });
  const authority = ours.findLast(({ kind }) => kind === "doc-timestamp")?.who ?? "";
  return { timestamps, authority };
}

function wordsFor(step: SealStep): string {
  switch (step) {
    case "Sender":
      return "送信者の署名";
    case "Conclusion":
      return "締結の署名";
    case "DocTimeStamp":
      return "書類全体";
    default:
      return `${partyLabel(step)}の署名`;
  }
}
