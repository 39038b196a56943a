/**
 * OCSP (RFC 6960): asking for the status of a certificate, reading and checking the answer.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Instant } from "../domain/instant.ts";
import { isSignedBy, readHash } from "./cms_algorithm.ts";
import { type Bytes, childrenOf, contextTag, type DerNode, readDer, TAG, unreadableDer } from "./der.ts";
import { DerFields, openNode, openSequence } from "./der_fields.ts";
import {
  readIntegerHex,
  readOid,
  readSmallInteger,
  readTime,
  readWholeBits,
  sameBytes,
} from "./der_values.ts";
import { DER_NULL, element, octets, oid, sequence } from "./der_write.ts";
import { type HashName, OID } from "./oids.ts";
import { type Certificate, publicKeyBits, readCertificate } from "./x509.ts";
import { isIssuedBy } from "./x509_chain.ts";
import { readExtensionList } from "./x509_extensions.ts";

/** What a response says of one certificate. */
export type SingleResponse = {
  readonly status: "good" | "revoked" | "unknown";
  /** Set when revoked. */
  readonly revokedAt: Instant | null;
  readonly thisUpdate: Instant;
  readonly nextUpdate: Instant | null;
  readonly certificate: CertificateId;
  /** Critical extensions, none of which is understood here. */
  readonly critical: readonly string[];
};

/** How OCSP names a certificate: hashes of its issuer's name and key, and its serial number (hexadecimal). */
export type CertificateId = {
  readonly hash: HashName | null;
  readonly issuerName: Bytes;
  readonly issuerKey: Bytes;
  readonly serial: string;
};

/** A successful response as read; nothing about it is verified yet. */
export type OcspResponse = {
  readonly der: Bytes;
  readonly tbs: Bytes;
  readonly producedAt: Instant;
  readonly responses: readonly SingleResponse[];
  /** Critical extensions, none of which is understood here. */
  readonly critical: readonly string[];
  readonly algorithm: Bytes;
  readonly signature: Bytes;
  /** Certificates of responders that go along. */
  readonly certificates: readonly Certificate[];
};

/** Asks for the status of one certificate. No nonce: responders may answer from stock (RFC 5019 §2.1.1). */
export function buildOcspRequest(certificate: Certificate, issuer: Certificate): Bytes {
  const digest = (bytes: Bytes) => octets(createHash("sha1").update(bytes).digest());
  const id = sequence(
    sequence(oid(OID.sha1), DER_NULL), // RFC 5019 §2.1.1: SHA-1, which only names here and proves nothing
    digest(issuer.subject.der),
    digest(publicKeyBits(issuer.publicKey)),
    element(TAG.integer, Uint8Array.fromHex(certificate.serial)),
  );
  return sequence(sequence(sequence(sequence(id))));
}

/** Reads a response; null when the responder refuses (RFC 6960 §4.2.1). Throws `UnreadableError`. */
export function readOcspResponse(der: Bytes): OcspResponse | null {
  const outer = openSequence(der, "OCSPResponse");
  if (readSmallInteger(outer.take(TAG.enumerated, "responseStatus")) !== 0) return null;
  const holder = outer.open(contextTag(0, true), "responseBytes").open(TAG.sequence, "responseBytes");
  if (readOid(holder.any("responseType")) !== OID.ocspBasic) {
    throw unreadableDer("OCSPResponse", "no basic response");
  }
  const fields = openSequence(holder.take(TAG.octetString, "response").content, "BasicOCSPResponse");
  const tbs = fields.take(TAG.sequence, "tbsResponseData");
  const algorithm = fields.take(TAG.sequence, "signatureAlgorithm").whole;
  const signature = readWholeBits(fields.any("signature"), "BasicOCSPResponse.signature");
  const wrapped = fields.optional(contextTag(0, true));
  const certificates = wrapped ? childrenOf(readDer(wrapped.content)) : [];
  return {
    der,
    tbs: tbs.whole,
    ...readData(tbs),
    algorithm,
    signature,
    certificates: certificates.map((each) => readCertificate(each.whole)),
  };
}

function readData(tbs: DerNode): Pick<OcspResponse, "producedAt" | "responses" | "critical"> {
  const fields = openNode(tbs, TAG.sequence, "ResponseData");
  fields.optional(contextTag(0, true)); // version
  fields.any("responderID");
  const producedAt = readTime(fields.any("producedAt"), "ResponseData.producedAt");
  const responses = childrenOf(fields.take(TAG.sequence, "responses"), "ResponseData.responses");
  return { producedAt, responses: responses.map(readSingle), critical: criticalIn(fields, "ResponseData") };
}

/** `[1]` extensions, if they come next. */
function criticalIn(fields: DerFields, where: string): string[] {
  const wrapped = fields.optional(contextTag(1, true));
  const list = wrapped ? readExtensionList(readDer(wrapped.content, where), where) : [];
  return list.filter(({ critical }) => critical).map(({ id }) => id);
}

function readSingle(node: DerNode): SingleResponse {
  const where = "SingleResponse";
  const fields = openNode(node, TAG.sequence, where);
  const certificate = readId(fields.open(TAG.sequence, "certID"));
  const { status, revokedAt } = readStatus(fields.any("certStatus"));
  const thisUpdate = readTime(fields.any("thisUpdate"), `${where}.thisUpdate`);
  const next = fields.optional(contextTag(0, true));
  return {
    certificate,
    status,
    revokedAt,
    thisUpdate,
    nextUpdate: next && readTime(readDer(next.content), `${where}.nextUpdate`),
    critical: criticalIn(fields, where),
  };
}

function readId(fields: DerFields): CertificateId {
  const hash = readHash(fields.any("hashAlgorithm"), fields.where);
  const issuerName = fields.take(TAG.octetString, "issuerNameHash").content;
  const issuerKey = fields.take(TAG.octetString, "issuerKeyHash").content;
  return { hash, issuerName, issuerKey, serial: readIntegerHex(fields.any("serialNumber")) };
}

/** RFC 6960 §4.2.1: `good [0] NULL`, `revoked [1] { time, … }`, `unknown [2] NULL`. */
function readStatus(node: DerNode): Pick<SingleResponse, "status" | "revokedAt"> {
  if (node.tag === contextTag(0, false)) return { status: "good", revokedAt: null };
  if (node.tag !== contextTag(1, true)) return { status: "unknown", revokedAt: null };
  const time = new DerFields(node, "RevokedInfo").any("revocationTime");
  return { status: "revoked", revokedAt: readTime(time, "RevokedInfo.revocationTime") };
}

/** What a response says of this certificate; null when it does not speak of it. */
export function responseFor(
  response: OcspResponse,
  certificate: Certificate,
  issuer: Certificate,
): SingleResponse | null {
  const matches = ({ hash, issuerName, issuerKey, serial }: CertificateId) =>
    hash !== null && serial === certificate.serial &&
    sameBytes(createHash(hash).update(issuer.subject.der).digest(), issuerName) &&
    sameBytes(createHash(hash).update(publicKeyBits(issuer.publicKey)).digest(), issuerKey);
  return response.responses.find((each) => matches(each.certificate)) ?? null;
}

/**
 * The certificate whose key signed a response: the issuer's own, or one that the issuer issued for this purpose
 * (RFC 6960 §4.2.2.2). Null when it is neither. Its validity in time is another question.
 */
export function responderOf(response: OcspResponse, issuer: Certificate): Certificate | null {
  const delegated = response.certificates.filter((each) =>
    each.purposes?.includes(OID.ocspSigning) && each.unknownCritical.length === 0 && isIssuedBy(each, issuer)
  );
  const { algorithm, tbs, signature } = response;
  return [issuer, ...delegated].find(({ publicKey }) => isSignedBy(publicKey, algorithm, tbs, signature)) ??
    null;
}
