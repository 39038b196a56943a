/**
 * The contracts with those who sign, stamp the time and answer for certificates. As those of `ports.ts`, each has
 * one conformance suite in `tests/conformance/`.
 *
 * @module
 */
/**
 * How a signature is made: RSA by PKCS#1 v1.5 (`RS256`) or PSS (`PS256`), ECDSA on P-256 or P-384. All are over
 * SHA-256, `ES384` too (so it is not that of JOSE): it is the digest of the PDFs, and CMS wants one for both.
 */
export type SignatureAlgorithm = "RS256" | "PS256" | "ES256" | "ES384";

/** Holds the operator's key. The key never leaves it. */
export interface Signer {
  /** The signer's certificate, DER. */
  readonly certificate: Uint8Array<ArrayBuffer>;
  /** Issuing certificates up to the root, DER, nearest first, root included when known. */
  readonly chain: readonly Uint8Array<ArrayBuffer>[];
  /** How `sign` signs. */
  readonly algorithm: SignatureAlgorithm;
  /** Signs `tbs` (it is hashed inside); ECDSA comes as DER `Ecdsa-Sig-Value`. Throws `PortError`. */
  sign(tbs: Uint8Array<ArrayBuffer>, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
}

/** Gives RFC 3161 timestamps. A wrong answer is an error, never a token. */
export interface TimestampAuthority {
  /**
   * A DER `TimeStampToken`, fully checked, over a digest of SHA-256 (or SHA-384 or SHA-512, told by its length).
   * Throws `PortError`, retryable.
   */
  timestamp(digest: Uint8Array<ArrayBuffer>, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
}

/** Revocation data, DER: OCSP responses (`OCSPResponse`) and CRLs (`CertificateList`). */
export type RevocationData = {
  readonly ocsps: readonly Uint8Array<ArrayBuffer>[];
  readonly crls: readonly Uint8Array<ArrayBuffer>[];
};

/** Finds out whether certificates are still good. */
export interface RevocationSource {
  /**
   * Fresh revocation data for every certificate of a chain but its root (leaf first, DER). Throws `PortError`,
   * retryable, when a certificate that names a place to ask could not be asked.
   */
  revocationFor(chain: readonly Uint8Array<ArrayBuffer>[], signal?: AbortSignal): Promise<RevocationData>;
}
