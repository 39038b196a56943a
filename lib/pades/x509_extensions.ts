/**
 * The extensions of certificates that decide what a certificate may be used for and where to ask about it
 * (RFC 5280 §4.2).
 *
 * @module
 */
import { type Bytes, childrenOf, contextTag, type DerNode, readDer, TAG, unreadableDer } from "./der.ts";
import { DerFields, openNode } from "./der_fields.ts";
import { latin1, readBits, readBoolean, readOid, readSmallInteger } from "./der_values.ts";
import { OID } from "./oids.ts";

/** What the key of a certificate may do (RFC 5280 §4.2.1.3). */
export type KeyUse =
  | "digitalSignature"
  | "nonRepudiation"
  | "keyEncipherment"
  | "dataEncipherment"
  | "keyAgreement"
  | "keyCertSign"
  | "cRLSign";

const KEY_USES: readonly KeyUse[] = [
  "digitalSignature",
  "nonRepudiation",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
];

/** What the extensions of a certificate say. */
export type Extensions = {
  /** Whether it is the certificate of an authority (basicConstraints). */
  readonly isAuthority: boolean;
  /** How many authorities may follow below it; null for any number. */
  readonly pathLength: number | null;
  /** Null when the certificate does not limit the use of its key. */
  readonly keyUse: ReadonlySet<KeyUse> | null;
  /** Object identifiers of the purposes; null when it names none. */
  readonly purposes: readonly string[] | null;
  /** Whether the purposes are marked as critical. */
  readonly purposesCritical: boolean;
  /** Places to ask for its status (OCSP). */
  readonly ocspUrls: readonly string[];
  /** Places to get lists of revoked certificates. */
  readonly crlUrls: readonly string[];
  /** The same as they stand there, of whatever kind: each a GeneralName as hexadecimal DER. */
  readonly crlPlaces: readonly string[];
  /** Places to get its issuer's certificate. */
  readonly issuerUrls: readonly string[];
  /** Hexadecimal. */
  readonly subjectKeyId: string | null;
  /** Hexadecimal. */
  readonly authorityKeyId: string | null;
  /** A responder's certificate that needs no check of its own (RFC 6960 §4.2.2.2.1). */
  readonly ocspNoCheck: boolean;
  /** Critical extensions that are not understood here; such a certificate proves nothing. */
  readonly unknownCritical: readonly string[];
};

/** The same without `readonly`, while it is being filled. */
type Draft = { -readonly [K in keyof Extensions]: Extensions[K] };

/** One extension: its identifier, whether it must be understood, its content. */
export type Extension = { readonly id: string; readonly critical: boolean; readonly value: Bytes };

/** The extensions in a SEQUENCE of them, as certificates, CRLs and OCSP responses have. Throws `UnreadableError`. */
export function readExtensionList(node: DerNode, where: string): Extension[] {
  const list = childrenOf(node, where).map((each) => {
    const fields = openNode(each, TAG.sequence, where);
    const id = readOid(fields.any("extnID"), where);
    const critical = fields.optional(TAG.boolean);
    const value = fields.take(TAG.octetString, "extnValue").content;
    fields.end();
    return { id, critical: critical !== null && readBoolean(critical, where), value };
  });
  // RFC 5280 §4.2: one extension of a kind.
  if (new Set(list.map(({ id }) => id)).size < list.length) throw unreadableDer(where, "an extension twice");
  return list;
}

/** Reads the extensions of a certificate. Throws `UnreadableError`. */
export function readExtensions(node: DerNode | null): Extensions {
  const draft: Draft = {
    isAuthority: false,
    pathLength: null,
    keyUse: null,
    purposes: null,
    purposesCritical: false,
    ocspUrls: [],
    crlUrls: [],
    crlPlaces: [],
    issuerUrls: [],
    subjectKeyId: null,
    authorityKeyId: null,
    ocspNoCheck: false,
    unknownCritical: [],
  };
  if (node === null) return draft;
  for (const extension of readExtensionList(node, "Certificate.extensions")) {
    if (!readOne(draft, extension) && extension.critical) {
      draft.unknownCritical = [...draft.unknownCritical, extension.id];
    }
  }
  return draft;
}

/** Notes what one extension says; false when it is not understood. */
function readOne(draft: Draft, { id, critical, value }: Extension): boolean {
  const where = `Certificate.extensions[${id}]`;
  const node = readDer(value, where);
  switch (id) {
    case OID.basicConstraints: {
      const fields = openNode(node, TAG.sequence, where);
      const authority = fields.optional(TAG.boolean);
      const length = fields.optional(TAG.integer);
      draft.isAuthority = authority !== null && readBoolean(authority, where);
      draft.pathLength = length === null ? null : readSmallInteger(length, where);
      return true;
    }
    case OID.keyUsage:
      draft.keyUse = readKeyUse(node, where);
      return true;
    case OID.extendedKeyUsage:
      draft.purposes = childrenOf(node, where).map((each) => readOid(each, where));
      draft.purposesCritical = critical;
      return true;
    case OID.subjectKeyId:
      draft.subjectKeyId = node.content.toHex();
      return true;
    case OID.authorityKeyId:
      draft.authorityKeyId = new DerFields(node, where).optional(contextTag(0, false))?.content.toHex() ??
        null;
      return true;
    case OID.authorityInfoAccess:
      draft.ocspUrls = accessUrls(node, OID.ocsp, where);
      draft.issuerUrls = accessUrls(node, OID.caIssuers, where);
      return true;
    case OID.crlDistributionPoints:
      draft.crlPlaces = distributionPlaces(node, where);
      draft.crlUrls = draft.crlPlaces.flatMap(urlOf);
      return true;
    case OID.ocspNoCheck:
      draft.ocspNoCheck = true;
      return true;
    // Policies are the operator's affair: a root is trusted for all that is issued below it.
    case OID.certificatePolicies:
      return true;
    default:
      return false;
  }
}

function readKeyUse(node: DerNode, where: string): ReadonlySet<KeyUse> {
  const { bytes } = readBits(node, where);
  return new Set(KEY_USES.filter((_, bit) => ((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0));
}

const URI = contextTag(6, false);

function accessUrls(node: DerNode, method: string, where: string): string[] {
  return childrenOf(node, where).flatMap((each) => {
    const fields = openNode(each, TAG.sequence, where);
    const isMethod = readOid(fields.any("accessMethod"), where) === method;
    const location = fields.any("accessLocation");
    return isMethod && location.tag === URI ? [latin1(location.content)] : [];
  });
}

/** RFC 5280 §4.2.1.13: `[0] distributionPoint { [0] fullName { names } }`. */
function distributionPlaces(node: DerNode, where: string): string[] {
  return childrenOf(node, where).flatMap((point) => {
    const name = openNode(point, TAG.sequence, where).optional(contextTag(0, true));
    const fullName = name && new DerFields(name, where).optional(contextTag(0, true));
    return fullName ? childrenOf(fullName, where).map(({ whole }) => whole.toHex()) : [];
  });
}

function urlOf(place: string): string[] {
  const name = readDer(Uint8Array.fromHex(place));
  return name.tag === URI ? [latin1(name.content)] : [];
}
