/**
 * Reads CMS SignedData (RFC 5652 §5): signatures of PDFs and timestamp tokens.
 *
 * @module
 */
import {
  type Bytes,
  childrenOf,
  contextTag,
  type DerNode,
  readDerPrefix,
  TAG,
  unreadableDer,
} from "./der.ts";
import { type DerFields, openNode } from "./der_fields.ts";
import { readIntegerHex, readOid, sameBytes } from "./der_values.ts";
import { element } from "./der_write.ts";
import { readHash } from "./cms_algorithm.ts";
import { type HashName, OID } from "./oids.ts";
import { type Certificate, readCertificate } from "./x509.ts";

/** One signer's part of a SignedData. */
export type SignerInfo = {
  /** How the signer's certificate is named: by issuer and serial number, or by its subject key id. */
  readonly certificateId:
    | { readonly issuer: Bytes; readonly serial: string }
    | { readonly subjectKeyId: string };
  /** The hash function of the content and of the attributes; null when it is not known here. */
  readonly hash: HashName | null;
  /** What was signed: the attributes as a SET (RFC 5652 §5.4); null when the content itself was. */
  readonly signedBytes: Bytes | null;
  /** Values of the signed attributes by object identifier. */
  readonly signedAttributes: ReadonlyMap<string, readonly DerNode[]>;
  /** AlgorithmIdentifier, DER. */
  readonly algorithm: Bytes;
  readonly signature: Bytes;
  /** Values of the unsigned attributes by object identifier. */
  readonly unsignedAttributes: ReadonlyMap<string, readonly DerNode[]>;
};

/** A SignedData as read; nothing about it is verified yet. */
export type SignedData = {
  /** The ContentInfo without padding, DER. */
  readonly der: Bytes;
  readonly contentType: string;
  /** What the encapsulated OCTET STRING holds; null when the content is elsewhere. */
  readonly content: Bytes | null;
  readonly certificates: readonly Certificate[];
  readonly signers: readonly SignerInfo[];
};

/** Reads a ContentInfo that is a SignedData; zeros after it, as PDFs have, are left alone. Throws `UnreadableError`. */
export function readSignedData(bytes: Bytes): SignedData {
  const outer = readDerPrefix(bytes, "ContentInfo");
  const info = openNode(outer, TAG.sequence, "ContentInfo");
  if (readOid(info.any("contentType"), "ContentInfo.contentType") !== OID.signedData) {
    throw unreadableDer("ContentInfo", "no signed data");
  }
  const fields = info.open(contextTag(0, true), "content").open(TAG.sequence, "SignedData");
  fields.take(TAG.integer, "version");
  fields.take(TAG.set, "digestAlgorithms");
  const { contentType, content } = readContent(fields.open(TAG.sequence, "encapContentInfo"));
  const certificates = fields.optional(contextTag(0, true));
  fields.optional(contextTag(1, true)); // crls
  const signers = childrenOf(fields.take(TAG.set, "signerInfos"), "SignedData.signerInfos");
  return {
    der: outer.whole,
    contentType,
    content,
    certificates: certificates ? readCertificates(certificates) : [],
    signers: signers.map(readSigner),
  };
}

function readContent(fields: DerFields): { contentType: string; content: Bytes | null } {
  const contentType = readOid(fields.any("eContentType"), "SignedData.encapContentInfo.eContentType");
  const wrapped = fields.more ? fields.open(contextTag(0, true), "eContent") : null;
  return { contentType, content: wrapped?.take(TAG.octetString, "eContent").content ?? null };
}

/** RFC 5652 §10.2.2: other kinds of certificates have context tags and are passed over. */
function readCertificates(node: DerNode): Certificate[] {
  const plain = childrenOf(node, "SignedData.certificates").filter((each) => each.tag === TAG.sequence);
  return plain.map((each) => readCertificate(each.whole));
}

function readSigner(node: DerNode): SignerInfo {
  const where = "SignerInfo";
  const fields = openNode(node, TAG.sequence, where);
  fields.take(TAG.integer, "version");
  const certificateId = readCertificateId(fields.any("sid"));
  const hash = readHash(fields.any("digestAlgorithm"), `${where}.digestAlgorithm`);
  const signed = fields.optional(contextTag(0, true));
  const algorithm = fields.take(TAG.sequence, "signatureAlgorithm").whole;
  const signature = fields.take(TAG.octetString, "signature").content;
  const unsigned = fields.optional(contextTag(1, true));
  fields.end();
  return {
    certificateId,
    hash,
    // RFC 5652 §5.4: signed is the SET, not the implicit [0] that stands in its place.
    signedBytes: signed && element(TAG.set, signed.content),
    signedAttributes: readAttributes(signed, `${where}.signedAttrs`),
    algorithm,
    signature,
    unsignedAttributes: readAttributes(unsigned, `${where}.unsignedAttrs`),
  };
}

function readCertificateId(node: DerNode): SignerInfo["certificateId"] {
  if (node.tag === contextTag(0, false)) return { subjectKeyId: node.content.toHex() };
  const fields = openNode(node, TAG.sequence, "SignerInfo.sid");
  const issuer = fields.take(TAG.sequence, "issuer").whole;
  return { issuer, serial: readIntegerHex(fields.any("serialNumber"), "SignerInfo.sid.serialNumber") };
}

function readAttributes(node: DerNode | null, where: string): ReadonlyMap<string, readonly DerNode[]> {
  const attributes = new Map<string, readonly DerNode[]>();
  for (const each of node ? childrenOf(node, where) : []) {
    const fields = openNode(each, TAG.sequence, where);
    const id = readOid(fields.any("attrType"), where);
    const values = childrenOf(fields.take(TAG.set, "attrValues"), where);
    attributes.set(id, [...(attributes.get(id) ?? []), ...values]);
  }
  return attributes;
}

/** The value of a signed attribute that has just one; null for any other. */
export function onlyValue(signer: SignerInfo, id: string): DerNode | null {
  const values = signer.signedAttributes.get(id);
  return values?.length === 1 ? values[0]! : null;
}

/** The certificate that a signer names, among those given. */
export function certificateOf(signer: SignerInfo, pool: readonly Certificate[]): Certificate | null {
  const id = signer.certificateId;
  const found = "subjectKeyId" in id
    ? pool.find((each) => each.subjectKeyId === id.subjectKeyId)
    : pool.find((each) => each.serial === id.serial && sameBytes(each.issuer.der, id.issuer));
  return found ?? null;
}
