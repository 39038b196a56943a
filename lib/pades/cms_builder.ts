/**
 * Builds CMS SignedData with one signer (RFC 5652 §5), for PDF signatures and for timestamp tokens.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Signer } from "../ports.ts";
import { algorithmIdentifier, SHA256_ALGORITHM } from "./cms_algorithm.ts";
import { type Bytes, contextTag, readDer } from "./der.ts";
import { context, element, integer, octets, oid, sequence, setOf } from "./der_write.ts";
import { OID } from "./oids.ts";
import { isSelfIssued, type Name, readCertificate } from "./x509.ts";

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

/** A ContentInfo with a SignedData, DER. Throws what the signer throws. */
export async function buildSignedData(order: SignedDataOrder): Promise<Bytes> {
  const { signer, contentType, digest, content, signal } = order;
  const signed = setOf(
    attribute({ id: OID.contentType, value: oid(contentType) }),
    attribute({ id: OID.messageDigest, value: octets(digest) }),
    attribute({ id: OID.signingCertificateV2, value: signingCertificate(signer.certificate) }),
  );
  const signature = await signer.sign(signed, signal);
  const unsigned = await order.unsigned?.(signature) ?? [];
  const signerInfo = sequence(
    integer(1), // RFC 5652 §5.3: the certificate is named by issuer and serial number
    issuerAndSerial(signer.certificate),
    SHA256_ALGORITHM,
    implicitSet(0, signed),
    algorithmIdentifier(signer.algorithm),
    octets(signature),
    ...(unsigned.length > 0 ? [implicitSet(1, setOf(...unsigned.map(attribute)))] : []),
  );
  const certificates = order.certificates ?? [signer.certificate, ...withoutRoot(signer.chain)];
  const signedData = sequence(
    integer(contentType === OID.data ? 1 : 3), // RFC 5652 §5.1
    setOf(SHA256_ALGORITHM),
    sequence(oid(contentType), ...(content ? [context(0, octets(content))] : [])),
    ...(certificates.length > 0 ? [implicitSet(0, setOf(...certificates))] : []),
    setOf(signerInfo),
  );
  return sequence(oid(OID.signedData), context(0, signedData));
}

/** The certificates that are not their own issuers: a root is trusted for being known, not for being sent. */
export function withoutRoot(chain: readonly Bytes[]): readonly Bytes[] {
  return chain.filter((each) => !isSelfIssued(readCertificate(each)));
}

function attribute({ id, value }: Attribute): Bytes {
  return sequence(oid(id), setOf(value));
}

function implicitSet(number: number, set: Bytes): Bytes {
  return element(contextTag(number, true), readDer(set).content);
}

/** The serial number comes from the certificate as it stands there. */
function issuerAndSerial(certificate: Bytes): Bytes {
  const { issuer, serial } = readCertificate(certificate);
  return sequence(issuer.der, element(0x02, Uint8Array.fromHex(serial)));
}

/** RFC 5035 §3: the hash algorithm is SHA-256 by default and so, in DER, not written. */
function signingCertificate(certificate: Bytes): Bytes {
  const { issuer, serial } = readCertificate(certificate);
  const hash = octets(createHash("sha256").update(certificate).digest());
  return sequence(sequence(sequence(hash, issuerSerial(issuer, serial))));
}

function issuerSerial(issuer: Name, serial: string): Bytes {
  return sequence(sequence(context(4, issuer.der)), element(0x02, Uint8Array.fromHex(serial)));
}
