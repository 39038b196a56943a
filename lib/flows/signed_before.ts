/**
 * What others signed in a contract before it came here (R13): their signatures are kept, so the officer should know
 * of a broken one, and nothing can be sealed over what one of them forbids.
 *
 * @module
 */
import { verifyPdf } from "../pades/verify.ts";
import type { UploadCheck } from "../pdf/upload_check.ts";
import type { ByteSource } from "../ports.ts";
import { now, type World } from "./world.ts";

/** The check of a file with what its signatures add: a warning, or the refusal `docmdp_locked`. */
export async function heedSignatures(
  world: World,
  source: ByteSource,
  check: UploadCheck,
): Promise<UploadCheck> {
  if (!check.ok || !check.warnings.includes("already_signed")) return check;
  const { revisions } = await verifyPdf(source, { trustRoots: world.trustRoots, at: now(world) });
  if (revisions.some(({ faults }) => faults.includes("forbidden_change"))) {
    return { ok: false, fault: "docmdp_locked" };
  }
  if (revisions.every(({ intact, changeAllowed }) => intact && changeAllowed)) return check;
  return { ...check, warnings: [...check.warnings, "signature_broken"] };
}
