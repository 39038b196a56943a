/**
 * What every signature of one signer has in common: its certificates, its name and its algorithm, as DER. It is put
 * together once, since reading and writing it again takes longer than all the rest of a small seal.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Signer } from "../signing_ports.ts";
import { algorithmIdentifier } from "./cms_algorithm.ts";
import type { Bytes } from "./der.ts";
import { context, element, octets, sequence } from "./der_write.ts";
import { isSelfIssued, readCertificate } from "./x509.ts";

/** The parts, DER. */
export type SignerParts = {
  /** Issuer and serial number, by which CMS names the certificate (RFC 5652 §10.2.4). */
  readonly issuerAndSerial: Bytes;
  /** The value of the attribute that binds the certificate to the signature (RFC 5035 §3). */
  readonly signingCertificate: Bytes;
  /** The AlgorithmIdentifier of its signatures. */
  readonly algorithm: Bytes;
  /** The certificates that go along: its own and those between it and the root. */
  readonly certificates: readonly Bytes[];
  /** No signature is longer than the public key that goes with it, in bytes. */
  readonly longestSignature: number;
};

const known = new WeakMap<Signer, SignerParts>();

/** The parts of a signer, whose certificate and chain may not change. Throws `UnreadableError`. */
export function signerParts(signer: Signer): SignerParts {
  let parts = known.get(signer);
  if (!parts) known.set(signer, parts = makeParts(signer));
  return parts;
}

function makeParts({ certificate, chain, algorithm }: Signer): SignerParts {
  const { issuer, serial, publicKey } = readCertificate(certificate);
  // The serial number comes from the certificate as it stands there.
  const number = element(0x02, Uint8Array.fromHex(serial));
  // RFC 5035 §3: the hash algorithm is SHA-256 by default and so, in DER, not written.
  const hash = octets(createHash("sha256").update(certificate).digest());
  const issuerSerial = sequence(sequence(context(4, issuer.der)), number);
  return {
    issuerAndSerial: sequence(issuer.der, number),
    signingCertificate: sequence(sequence(sequence(hash, issuerSerial))),
    algorithm: algorithmIdentifier(algorithm),
    // A root is trusted for being known, not for being sent.
    certificates: [certificate, ...chain.filter((each) => !isSelfIssued(readCertificate(each)))],
    longestSignature: publicKey.length,
  };
}
