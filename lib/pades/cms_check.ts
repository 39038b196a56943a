/**
 * Checks a signer's part of a SignedData: that the attributes speak of this content, that they name this very
 * certificate, and that its key signed them (RFC 5652 §5.4–5.6, RFC 5035 §3–5).
 *
 * @module
 */
import { createHash } from "node:crypto";
import { isSignedBy, readHash } from "./cms_algorithm.ts";
import type { SignerInfo } from "./cms_reader.ts";
import { type Bytes, childrenOf, type DerNode, TAG } from "./der.ts";
import { DerFields, openNode } from "./der_fields.ts";
import { readOid, sameBytes } from "./der_values.ts";
import { type HashName, OID } from "./oids.ts";
import type { Certificate } from "./x509.ts";

/** What may be wrong with a signer's part. */
export type CmsFault =
  | "no_certificate"
  | "no_signed_attributes"
  | "unknown_algorithm"
  | "wrong_content_type"
  | "wrong_digest"
  | "wrong_certificate"
  | "wrong_signature";

/** What is checked against. */
export type CmsExpectation = {
  readonly contentType: string;
  /** The digest of the content under a hash function. */
  readonly digestOf: (hash: HashName) => Bytes;
  /** The signer's certificate, or null when none was found. */
  readonly certificate: Certificate | null;
};

/** The faults of a signer's part; empty when it is sound. Throws `UnreadableError` when an attribute is no DER. */
export function checkSigner(signer: SignerInfo, expected: CmsExpectation): readonly CmsFault[] {
  const { certificate } = expected;
  if (certificate === null) return ["no_certificate"];
  if (signer.signedBytes === null) return ["no_signed_attributes"];
  if (signer.hash === null || signer.hash === "sha1") return ["unknown_algorithm"];
  const faults: CmsFault[] = [];
  const contentType = only(signer, OID.contentType);
  if (!contentType || contentType.tag !== TAG.oid || readOid(contentType) !== expected.contentType) {
    faults.push("wrong_content_type");
  }
  const digest = only(signer, OID.messageDigest);
  if (!digest || !sameBytes(digest.content, expected.digestOf(signer.hash))) faults.push("wrong_digest");
  if (namesCertificate(signer, certificate) === false) faults.push("wrong_certificate");
  const { algorithm, signedBytes, signature, hash } = signer;
  if (!isSignedBy(certificate.publicKey, algorithm, signedBytes, signature, hash)) {
    faults.push("wrong_signature");
  }
  return faults;
}

function only(signer: SignerInfo, id: string): DerNode | null {
  const values = signer.signedAttributes.get(id);
  return values?.length === 1 ? values[0]! : null;
}

/** Whether the signed attributes name this certificate by its hash; null when they name none. */
export function namesCertificate(signer: SignerInfo, certificate: Certificate): boolean | null {
  const v2 = signer.signedAttributes.get(OID.signingCertificateV2);
  const v1 = signer.signedAttributes.get(OID.signingCertificate);
  const [value] = v2 ?? v1 ?? [];
  if (value === undefined) return null;
  const where = "SigningCertificate";
  const certs = openNode(value, TAG.sequence, where).take(TAG.sequence, "certs");
  // RFC 5035 §3: the first one is the signer's own.
  const [first] = childrenOf(certs, where);
  if (!first) return false;
  const id = new DerFields(first, `${where}.certs`);
  const algorithm = v2 ? id.optional(TAG.sequence) : null;
  const hash = v2 ? (algorithm ? readHash(algorithm, where) : "sha256") : "sha1";
  const expected = id.take(TAG.octetString, "certHash").content;
  return hash !== null && sameBytes(createHash(hash).update(certificate.der).digest(), expected);
}
