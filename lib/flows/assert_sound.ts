/**
 * Nothing that we sealed is kept before our own verifier has found it whole.
 *
 * @module
 */
import { verifyPdf } from "../pades/verify.ts";
import { type ByteSource, PortError } from "../ports.ts";
import { now, type World } from "./world.ts";

/** Throws `PortError`, retryable, unless every revision of a sealed file is whole and ours. */
export async function assertSound(world: World, sealed: ByteSource): Promise<void> {
  const report = await verifyPdf(sealed, { trustRoots: world.trustRoots, at: now(world) });
  if (report.verdict === "valid") return;
  throw new PortError("corrupt", `Cannot seal: the result is "${report.verdict}"`, { retryable: true });
}
