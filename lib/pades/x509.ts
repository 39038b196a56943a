/**
 * Reads X.509 certificates (RFC 5280 §4.1).
 *
 * @module
 */
import type { Instant } from "../domain/instant.ts";
import { type Bytes, childrenOf, contextTag, type DerNode, TAG, unreadableDer } from "./der.ts";
import { type DerFields, openNode, openSequence } from "./der_fields.ts";
import { readIntegerHex, readOid, readText, readTime, readWholeBits, sameBytes } from "./der_values.ts";
import { OID } from "./oids.ts";
import { type Extensions, readExtensions } from "./x509_extensions.ts";

/** The name of a subject or issuer. Two names are the same when their bytes are. */
export type Name = {
  readonly der: Bytes;
  /** The last common name in it. */
  readonly commonName: string | null;
};

/** A certificate as read; nothing about it is verified yet. */
export type Certificate = Extensions & {
  readonly der: Bytes;
  /** What its issuer signed. */
  readonly tbs: Bytes;
  /** Content of the INTEGER, hexadecimal. */
  readonly serial: string;
  readonly issuer: Name;
  readonly subject: Name;
  /** First instant at which it is valid. */
  readonly notBefore: Instant;
  /** Last instant at which it is valid. */
  readonly notAfter: Instant;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Bytes;
  /** AlgorithmIdentifier of the signature, DER. */
  readonly algorithm: Bytes;
  readonly signature: Bytes;
};

/** Reads one certificate. Throws `UnreadableError`. */
export function readCertificate(der: Bytes): Certificate {
  const outer = openSequence(der, "Certificate");
  const tbs = outer.take(TAG.sequence, "tbsCertificate");
  const algorithm = outer.take(TAG.sequence, "signatureAlgorithm").whole;
  const signature = readWholeBits(outer.any("signature"), "Certificate.signature");
  outer.end();
  return { der, tbs: tbs.whole, algorithm, signature, ...readTbs(tbs) };
}

function readTbs(tbs: DerNode): Omit<Certificate, "der" | "tbs" | "algorithm" | "signature"> {
  const fields = openNode(tbs, TAG.sequence, "TBSCertificate");
  fields.optional(contextTag(0, true)); // version
  const serial = readIntegerHex(fields.any("serialNumber"), "Certificate.serialNumber");
  fields.take(TAG.sequence, "signature");
  const issuer = readName(fields.any("issuer"), "Certificate.issuer");
  const { notBefore, notAfter } = readValidity(fields.open(TAG.sequence, "validity"));
  const subject = readName(fields.any("subject"), "Certificate.subject");
  const publicKey = fields.take(TAG.sequence, "subjectPublicKeyInfo").whole;
  fields.optional(contextTag(1, false)); // issuerUniqueID
  fields.optional(contextTag(2, false)); // subjectUniqueID
  const wrapped = fields.optional(contextTag(3, true));
  fields.end();
  const [list] = wrapped ? childrenOf(wrapped, "Certificate.extensions") : [];
  return { serial, issuer, subject, notBefore, notAfter, publicKey, ...readExtensions(list ?? null) };
}

function readValidity(fields: DerFields): { notBefore: Instant; notAfter: Instant } {
  const notBefore = readTime(fields.any("notBefore"), "Certificate.validity.notBefore");
  return { notBefore, notAfter: readTime(fields.any("notAfter"), "Certificate.validity.notAfter") };
}

function readName(node: DerNode, where: string): Name {
  if (node.tag !== TAG.sequence) throw unreadableDer(where, "no distinguished name");
  let commonName: string | null = null;
  for (const set of childrenOf(node, where)) {
    for (const attribute of childrenOf(set, where)) {
      const fields = openNode(attribute, TAG.sequence, where);
      if (readOid(fields.any("type"), where) === OID.commonName) commonName = readText(fields.any("value"));
    }
  }
  return { der: node.whole, commonName };
}

/** Whether an instant lies within a certificate's validity, both ends included (RFC 5280 §4.1.2.5). */
export function isValidAt(certificate: Certificate, at: Instant): boolean {
  // The certificate counts in seconds: its last second is valid to its end.
  return certificate.notBefore <= at && at.slice(0, 19) <= certificate.notAfter.slice(0, 19);
}

/** Whether a key may sign at all, where its certificate names uses (RFC 5280 §4.2.1.3); issuing is another use. */
export function isForSigning({ keyUse }: Certificate): boolean {
  return keyUse === null || keyUse.has("digitalSignature") || keyUse.has("nonRepudiation");
}

/** Whether a certificate is issued by itself, as roots are. */
export function isSelfIssued(certificate: Certificate): boolean {
  return sameBytes(certificate.issuer.der, certificate.subject.der);
}

/** The key's own bits within a SubjectPublicKeyInfo, which key identifiers are made of. */
export function publicKeyBits(publicKey: Bytes): Bytes {
  const fields = openSequence(publicKey, "SubjectPublicKeyInfo");
  fields.take(TAG.sequence, "algorithm");
  return readWholeBits(fields.any("subjectPublicKey"), "SubjectPublicKeyInfo.subjectPublicKey");
}
