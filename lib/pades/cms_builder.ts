/**
 * Builds CMS SignedData with one signer (RFC 5652 §5), for PDF signatures and for timestamp tokens.
 *
 * @module
 */
import type { Signer } from "../signing_ports.ts";
import { SHA256_ALGORITHM } from "./cms_algorithm.ts";
import { type Bytes, contextTag, readDer } from "./der.ts";
import { context, element, integer, octets, oid, sequence, setOf } from "./der_write.ts";
import { OID } from "./oids.ts";
import { signerParts } from "./signer_parts.ts";

/** An attribute with one value. */
export type Attribute = { readonly id: string; readonly value: Bytes };

/** What is to be signed, by whom. */
export type SignedDataOrder = {
  readonly signer: Signer;
  /** Object identifier of what is signed. */
  readonly contentType: string;
  /** SHA-256 of the content. */
  readonly digest: Bytes;
  /** The content itself, if it goes along. */
  readonly content?: Bytes;
  /** The certificates that go along; by default the signer's and those between it and the root. */
  readonly certificates?: readonly Bytes[];
  /** Makes the unsigned attributes from the signature's value. */
  readonly unsigned?: (signature: Bytes) => Promise<readonly Attribute[]>;
  readonly signal?: AbortSignal;
};

const CONTENT_TYPE = oid(OID.contentType);
const MESSAGE_DIGEST = oid(OID.messageDigest);
const SIGNING_CERTIFICATE = oid(OID.signingCertificateV2);
const SIGNED_DATA = oid(OID.signedData);
const DIGEST_ALGORITHMS = setOf(SHA256_ALGORITHM);

/** A ContentInfo with a SignedData, DER. Throws what the signer throws. */
export async function buildSignedData(order: SignedDataOrder): Promise<Bytes> {
  const { signer, contentType, digest, content, signal } = order;
  const parts = signerParts(signer);
  const type = oid(contentType);
  const signed = setOf(
    sequence(CONTENT_TYPE, setOf(type)),
    sequence(MESSAGE_DIGEST, setOf(octets(digest))),
    sequence(SIGNING_CERTIFICATE, setOf(parts.signingCertificate)),
  );
  const signature = await signer.sign(signed, signal);
  const unsigned = await order.unsigned?.(signature) ?? [];
  const signerInfo = sequence(
    integer(1), // RFC 5652 §5.3: the certificate is named by issuer and serial number
    parts.issuerAndSerial,
    SHA256_ALGORITHM,
    implicitSet(0, signed),
    parts.algorithm,
    octets(signature),
    ...(unsigned.length > 0 ? [implicitSet(1, setOf(...unsigned.map(attribute)))] : []),
  );
  const certificates = order.certificates ?? parts.certificates;
  const signedData = sequence(
    integer(contentType === OID.data ? 1 : 3), // RFC 5652 §5.1
    DIGEST_ALGORITHMS,
    sequence(type, ...(content ? [context(0, octets(content))] : [])),
    ...(certificates.length > 0 ? [implicitSet(0, setOf(...certificates))] : []),
    setOf(signerInfo),
  );
  return sequence(SIGNED_DATA, context(0, signedData));
}

function attribute({ id, value }: Attribute): Bytes {
  return sequence(oid(id), setOf(value));
}

function implicitSet(number: number, set: Bytes): Bytes {
  return element(contextTag(number, true), readDer(set).content);
}
