/**
 * Tells the officer that what seals have to be put on for takes too long (R27).
 *
 * @module
 */
import type { DelayCause, SealStep } from "../domain/case.ts";
import { epochMs } from "../domain/instant.ts";
import type { DueEntry } from "../due/due_index.ts";
import { PortError } from "../ports.ts";
import { act } from "./act.ts";
import { daysLeft, watchedCertificates } from "./certificate_expiry.ts";
import { now, type World } from "./world.ts";

/** How long a seal may wait before the officer is told, in ms (10 minutes). */
const DELAY_TOLD_AFTER_MS = 10 * 60_000;

/**
 * Tells once when the step that a due entry is for has waited too long, and at once when waiting alone does not mend
 * what failed.
 */
export async function reportDelay(
  world: World,
  { subject: number, firstAt }: DueEntry,
  step: SealStep,
  error: unknown,
): Promise<void> {
  const at = now(world);
  const cause = causeOf(world, error);
  if (cause === null && epochMs(at) - epochMs(firstAt) < DELAY_TOLD_AFTER_MS) return;
  await act(world, number, { do: "reportDelay", at, step, ...cause && { cause } });
}

/** A certificate of the signer's that has ended, or is told to be revoked. */
function causeOf({ signer, clock }: World, error: unknown): DelayCause | null {
  const isRevoked = error instanceof PortError && error.code === "refused" && !error.retryable;
  const left = daysLeft(watchedCertificates({ signer, tsaChain: [] }, clock.now()), "signer") ?? 0;
  return isRevoked || left < 0 ? "certificate" : null;
}
