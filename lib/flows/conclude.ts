/**
 * The closing seals, alike for executed contracts and for the certificate of agreement: a PAdES-B-T signature
 * of the operator, the validation data, a document timestamp (R26; ETSI EN 319 142-1 §5.5: level B-LTA).
 *
 * @module
 */
import type { Instant } from "../domain/instant.ts";
import { addValidationData } from "../pades/dss.ts";
import { sealDocTimestamp } from "../pades/doc_timestamp.ts";
import { sealSignature, type SealTail } from "../pades/seal.ts";
import { cadesReserve, signCades, tokenReserve } from "../pades/sign_cades.ts";
import { collectValidationData } from "../pades/validation_data.ts";
import { concatenated, memorySource } from "../pdf/byte_source.ts";
import type { ByteSource } from "../ports.ts";
import type { World } from "./world.ts";

/** What the closing signature says. */
export type Conclusion = {
  readonly reason: string;
  readonly at: Instant;
  /** The signature fields that it locks. */
  readonly lockFields: readonly string[];
};

/** Signs in the operator's name, with a signature timestamp. */
export function sealConclusion(
  world: World,
  source: ByteSource,
  conclusion: Conclusion,
  signal: AbortSignal,
): Promise<SealTail> {
  const request = {
    field: "Conclusion",
    ...conclusion,
    signerName: world.settings.bot.name,
    reserveBytes: cadesReserve(world.signer, true),
  };
  const options = { timestamp: world.tsa, signal };
  return sealSignature(source, request, (digest) => signCades(digest, world.signer, options));
}

/** Adds certificates and fresh revocation data of the signer and of the timestamps (DSS). */
export async function appendValidationData(
  world: World,
  source: ByteSource,
  signal: AbortSignal,
): Promise<SealTail> {
  const { signer, revocation } = world;
  return addValidationData(source, await collectValidationData({ source, signer, revocation, signal }));
}

/** Puts the document timestamp on, which protects all before it. */
export function timestampDocument(world: World, source: ByteSource, signal: AbortSignal): Promise<SealTail> {
  const request = { field: "DocTimeStamp", reserveBytes: tokenReserve(world.signer) };
  return sealDocTimestamp(source, request, (digest) => world.tsa.timestamp(digest, signal));
}

/** All three closing seals on a file that is complete; the appended bytes in order. */
export async function concludeWhole(
  world: World,
  base: ByteSource,
  conclusion: Conclusion,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const tails: Uint8Array<ArrayBuffer>[] = [];
  const steps = [
    (source: ByteSource) => sealConclusion(world, source, conclusion, signal),
    (source: ByteSource) => appendValidationData(world, source, signal),
    (source: ByteSource) => timestampDocument(world, source, signal),
  ];
  for (const step of steps) {
    const tail = await step(concatenated([base, ...tails.map(memorySource)]));
    tails.push(tail.bytes);
  }
  return tails;
}
