/**
 * Checks a signer's part of a SignedData: that the attributes speak of this content, that they name this very
 * certificate, and that its key signed them (RFC 5652 §5.4–5.6, RFC 5035 §3–5).
 *
 * @module
 */
import { createHash } from "node:crypto";
import { isSignedBy, readHash } from "./cms_algorithm.ts";
import { onlyValue, type SignerInfo } from "./cms_reader.ts";
import { type Bytes, childrenOf, type DerNode, TAG } from "./der.ts";
import { openNode } from "./der_fields.ts";
import { readIntegerHex, readOid, sameBytes } from "./der_values.ts";
import { type HashName, OID } from "./oids.ts";
import type { Certificate } from "./x509.ts";
import { directoryName, sameName } from "./x509_names.ts";

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
  const contentType = onlyValue(signer, OID.contentType);
  if (!contentType || contentType.tag !== TAG.oid || readOid(contentType) !== expected.contentType) {
    faults.push("wrong_content_type");
  }
  const digest = onlyValue(signer, OID.messageDigest);
  if (!digest || !sameBytes(digest.content, expected.digestOf(signer.hash))) faults.push("wrong_digest");
  if (namesCertificate(signer, certificate) === false) faults.push("wrong_certificate");
  const { algorithm, signedBytes, signature, hash } = signer;
  if (!isSignedBy(certificate.publicKey, algorithm, signedBytes, signature, hash)) {
    faults.push("wrong_signature");
  }
  return faults;
}

/**
 * Whether the signed attributes name this certificate by its hash, and by issuer and serial number where they give
 * these; null when they name none. Of both kinds of attribute each must name it (RFC 5035 §5.4). Throws
 * `UnreadableError`.
 */
export function namesCertificate(signer: SignerInfo, certificate: Certificate): boolean | null {
  const named = ([OID.signingCertificate, OID.signingCertificateV2] as const).flatMap((id) => {
    const values = signer.signedAttributes.get(id);
    return values ? [values.length === 1 && isNamedBy(values[0]!, id, certificate)] : [];
  });
  return named.length === 0 ? null : named.every((each) => each);
}

function isNamedBy(value: DerNode, id: string, certificate: Certificate): boolean {
  const where = "SigningCertificate";
  const certs = openNode(value, TAG.sequence, where).take(TAG.sequence, "certs");
  // RFC 5035 §3: the first one is the signer's own.
  const [first] = childrenOf(certs, where);
  if (!first) return false;
  const fields = openNode(first, TAG.sequence, `${where}.certs`);
  const isV2 = id === OID.signingCertificateV2;
  const algorithm = isV2 ? fields.optional(TAG.sequence) : null;
  const hash = isV2 ? (algorithm ? readHash(algorithm, where) : "sha256") : "sha1";
  const expected = fields.take(TAG.octetString, "certHash").content;
  if (hash === null || !sameBytes(createHash(hash).update(certificate.der).digest(), expected)) return false;
  const issuerSerial = fields.optional(TAG.sequence);
  return issuerSerial === null || isIssuerSerialOf(issuerSerial, certificate);
}

/** RFC 5035 §5: one directory name, and the number. */
function isIssuerSerialOf(node: DerNode, { issuer, serial }: Certificate): boolean {
  const fields = openNode(node, TAG.sequence, "IssuerSerial");
  const [name, second] = childrenOf(fields.take(TAG.sequence, "issuer"), "IssuerSerial.issuer");
  const found = name && !second ? directoryName(name) : null;
  return found !== null && sameName(found, issuer.der) &&
    readIntegerHex(fields.any("serialNumber"), "IssuerSerial.serialNumber") === serial;
}
