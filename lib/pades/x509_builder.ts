/**
 * Makes X.509 certificates (RFC 5280 §4) for the development authority.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Instant } from "../domain/instant.ts";
import type { Signer } from "../signing_ports.ts";
import { algorithmIdentifier } from "./cms_algorithm.ts";
import { type Bytes, TAG } from "./der.ts";
import {
  bits,
  boolean,
  certificateTime,
  context,
  contextValue,
  integer,
  octets,
  oid,
  sequence,
  setOf,
  text,
} from "./der_write.ts";
import { OID } from "./oids.ts";
import { publicKeyBits } from "./x509.ts";

/** What a certificate is for. */
export type CertificateUse = "authority" | "signing" | "timestamping";

/** The certificate to make. */
export type CertificateOrder = {
  readonly use: CertificateUse;
  /** Distinguished name, DER, from `distinguishedName`. */
  readonly subject: Bytes;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Bytes;
  /** Who issues it; for a root its own name and key. */
  readonly issuer: { readonly name: Bytes; readonly publicKey: Bytes };
  /** Up to 20 bytes, unique for the issuer. */
  readonly serial: Bytes;
  readonly notBefore: Instant;
  readonly notAfter: Instant;
};

/** How the issuer's key signs. */
export type IssuerKey = Pick<Signer, "algorithm" | "sign">;

/** A distinguished name of an organization in Japan. */
export function distinguishedName(organization: string, commonName: string): Bytes {
  return sequence(
    setOf(sequence(oid(OID.country), text("JP", TAG.printableString))),
    setOf(sequence(oid(OID.organization), text(organization))),
    setOf(sequence(oid(OID.commonName), text(commonName))),
  );
}

/** Makes and signs a certificate. */
export async function buildCertificate(order: CertificateOrder, key: IssuerKey): Promise<Bytes> {
  const tbs = sequence(
    context(0, integer(2)), // v3
    integer(order.serial),
    algorithmIdentifier(key.algorithm),
    order.issuer.name,
    sequence(certificateTime(order.notBefore), certificateTime(order.notAfter)),
    order.subject,
    order.publicKey,
    context(3, sequence(...extensionsFor(order))),
  );
  return await signedStructure(tbs, key);
}

/** `SEQUENCE { tbs, algorithm, signature }`, the form of certificates and CRLs. */
export async function signedStructure(tbs: Bytes, key: IssuerKey): Promise<Bytes> {
  return sequence(tbs, algorithmIdentifier(key.algorithm), bits(await key.sign(tbs)));
}

function extensionsFor({ use, publicKey, issuer }: CertificateOrder): Bytes[] {
  return [
    extension(OID.basicConstraints, true, use === "authority" ? sequence(boolean(true)) : sequence()),
    extension(OID.keyUsage, true, KEY_USAGE[use]),
    ...purposes(use),
    extension(OID.subjectKeyId, false, octets(keyId(publicKey))),
    extension(OID.authorityKeyId, false, sequence(contextValue(0, keyId(issuer.publicKey)))),
  ];
}

/** Bits from the left (RFC 5280 §4.2.1.3): keyCertSign and cRLSign; signature and nonRepudiation; signature. */
const KEY_USAGE: Readonly<Record<CertificateUse, Bytes>> = {
  authority: bits(Uint8Array.of(0b0000_0110), 1),
  signing: bits(Uint8Array.of(0b1100_0000), 6),
  timestamping: bits(Uint8Array.of(0b1000_0000), 7),
};

function purposes(use: CertificateUse): Bytes[] {
  switch (use) {
    case "authority":
      return [];
    case "signing":
      // Poppler asks NSS, which wants the first; the second is what RFC 9336 gave documents.
      return [
        extension(OID.extendedKeyUsage, false, sequence(oid(OID.emailProtection), oid(OID.documentSigning))),
      ];
    case "timestamping":
      return [extension(OID.extendedKeyUsage, true, sequence(oid(OID.timeStamping)))]; // RFC 3161 §2.3
  }
}

/** One extension of a certificate or CRL. */
export function extension(id: string, critical: boolean, value: Bytes): Bytes {
  return sequence(oid(id), ...(critical ? [boolean(true)] : []), octets(value));
}

/** The key identifier of RFC 5280 §4.2.1.2 (1): SHA-1 of the key's bits. */
export function keyId(publicKey: Bytes): Bytes {
  return Uint8Array.from(createHash("sha1").update(publicKeyBits(publicKey)).digest());
}
