/**
 * Judges a PDF that anyone may hand in (R39): what its signatures say, and whether it is on record here. Nothing
 * of it is kept.
 *
 * @module
 */
import type { VerificationReport } from "../pades/verification_report.ts";
import { verifyPdf } from "../pades/verify.ts";
import type { ByteSource, Sha256 } from "../ports.ts";
import { executedCase } from "./executed_index.ts";
import { now, type World } from "./world.ts";

/** What was found. */
export type VerifiedUpload = {
  readonly report: VerificationReport;
  /** Hexadecimal SHA-256 of the whole file. */
  readonly sha256: Sha256;
  /** Whether it is, byte for byte, an executed PDF or a certificate of this service. */
  readonly onRecord: boolean;
  /** Whether a newer version, with a renewed timestamp (R28), is on record besides this one. */
  readonly renewedSince: boolean;
};

/** Judges a file whose SHA-256 is known. Throws `PortError` when the record can't be asked. */
export async function verifyUpload(
  world: World,
  source: ByteSource,
  sha256: Sha256,
): Promise<VerifiedUpload> {
  const record = await executedCase(world.store, sha256);
  const report = await verifyPdf(source, { trustRoots: world.trustRoots, at: now(world) });
  return { report, sha256, onRecord: record !== null, renewedSince: record?.current === false };
}
