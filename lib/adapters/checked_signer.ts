/**
 * A signer over a key that is elsewhere: in a module, behind a network. What comes back is not taken at its word:
 * every signature is checked with the certificate before anyone gets it.
 *
 * @module
 */
import { algorithmIdentifier, isSignedBy } from "../pades/cms_algorithm.ts";
import type { Bytes } from "../pades/der.ts";
import { ecdsaReadings } from "../pades/ecdsa_value.ts";
import { readCertificate } from "../pades/x509.ts";
import { PortError } from "../ports.ts";
import type { SignatureAlgorithm, Signer } from "../signing_ports.ts";

/** Bytes of r and of s on the curve. */
const COORDINATE: Partial<Record<SignatureAlgorithm, number>> = { ES256: 32, ES384: 48 };

/**
 * The signer. `make` gives a signature in whatever form its store has, ECDSA as DER or as r and s side by side.
 * A signature that the certificate's key did not make is a `PortError` `corrupt`, retryable.
 */
export function checkedSigner(
  key: Pick<Signer, "certificate" | "chain" | "algorithm">,
  make: Signer["sign"],
): Signer {
  const { publicKey } = readCertificate(key.certificate);
  const identifier = algorithmIdentifier(key.algorithm);
  const coordinate = COORDINATE[key.algorithm];
  return {
    ...key,
    sign: async (tbs, signal) => {
      signal?.throwIfAborted();
      const made = await make(tbs, signal);
      const right = readingsOf(made, coordinate).find((each) => isSignedBy(publicKey, identifier, tbs, each));
      if (right) return right;
      throw new PortError("corrupt", "Cannot take the signature: the certificate's key did not make it", {
        retryable: true,
      });
    },
  };
}

function readingsOf(signature: Bytes, coordinate: number | undefined): readonly Bytes[] {
  return coordinate === undefined ? [signature] : ecdsaReadings(signature, coordinate);
}
