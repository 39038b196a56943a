/**
 * The operator's key from a PKCS#12 file. Once opened, the key is in WebCrypto and cannot be taken out again.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { createPrivateKey, createPublicKey } from "node:crypto";
import type { Bytes } from "../pades/der.ts";
import { sameBytes } from "../pades/der_values.ts";
import { type Certificate, isSelfIssued, readCertificate } from "../pades/x509.ts";
import { keyId } from "../pades/x509_builder.ts";
import { issuersWithin } from "../pades/x509_chain.ts";
import { PortError } from "../ports.ts";
import type { SignatureAlgorithm, Signer } from "../signing_ports.ts";
import { algorithmsOfKey } from "./key_algorithms.ts";
import { openP12 } from "./p12_file.ts";
import { subtleKey } from "./subtle_key.ts";

/** Fewest bits of an RSA key: what is shorter is too weak for ten years (ETSI TS 119 312 §8.4). */
const MIN_RSA_BITS = 2048;

/**
 * Opens a PKCS#12 file: its one key, the certificate that goes with it, and the chain above. Throws `PortError`.
 *
 * @param wanted how to sign, where the key leaves a choice: `PS256` with an RSA key, which else gives `RS256`
 */
export async function p12Signer(
  file: Bytes,
  passphrase: string,
  wanted: SignatureAlgorithm | null = null,
): Promise<Signer> {
  const { pkcs8, certificates } = openP12(file, passphrase);
  // Roots first: where another authority vouches for the same key (a cross certificate), the short way is taken.
  const pool = certificates.map(readCertificate)
    .sort((a, b) => Number(isSelfIssued(b)) - Number(isSelfIssued(a)));
  const own = certificateOfKey(pkcs8, pool);
  if (algorithmsOfKey(own.publicKey, null).length === 0) {
    throw misconfigured("its key is neither RSA nor on P-256 or P-384");
  }
  const [algorithm] = algorithmsOfKey(own.publicKey, wanted);
  if (algorithm === undefined) throw misconfigured(`its key does not sign by ${wanted}`);
  const chain = issuersWithin(pool, own);
  return { certificate: own.der, chain, ...(await subtleKey(pkcs8, algorithm)) };
}

function certificateOfKey(pkcs8: Bytes, pool: readonly Certificate[]): Certificate {
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: "der", type: "pkcs8" });
  const { modulusLength = MIN_RSA_BITS } = key.asymmetricKeyDetails ?? {};
  if (modulusLength < MIN_RSA_BITS) throw misconfigured(`its RSA key is shorter than ${MIN_RSA_BITS} bits`);
  const publicKey = Uint8Array.from(createPublicKey(key).export({ type: "spki", format: "der" }));
  // Compared by the key's bits: certificates may name a narrower algorithm (RSASSA-PSS) than the key does.
  const found = pool.find((each) => sameBytes(keyId(each.publicKey), keyId(publicKey)));
  if (!found) throw misconfigured("no certificate in it goes with its key");
  return found;
}

function misconfigured(state: string): PortError {
  return new PortError("misconfigured", `Cannot use the P12 file: ${state}`, { retryable: false });
}
