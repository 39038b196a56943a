/**
 * Signature algorithms: what an AlgorithmIdentifier means, and the check of a signature with a public key.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { constants, createPublicKey, type KeyObject, verify } from "node:crypto";
import { type Bytes, contextTag, type DerNode, readDer, TAG, unreadableDer } from "./der.ts";
import { openNode } from "./der_fields.ts";
import { readOid, readSmallInteger } from "./der_values.ts";
import { DER_NULL, oid, sequence } from "./der_write.ts";
import { type HashName, hashNamed, OID } from "./oids.ts";
import type { SignatureAlgorithm } from "../signing_ports.ts";

type Scheme =
  | { readonly scheme: "rsa" | "ecdsa"; readonly hash: HashName }
  | { readonly scheme: "pss"; readonly hash: HashName; readonly saltLength: number }
  | { readonly scheme: "ed25519" };

const PLAIN: ReadonlyMap<string, Scheme> = new Map<string, Scheme>([
  [OID.rsaSha256, { scheme: "rsa", hash: "sha256" }],
  [OID.rsaSha384, { scheme: "rsa", hash: "sha384" }],
  [OID.rsaSha512, { scheme: "rsa", hash: "sha512" }],
  [OID.ecdsaSha256, { scheme: "ecdsa", hash: "sha256" }],
  [OID.ecdsaSha384, { scheme: "ecdsa", hash: "sha384" }],
  [OID.ecdsaSha512, { scheme: "ecdsa", hash: "sha512" }],
  [OID.ed25519, { scheme: "ed25519" }],
]);

/** The hash function that an AlgorithmIdentifier of a digest names; null for an unknown one. */
export function readHash(algorithm: DerNode, where: string): HashName | null {
  return hashNamed(readOid(openNode(algorithm, TAG.sequence, where).any("algorithm"), where));
}

/** The AlgorithmIdentifier of SHA-256, without parameters (RFC 5754 §2). */
export const SHA256_ALGORITHM: Bytes = sequence(oid(OID.sha256));

/** RSASSA-PSS with SHA-256 all through and a salt of 32 bytes (RFC 4055 §3.1). */
function pssSha256(): Bytes {
  const hash = sequence(oid(OID.sha256), DER_NULL);
  const explicit = (number: number, part: Bytes) =>
    Uint8Array.from([contextTag(number, true), part.length, ...part]);
  const salt = Uint8Array.of(TAG.integer, 1, 32);
  return sequence(
    oid(OID.rsaPss),
    sequence(explicit(0, hash), explicit(1, sequence(oid(OID.mgf1), hash)), explicit(2, salt)),
  );
}

/** The AlgorithmIdentifier of the signatures that a signer makes. */
export function algorithmIdentifier(algorithm: SignatureAlgorithm): Bytes {
  switch (algorithm) {
    case "RS256":
      return sequence(oid(OID.rsaSha256), DER_NULL);
    case "PS256":
      return pssSha256();
    case "ES256":
    case "ES384":
      return sequence(oid(OID.ecdsaSha256));
  }
}

/** How a signer with this public key (SubjectPublicKeyInfo) signs; null for keys that are not used here. */
export function algorithmOfKey(publicKey: Bytes): SignatureAlgorithm | null {
  const algorithm = openNode(readDer(publicKey), TAG.sequence, "SubjectPublicKeyInfo").open(
    TAG.sequence,
    "algorithm",
  );
  const id = readOid(algorithm.any("algorithm"));
  if (id === OID.rsa) return "RS256";
  if (id === OID.rsaPss) return "PS256";
  const curve = id === OID.ecPublicKey ? algorithm.optional(TAG.oid) : null;
  return CURVES.get(curve ? readOid(curve) : "") ?? null;
}

const CURVES: ReadonlyMap<string, SignatureAlgorithm> = new Map([
  [OID.p256, "ES256"],
  [OID.p384, "ES384"],
]);

/**
 * Whether `signature` over `data` was made by the owner of a public key. False too when the algorithm is
 * unknown or too weak (MD5, SHA-1), or when it does not go with the key.
 *
 * @param publicKey SubjectPublicKeyInfo, DER
 * @param algorithm AlgorithmIdentifier, DER
 * @param hash the hash named beside it, for CMS that says only `rsaEncryption` or `ecPublicKey` (RFC 3370 §3.2)
 */
export function isSignedBy(
  publicKey: Bytes,
  algorithm: Bytes,
  data: Bytes,
  signature: Bytes,
  hash: HashName | null = null,
): boolean {
  try {
    const scheme = readScheme(algorithm, hash);
    if (scheme === null) return false;
    const key = createPublicKey({ key: Buffer.from(publicKey), format: "der", type: "spki" });
    return fits(scheme, key) && check(scheme, key, data, signature);
  } catch {
    return false; // The algorithm, the key or the form of the signature is none that is known here.
  }
}

function readScheme(algorithm: Bytes, hash: HashName | null): Scheme | null {
  const fields = openNode(readDer(algorithm, "AlgorithmIdentifier"), TAG.sequence, "AlgorithmIdentifier");
  const id = readOid(fields.any("algorithm"), "AlgorithmIdentifier.algorithm");
  if (id === OID.rsaPss) return readPss(fields.take(TAG.sequence, "parameters"));
  const strong = hash !== null && hash !== "sha1" ? hash : null;
  if (id === OID.rsa) return strong && { scheme: "rsa", hash: strong };
  if (id === OID.ecPublicKey) return strong && { scheme: "ecdsa", hash: strong };
  return PLAIN.get(id) ?? null;
}

/** RFC 4055 §3.1; the defaults are SHA-1 and are refused with it. */
function readPss(node: DerNode): Scheme | null {
  const where = "RSASSA-PSS-params";
  const fields = openNode(node, TAG.sequence, where);
  const explicit = (number: number) => {
    const wrapped = fields.optional(contextTag(number, true));
    return wrapped && readDer(wrapped.content, where);
  };
  const [hashNode, maskNode, saltNode] = [explicit(0), explicit(1), explicit(2)];
  if (!hashNode || !maskNode) return null;
  const hash = readHash(hashNode, where);
  const mask = openNode(maskNode, TAG.sequence, where);
  if (readOid(mask.any("algorithm"), where) !== OID.mgf1) throw unreadableDer(where, "no MGF1");
  if (hash === null || hash === "sha1" || readHash(mask.any("parameters"), where) !== hash) return null;
  return { scheme: "pss", hash, saltLength: saltNode ? readSmallInteger(saltNode, where) : 20 };
}

function fits({ scheme }: Scheme, key: KeyObject): boolean {
  switch (scheme) {
    case "rsa":
      return key.asymmetricKeyType === "rsa";
    case "pss":
      return key.asymmetricKeyType === "rsa" || key.asymmetricKeyType === "rsa-pss";
    case "ecdsa":
      return key.asymmetricKeyType === "ec";
    case "ed25519":
      return key.asymmetricKeyType === "ed25519";
  }
}

function check(scheme: Scheme, key: KeyObject, data: Bytes, signature: Bytes): boolean {
  if (scheme.scheme === "ed25519") return verify(null, data, key, signature);
  if (scheme.scheme !== "pss") return verify(scheme.hash, data, key, signature);
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  return verify(scheme.hash, data, { key, padding, saltLength: scheme.saltLength }, signature);
}
