/**
 * One PAdES B-B signature as the service makes it, from bytes in memory to bytes in memory.
 *
 * The whole signed file stands in an array of its own afterwards, as with other signers. That array is kept and
 * written over: fresh memory of 50 MB costs the system more than hashing them, and the service never needs any,
 * since it keeps a file as its base and what was appended.
 *
 * @module
 */
import { systemClock } from "../lib/adapters/system_clock.ts";
import { sealSignature } from "../lib/pades/seal.ts";
import { cadesReserve, signCades } from "../lib/pades/sign_cades.ts";
import { memorySource } from "../lib/pdf/byte_source.ts";
import type { Signer } from "../lib/signing_ports.ts";

const clock = systemClock();

/** Room that `output` needs beyond the input, in bytes: with RSA-4096 and a long chain some 20 KB are appended. */
export const SPARE_BYTES = 1 << 18;

/** Signs `input` and writes the signed file into `output`; gives its length. */
export async function signInto(
  output: Uint8Array,
  input: Uint8Array<ArrayBuffer>,
  signer: Signer,
): Promise<number> {
  const request = {
    field: "Sig1",
    reason: "I approve",
    at: clock.now(),
    signerName: "Signer",
    reserveBytes: cadesReserve(signer, false),
  };
  const source = memorySource(input);
  const { bytes } = await sealSignature(source, request, (digest) => signCades(digest, signer));
  output.set(input);
  output.set(bytes, input.length);
  return input.length + bytes.length;
}
