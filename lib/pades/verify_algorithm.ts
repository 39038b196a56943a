/**
 * What is to be thought of the algorithms of a signature. Documents of others were signed with whatever was usual
 * then; a weak algorithm must not be called tampering, nor one that is not known here.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { constants, createPublicKey, type KeyObject, verify } from "node:crypto";
import { isSignedBy } from "./cms_algorithm.ts";
import type { SignerInfo } from "./cms_reader.ts";
import { type Bytes, readDer, TAG } from "./der.ts";
import { openNode } from "./der_fields.ts";
import { readOid } from "./der_values.ts";
import { hashNamed, OID } from "./oids.ts";
import { readable } from "./readable.ts";

/** Strong; weak, so that it proves nothing today; or of a kind that can't be checked here. */
export type AlgorithmStanding = "strong" | "weak" | "unknown";

/** RSASSA-PKCS1-v1_5 and ECDSA with SHA-1 (RFC 8017 §A.2.4, RFC 3279 §2.2.3). */
const RSA_SHA1 = "1.2.840.113549.1.1.5";
const ECDSA_SHA1 = "1.2.840.10045.4.1";

const KNOWN: ReadonlySet<string> = new Set([
  OID.rsa,
  OID.rsaPss,
  OID.rsaSha256,
  OID.rsaSha384,
  OID.rsaSha512,
  OID.ecPublicKey,
  OID.ecdsaSha256,
  OID.ecdsaSha384,
  OID.ecdsaSha512,
  OID.ed25519,
  RSA_SHA1,
  ECDSA_SHA1,
]);

/** Shortest RSA modulus in bits that is strong enough (ETSI TS 119 312 §6.2.2.1; CRYPTREC LS-0003). */
const MIN_RSA_BITS = 2048;

/** Curves whose size in bits is known to the platform, by their identifier. */
const CURVE_BITS: ReadonlyMap<string, number> = new Map([[OID.p256, 256], [OID.p384, 384], [
  "1.3.132.0.35",
  521,
]]);

/** RFC 4055 §3.1: the salt of RSASSA-PSS where none is named. */
const SHA1_SALT = 20;

const HASH_BITS = { sha1: 160, sha256: 256, sha384: 384, sha512: 512 } as const;

/** Judges the hash function, the algorithm and the key of a signer. */
export function standingOf(signer: SignerInfo, publicKey: Bytes): AlgorithmStanding {
  const algorithm = readable(() => algorithmId(signer.algorithm));
  const key = keyOf(publicKey);
  if (algorithm === null || !KNOWN.has(algorithm) || signer.hash === null || key === null) return "unknown";
  if (key.asymmetricKeyType === "ec" && !fitsCurve(publicKey, signer, algorithm)) return "unknown";
  if (isSha1(signer, algorithm)) return "weak";
  const bits = key.asymmetricKeyType?.startsWith("rsa") ? key.asymmetricKeyDetails?.modulusLength : undefined;
  return bits !== undefined && bits < MIN_RSA_BITS ? "weak" : "strong";
}

function isSha1({ hash, algorithm }: SignerInfo, id: string): boolean {
  if (hash === "sha1" || id === RSA_SHA1 || id === ECDSA_SHA1) return true;
  // RFC 4055 §3.1: without [0] the hash function is SHA-1.
  return id === OID.rsaPss && readable(() => pssHash(algorithm)) === "sha1";
}

/** The platform refuses digests that are shorter than half of the curve. */
function fitsCurve(publicKey: Bytes, { hash }: SignerInfo, algorithm: string): boolean {
  const bits = CURVE_BITS.get(readable(() => curveOf(publicKey)) ?? "");
  const used = hashOfEcdsa(algorithm) ?? hash;
  return bits !== undefined && used !== null && HASH_BITS[used] * 2 >= bits;
}

function hashOfEcdsa(algorithm: string) {
  switch (algorithm) {
    case ECDSA_SHA1:
      return "sha1";
    case OID.ecdsaSha256:
      return "sha256";
    case OID.ecdsaSha384:
      return "sha384";
    case OID.ecdsaSha512:
      return "sha512";
    default:
      return null;
  }
}

const fieldsOf = (der: Bytes) => openNode(readDer(der), TAG.sequence, "AlgorithmIdentifier");
const algorithmId = (der: Bytes): string => readOid(fieldsOf(der).any("algorithm"));

function pssHash(algorithm: Bytes) {
  const fields = fieldsOf(algorithm);
  fields.any("algorithm");
  const parameters = fields.optional(TAG.sequence);
  const wrapped = parameters && openNode(parameters, TAG.sequence, "RSASSA-PSS-params").optional(0xa0);
  return wrapped ? hashNamed(algorithmId(wrapped.content)) : "sha1";
}

function curveOf(publicKey: Bytes): string {
  const algorithm = openNode(readDer(publicKey), TAG.sequence, "SubjectPublicKeyInfo")
    .open(TAG.sequence, "algorithm");
  algorithm.any("algorithm");
  return readOid(algorithm.take(TAG.oid, "namedCurve"));
}

function keyOf(publicKey: Bytes): KeyObject | null {
  try {
    return createPublicKey({ key: Buffer.from(publicKey), format: "der", type: "spki" });
  } catch {
    return null; // A key of a kind that this platform does not know.
  }
}

/**
 * Whether a weak signature (SHA-1, or a short key) fits all the same: then the document was not changed by whoever
 * could not forge it.
 */
export function weaklySigned(publicKey: Bytes, signer: SignerInfo): boolean {
  const { algorithm, signedBytes, signature, hash } = signer;
  const key = keyOf(publicKey);
  const id = readable(() => algorithmId(algorithm));
  if (key === null || signedBytes === null || id === null) return false;
  if (isSignedBy(publicKey, algorithm, signedBytes, signature, hash)) return true;
  if (!isSha1(signer, id)) return false;
  const padded = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: SHA1_SALT };
  try {
    return verify("sha1", signedBytes, id === OID.rsaPss ? padded : key, signature);
  } catch {
    return false; // The signature has no form that goes with the key.
  }
}
