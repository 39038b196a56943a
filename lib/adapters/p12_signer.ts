/**
 * The operator's key from a PKCS#12 file. Once opened, the key is in WebCrypto and cannot be taken out again.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { createPrivateKey, createPublicKey } from "node:crypto";
import { algorithmOfKey } from "../pades/cms_algorithm.ts";
import type { Bytes } from "../pades/der.ts";
import { sameBytes } from "../pades/der_values.ts";
import { type Certificate, readCertificate } from "../pades/x509.ts";
import { keyId } from "../pades/x509_builder.ts";
import { chainWithin } from "../pades/x509_chain.ts";
import { PortError, type Signer } from "../ports.ts";
import { openP12 } from "./p12_file.ts";
import { subtleKey } from "./subtle_key.ts";

/** Opens a PKCS#12 file: its one key, the certificate that goes with it, and the chain above. Throws `PortError`. */
export async function p12Signer(file: Bytes, passphrase: string): Promise<Signer> {
  const { pkcs8, certificates } = openP12(file, passphrase);
  const pool = certificates.map(readCertificate);
  const own = certificateOfKey(pkcs8, pool);
  const algorithm = algorithmOfKey(own.publicKey);
  if (algorithm === null) throw misconfigured("its key is neither RSA nor on P-256 or P-384");
  const chain = chainWithin(pool, own).slice(1).map(({ der }) => der);
  return { certificate: own.der, chain, ...(await subtleKey(pkcs8, algorithm)) };
}

function certificateOfKey(pkcs8: Bytes, pool: readonly Certificate[]): Certificate {
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: "der", type: "pkcs8" });
  const publicKey = Uint8Array.from(createPublicKey(key).export({ type: "spki", format: "der" }));
  // Compared by the key's bits: certificates may name a narrower algorithm (RSASSA-PSS) than the key does.
  const found = pool.find((each) => sameBytes(keyId(each.publicKey), keyId(publicKey)));
  if (!found) throw misconfigured("no certificate in it goes with its key");
  return found;
}

function misconfigured(state: string): PortError {
  return new PortError("misconfigured", `Cannot use the P12 file: ${state}`, { retryable: false });
}
