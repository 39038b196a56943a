/**
 * The update that renews a document timestamp (R28; ETSI EN 319 142-1 §5.5), and what is asked of the result.
 *
 * @module
 */
import type { SealStep } from "../domain/case.ts";
import { sealDocTimestamp } from "../pades/doc_timestamp.ts";
import type { ValidationData } from "../pades/dss.ts";
import { collectRenewalData, type NewestTimestamp } from "../pades/renewal_data.ts";
import type { SealTail } from "../pades/seal_tail.ts";
import { tokenReserve } from "../pades/sign_cades.ts";
import { verifyPdf } from "../pades/verify.ts";
import { type ByteSource, PortError } from "../ports.ts";
import { now, type World } from "./world.ts";

/** A file whose timestamp is renewed. */
export type StampedFile = {
  readonly source: ByteSource;
  /** The name of the new timestamp's field. */
  readonly step: SealStep;
  readonly newest: NewestTimestamp;
};

/** Makes the update: validation data for the newest timestamp, and the next one. Throws `PortError`. */
export async function stampAgain(
  world: World,
  { source, step, newest }: StampedFile,
  signal: AbortSignal,
): Promise<SealTail> {
  const { signer, tsa } = world;
  const validationData = await dataFor(world, source, newest, signal);
  const request = { field: step, reserveBytes: tokenReserve(signer), validationData };
  return await sealDocTimestamp(source, request, (digest) => tsa.timestamp(digest, signal));
}

/** Once a certificate has ended, its authority may say no more about it: then it is renewed without. */
async function dataFor(
  world: World,
  source: ByteSource,
  { chain, endsAt }: NewestTimestamp,
  signal: AbortSignal,
): Promise<ValidationData> {
  const { revocation, trustRoots, log } = world;
  try {
    return await collectRenewalData({ source, revocation, known: trustRoots, signal });
  } catch (error) {
    if (!(error instanceof PortError) || now(world) < endsAt) throw error;
    log.warn("renewal_without_revocation_data", { code: error.code });
    return { certificates: chain.map(({ der }) => der), ocsps: [], crls: [] };
  }
}

/**
 * What was valid must stay so. What was not, since it is renewed too late or its authority is no longer known
 * here, must have got a timestamp that is. Throws `PortError`, retryable, where that is not so.
 */
export async function assertRenewed(world: World, before: ByteSource, renewed: ByteSource): Promise<void> {
  const options = { trustRoots: world.trustRoots, at: now(world) };
  const { verdict, revisions } = await verifyPdf(renewed, options);
  if (verdict === "valid") return;
  const last = revisions.at(-1);
  const stamped = last?.intact && last.trusted && last.covers === "whole-file";
  const wasValid = (await verifyPdf(before, options)).verdict === "valid";
  if (verdict === "not-ours" && stamped && !wasValid) return;
  throw new PortError("corrupt", `Cannot renew the timestamp: the result is "${verdict}"`, {
    retryable: true,
  });
}
