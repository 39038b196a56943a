/**
 * Makes certificates, lists and OCSP responses by the key of a test authority, right ones and wrong ones.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Instant } from "../../lib/domain/instant.ts";
import { algorithmIdentifier } from "../../lib/pades/cms_algorithm.ts";
import { type Bytes, contextTag, TAG } from "../../lib/pades/der.ts";
import {
  certificateTime,
  context,
  contextValue,
  element,
  generalizedTime,
  integer,
  octets,
  oid,
  sequence,
} from "../../lib/pades/der_write.ts";
import { OID } from "../../lib/pades/oids.ts";
import { publicKeyBits, readCertificate } from "../../lib/pades/x509.ts";
import { distinguishedName, extension, signedStructure } from "../../lib/pades/x509_builder.ts";
import type { Signer } from "../../lib/signing_ports.ts";

const uri = (url: string) => element(contextTag(6, false), new TextEncoder().encode(url));

/** An authorityInfoAccess with a place for OCSP. */
export const ocspAt = (url: string): Bytes =>
  extension(OID.authorityInfoAccess, false, sequence(sequence(oid(OID.ocsp), uri(url))));

/** A cRLDistributionPoints with one place. */
export const crlAt = (url: string): Bytes =>
  extension(OID.crlDistributionPoints, false, sequence(sequence(context(0, context(0, uri(url))))));

/** The purpose of a responder. */
export const RESPONDER: Bytes = extension(OID.extendedKeyUsage, false, sequence(oid(OID.ocspSigning)));

/** An issuingDistributionPoint: its place, then flags by their numbers. */
export function issuingPoint(url: string | null, ...flags: readonly number[]): Bytes {
  const parts = [
    ...(url === null ? [] : [context(0, context(0, uri(url)))]),
    ...flags.map((number) =>
      contextValue(number, number === 3 ? Uint8Array.of(6, 0x40) : Uint8Array.of(0xff))
    ),
  ];
  return extension(OID.issuingDistributionPoint, true, sequence(...parts));
}

/** A certificate for a key (SubjectPublicKeyInfo) with these extensions. */
export function certificateBy(
  authority: Signer,
  publicKey: Bytes,
  ...extensions: readonly Bytes[]
): Promise<Bytes> {
  const { subject } = readCertificate(authority.certificate);
  const tbs = sequence(
    context(0, integer(2)),
    integer(4711),
    algorithmIdentifier(authority.algorithm),
    subject.der,
    sequence(certificateTime("2020-01-01T00:00:00.000Z"), certificateTime("2049-01-01T00:00:00.000Z")),
    distinguishedName("Test", "Leaf"),
    publicKey,
    context(3, sequence(...extensions)),
  );
  return signedStructure(tbs, authority);
}

/** Times of a statement; without the second it does not say until when it holds. */
export type Times = { readonly thisUpdate: Instant; readonly nextUpdate?: Instant };

/** A list with these serial numbers (hexadecimal) on it. */
export function crlBy(
  authority: Signer,
  { thisUpdate, nextUpdate }: Times,
  { revoked = [], extensions = [] }: { revoked?: readonly string[]; extensions?: readonly Bytes[] } = {},
): Promise<Bytes> {
  const entries = revoked.map((serial) =>
    sequence(element(TAG.integer, Uint8Array.fromHex(serial)), certificateTime(thisUpdate))
  );
  const tbs = sequence(
    integer(1),
    algorithmIdentifier(authority.algorithm),
    readCertificate(authority.certificate).subject.der,
    certificateTime(thisUpdate),
    ...(nextUpdate ? [certificateTime(nextUpdate)] : []),
    ...(entries.length > 0 ? [sequence(...entries)] : []),
    ...(extensions.length > 0 ? [context(0, sequence(...extensions))] : []),
  );
  return signedStructure(tbs, authority);
}

/** What a response says: of whom, by whom, with which certificates, and critical extensions. */
export type OcspOrder = Times & {
  readonly of: Bytes;
  readonly issuer: Bytes;
  readonly status?: "good" | "revoked" | "unknown";
  readonly certificates?: readonly Bytes[];
  readonly extensions?: Bytes;
  readonly singleExtensions?: Bytes;
};

/** A successful response, signed by whoever is given. */
export async function ocspBy(responder: Signer, order: OcspOrder): Promise<Bytes> {
  const { thisUpdate, nextUpdate, status = "good", certificates = [] } = order;
  const issuer = readCertificate(order.issuer);
  const digest = (bytes: Bytes) => octets(createHash("sha256").update(bytes).digest());
  const id = sequence(
    sequence(oid(OID.sha256)),
    digest(issuer.subject.der),
    digest(publicKeyBits(issuer.publicKey)),
    element(TAG.integer, Uint8Array.fromHex(readCertificate(order.of).serial)),
  );
  const said = {
    good: contextValue(0, new Uint8Array()),
    revoked: context(1, generalizedTime(thisUpdate)),
    unknown: contextValue(2, new Uint8Array()),
  }[status];
  const single = sequence(
    id,
    said,
    generalizedTime(thisUpdate),
    ...(nextUpdate ? [context(0, generalizedTime(nextUpdate))] : []),
    ...(order.singleExtensions ? [context(1, sequence(order.singleExtensions))] : []),
  );
  const tbs = sequence(
    context(1, readCertificate(responder.certificate).subject.der),
    generalizedTime(thisUpdate),
    sequence(single),
    ...(order.extensions ? [context(1, sequence(order.extensions))] : []),
  );
  const basic = sequence(
    tbs,
    algorithmIdentifier(responder.algorithm),
    element(TAG.bitString, Uint8Array.of(0), await responder.sign(tbs)),
    ...(certificates.length > 0 ? [context(0, sequence(...certificates))] : []),
  );
  const bytes = sequence(oid(OID.ocspBasic), octets(basic));
  return sequence(element(TAG.enumerated, Uint8Array.of(0)), context(0, bytes));
}
