/**
 * Lists of revoked certificates (RFC 5280 §5): reading, checking, and making them for the development authority.
 *
 * @module
 */
import type { Instant } from "../domain/instant.ts";
import { algorithmIdentifier, isSignedBy } from "./cms_algorithm.ts";
import { type Bytes, contextTag, type DerNode, eachChild, readDer, TAG } from "./der.ts";
import { type DerFields, openNode, openSequence } from "./der_fields.ts";
import { readIntegerHex, readTime, readWholeBits, sameBytes } from "./der_values.ts";
import { certificateTime, context, contextValue, integer, sequence } from "./der_write.ts";
import { OID } from "./oids.ts";
import { type CrlScope, readCrlScope } from "./revocation_scope.ts";
import type { Certificate } from "./x509.ts";
import { extension, type IssuerKey, keyId, signedStructure } from "./x509_builder.ts";
import { readExtensionList } from "./x509_extensions.ts";

/** A list as read; nothing about it is verified yet. */
export type Crl = {
  readonly der: Bytes;
  readonly tbs: Bytes;
  /** Name of the issuer, DER. */
  readonly issuer: Bytes;
  readonly thisUpdate: Instant;
  readonly nextUpdate: Instant | null;
  /** The entries, DER, gone through when asked: lists may be long. */
  readonly entries: DerNode | null;
  /** What it limits itself to; null for all certificates of its issuer. */
  readonly scope: CrlScope | null;
  /** Whether it says only what has changed since another list. */
  readonly isDelta: boolean;
  /** Further critical extensions, which are not understood here. */
  readonly critical: readonly string[];
  readonly algorithm: Bytes;
  readonly signature: Bytes;
};

const UNDERSTOOD: readonly string[] = [OID.issuingDistributionPoint, OID.deltaCrlIndicator];

/** Reads a list. Throws `UnreadableError`. */
export function readCrl(der: Bytes): Crl {
  const outer = openSequence(der, "CertificateList");
  const tbs = outer.take(TAG.sequence, "tbsCertList");
  const algorithm = outer.take(TAG.sequence, "signatureAlgorithm").whole;
  const signature = readWholeBits(outer.any("signature"), "CertificateList.signature");
  const fields = openNode(tbs, TAG.sequence, "TBSCertList");
  fields.optional(TAG.integer); // version
  fields.take(TAG.sequence, "signature");
  const issuer = fields.take(TAG.sequence, "issuer").whole;
  const thisUpdate = readTime(fields.any("thisUpdate"), "TBSCertList.thisUpdate");
  const nextUpdate = readOptionalTime(fields);
  const entries = fields.optional(TAG.sequence);
  const wrapped = fields.optional(contextTag(0, true));
  const extensions = wrapped ? readExtensionList(readDer(wrapped.content), "TBSCertList.crlExtensions") : [];
  const point = extensions.find(({ id }) => id === OID.issuingDistributionPoint);
  return {
    der,
    tbs: tbs.whole,
    issuer,
    thisUpdate,
    nextUpdate,
    entries,
    scope: point ? readCrlScope(point.value) : null,
    isDelta: extensions.some(({ id }) => id === OID.deltaCrlIndicator),
    critical: extensions.filter((each) => each.critical && !UNDERSTOOD.includes(each.id)).map(({ id }) => id),
    algorithm,
    signature,
  };
}

function readOptionalTime(fields: DerFields): Instant | null {
  const node = fields.optional(TAG.utcTime) ?? fields.optional(TAG.generalizedTime);
  return node && readTime(node, "TBSCertList.nextUpdate");
}

/** When a serial number (hexadecimal) was revoked according to a list; null when it is not on it. */
export function revokedAt(crl: Crl, serial: string): Instant | null {
  for (const entry of crl.entries ? eachChild(crl.entries, "revokedCertificates") : []) {
    const fields = openNode(entry, TAG.sequence, "revokedCertificates");
    if (readIntegerHex(fields.any("userCertificate")) !== serial) continue;
    return readTime(fields.any("revocationDate"), "revokedCertificates.revocationDate");
  }
  return null;
}

/** Whether a list is understood, and issued by the authority itself. Of whom it speaks is told by `scopeFault`. */
export function isCrlOf(crl: Crl, authority: Certificate): boolean {
  const maySign = authority.keyUse === null || authority.keyUse.has("cRLSign");
  return crl.critical.length === 0 && maySign &&
    sameBytes(crl.issuer, authority.subject.der) &&
    isSignedBy(authority.publicKey, crl.algorithm, crl.tbs, crl.signature);
}

/** Makes a list on which nobody stands. */
export async function buildEmptyCrl(
  issuer: { readonly name: Bytes; readonly publicKey: Bytes },
  key: IssuerKey,
  times: { readonly thisUpdate: Instant; readonly nextUpdate: Instant; readonly number: number },
): Promise<Bytes> {
  const extensions = sequence(
    extension(OID.authorityKeyId, false, sequence(contextValue(0, keyId(issuer.publicKey)))),
    extension(OID.crlNumber, false, integer(times.number)),
  );
  const tbs = sequence(
    integer(1), // v2
    algorithmIdentifier(key.algorithm),
    issuer.name,
    certificateTime(times.thisUpdate),
    certificateTime(times.nextUpdate),
    context(0, extensions),
  );
  return await signedStructure(tbs, key);
}
