/**
 * Makes the CMS signature of a PDF for PAdES baseline (ETSI EN 319 142-1 §6.3): content-type, message-digest and
 * signing-certificate-v2 are signed; the time stands in the PDF (`/M`) and in the timestamp, not in the CMS.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Signer, TimestampAuthority } from "../signing_ports.ts";
import { buildSignedData } from "./cms_builder.ts";
import type { Bytes } from "./der.ts";
import { OID } from "./oids.ts";
import { signerParts } from "./signer_parts.ts";

/**
 * Room for a timestamp token before one was seen. Those of known authorities take 3–7 KB: with a larger one, the
 * first signature of a process is made twice, instead of all of them carrying zeros that nobody needs.
 */
const FIRST_TOKEN_BYTES = 4352;

/** By how much a token may be larger than the last one: numbers and ECDSA signatures vary by some bytes. */
const TOKEN_MARGIN_BYTES = 128;

/** Tags, lengths and attributes around what a signer brings along; up to 190 bytes were seen. */
const FRAME_BYTES = 224;

/** How large the last token was that came for a signer. */
const lastToken = new WeakMap<Signer, number>();

/**
 * A DER SignedData (detached) over the SHA-256 digest of what the PDF's ByteRange covers.
 *
 * @param options.timestamp puts a signature timestamp on (level B-T)
 */
export async function signCades(
  sha256: Bytes,
  signer: Signer,
  options: { readonly timestamp?: TimestampAuthority; readonly signal?: AbortSignal } = {},
): Promise<Bytes> {
  const { timestamp, signal } = options;
  if (sha256.length !== 32) throw new RangeError("Cannot sign: the digest is not SHA-256");
  return await buildSignedData({
    signer,
    contentType: OID.data,
    digest: sha256,
    ...(signal && { signal }),
    ...(timestamp && {
      unsigned: async (signature: Bytes) => {
        const digest = Uint8Array.from(createHash("sha256").update(signature).digest());
        const token = await timestamp.timestamp(digest, signal);
        lastToken.set(signer, token.length);
        return [{ id: OID.signatureTimestamp, value: token }];
      },
    }),
  });
}

/** How many bytes to keep free for what `signCades` will give. */
export function cadesReserve(signer: Signer, timestamped: boolean): number {
  const { certificates, issuerAndSerial, signingCertificate, algorithm, longestSignature } = signerParts(
    signer,
  );
  const parts = [...certificates, issuerAndSerial, signingCertificate, algorithm];
  const bytes = parts.reduce((sum, each) => sum + each.length, FRAME_BYTES + longestSignature);
  return bytes + (timestamped ? tokenReserve(signer) : 0);
}

/** How many bytes to keep free for a timestamp token, going by the last one on a signature of this signer. */
export function tokenReserve(signer: Signer): number {
  return (lastToken.get(signer) ?? FIRST_TOKEN_BYTES) + TOKEN_MARGIN_BYTES;
}
