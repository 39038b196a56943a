/**
 * A private key that signs by WebCrypto, off the event loop, and cannot be taken out of it again.
 *
 * @module
 */
import type { Bytes } from "../pades/der.ts";
import { ecdsaSigValue } from "../pades/ecdsa_value.ts";
import { PortError } from "../ports.ts";
import type { SignatureAlgorithm, Signer } from "../signing_ports.ts";

type SubtleAlgorithm = {
  readonly key: RsaHashedImportParams | EcKeyImportParams;
  readonly sign: AlgorithmIdentifier | RsaPssParams | EcdsaParams;
};

const ALGORITHMS: Readonly<Record<SignatureAlgorithm, SubtleAlgorithm>> = {
  RS256: { key: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" }, sign: { name: "RSASSA-PKCS1-v1_5" } },
  PS256: { key: { name: "RSA-PSS", hash: "SHA-256" }, sign: { name: "RSA-PSS", saltLength: 32 } },
  ES256: { key: { name: "ECDSA", namedCurve: "P-256" }, sign: { name: "ECDSA", hash: "SHA-256" } },
  ES384: { key: { name: "ECDSA", namedCurve: "P-384" }, sign: { name: "ECDSA", hash: "SHA-256" } },
};

/** Signs with a private key (PKCS#8, DER). Throws `PortError` when it is none that goes with the algorithm. */
export async function subtleKey(
  pkcs8: Bytes,
  algorithm: SignatureAlgorithm,
): Promise<Pick<Signer, "algorithm" | "sign">> {
  const { key: parameters, sign } = ALGORITHMS[algorithm];
  const key = await crypto.subtle.importKey("pkcs8", pkcs8, parameters, false, ["sign"]).catch((cause) => {
    throw new PortError("misconfigured", "Cannot open the private key: it is of another kind", {
      retryable: false,
      cause,
    });
  });
  return {
    algorithm,
    sign: async (tbs, signal) => {
      signal?.throwIfAborted();
      const signature = new Uint8Array(await crypto.subtle.sign(sign, key, tbs));
      return algorithm.startsWith("ES") ? ecdsaSigValue(signature) : signature;
    },
  };
}

/** A new key pair: the private key as PKCS#8, the public one as SubjectPublicKeyInfo, DER. */
export async function newKeyPair(
  algorithm: SignatureAlgorithm,
): Promise<{ readonly pkcs8: Bytes; readonly publicKey: Bytes }> {
  const parameters = { ...ALGORITHMS[algorithm].key, ...(algorithm.endsWith("S256") && RSA_3072) };
  const generated = await crypto.subtle.generateKey(parameters as EcKeyGenParams, true, ["sign", "verify"]);
  const { privateKey, publicKey } = generated as CryptoKeyPair;
  return {
    pkcs8: new Uint8Array(await crypto.subtle.exportKey("pkcs8", privateKey)),
    publicKey: new Uint8Array(await crypto.subtle.exportKey("spki", publicKey)),
  };
}

const RSA_3072 = { modulusLength: 3072, publicExponent: Uint8Array.of(1, 0, 1) };
