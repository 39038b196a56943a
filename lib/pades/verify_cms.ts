/**
 * Checks the CMS of one signature or document timestamp against what it covers; whom to trust and when is asked
 * elsewhere.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { checkSigner, type CmsFault, namesCertificate } from "./cms_check.ts";
import { certificateOf, readSignedData, type SignedData, type SignerInfo } from "./cms_reader.ts";
import { type Bytes, childrenOf, readDerPrefix } from "./der.ts";
import { type HashName, OID } from "./oids.ts";
import {
  checkTimestampToken,
  readTimestampToken,
  type TimestampFault,
  type TimestampToken,
} from "./timestamp_token.ts";
import type { RevisionFault } from "./verification_report.ts";
import type { Digests } from "./verify_digests.ts";
import { readable } from "./verify_store.ts";
import type { Certificate } from "./x509.ts";

/** A signature's CMS as read. */
export type ReadCms = {
  /** Null for a document timestamp. */
  readonly signed: SignedData | null;
  /** Null for a signature. */
  readonly token: TimestampToken | null;
  /** Hash functions that its check needs. */
  readonly hashes: readonly HashName[];
};

/** What was found out about a signature. */
export type CheckedCms = {
  readonly faults: readonly RevisionFault[];
  readonly certificate: Certificate | null;
  /** Timestamps on the signature, each with whether it is of this very signature. */
  readonly timestamps: readonly { readonly token: TimestampToken; readonly sound: boolean }[];
  /** Whether the signed attributes name the certificate (ETSI EN 319 142-1 §6.3). */
  readonly names: boolean;
};

/** Most timestamps on one signature. */
const MAX_TIMESTAMPS = 8;

/** Reads the content of /Contents; null when it is no CMS with one signer. */
export function readCms(kind: "signature" | "doc-timestamp", contents: Bytes): ReadCms | null {
  if (kind === "doc-timestamp") {
    const token = readable(() => readTimestampToken(contents));
    return token && { signed: null, token, hashes: token.info.hash ? [token.info.hash] : [] };
  }
  const signed = readable(() => readSignedData(contents));
  const [signer, second] = signed?.signers ?? [];
  return signed && signer && !second
    ? { signed, token: null, hashes: signer.hash ? [signer.hash] : [] }
    : null;
}

/** Whether anything but zeros stands behind the CMS in its slot, or anything at all behind the SignedData in it. */
export function hasHiddenBytes(contents: Bytes): boolean {
  const outer = readDerPrefix(contents, "ContentInfo");
  // RFC 5652 §3: an identifier and one [0] that holds one element.
  const [, wrapped, third] = childrenOf(outer, "ContentInfo");
  const extra = third !== undefined || !wrapped || childrenOf(wrapped, "ContentInfo.content").length !== 1;
  return extra || contents.subarray(outer.whole.length).some((byte) => byte !== 0);
}

/** Checks it against the digests of what it covers. */
export function checkCms(cms: ReadCms, digests: Digests, pool: readonly Certificate[]): CheckedCms {
  const digestOf = (hash: HashName): Bytes => digests.get(hash) ?? new Uint8Array();
  const checked = readable(() =>
    cms.token ? checkToken(cms.token, digestOf, pool) : checkSignature(cms.signed!, digestOf, pool)
  );
  return checked ?? { faults: ["unreadable_cms"], certificate: null, timestamps: [], names: false };
}

function checkToken(
  token: TimestampToken,
  digestOf: (hash: HashName) => Bytes,
  pool: readonly Certificate[],
): CheckedCms {
  const certificate = signerOf(token, pool);
  const faults = checkTimestampToken(token, digestOf, certificate).map(faultOf);
  return { faults: [...new Set(faults)], certificate, timestamps: [], names: true };
}

/** The certificate of a token's authority, in the token or elsewhere. */
export function signerOf(token: TimestampToken, pool: readonly Certificate[]): Certificate | null {
  return token.certificate ?? certificateOf(token.signer, pool);
}

function checkSignature(
  signed: SignedData,
  digestOf: (hash: HashName) => Bytes,
  pool: readonly Certificate[],
): CheckedCms {
  const signer = signed.signers[0]!;
  const certificate = certificateOf(signer, [...signed.certificates, ...pool]);
  const content = signed.content;
  const contentDigest = (hash: HashName): Bytes =>
    content ? Uint8Array.from(createHash(hash).update(content).digest()) : digestOf(hash);
  const found: RevisionFault[] = checkSigner(signer, {
    contentType: signed.contentType,
    // A SHA-1 signature of old (adbe.pkcs7.sha1) signs a digest within: it proves nothing today.
    digestOf: contentDigest,
    certificate,
  }).map(faultOf);
  if (content !== null) found.push("wrong_digest");
  if (certificate && !maySign(certificate)) found.push("wrong_usage");
  const timestamps = timestampsOn(signer, pool);
  if (timestamps === null || timestamps.some(({ sound }) => !sound)) found.push("bad_timestamp");
  const names = certificate !== null && namesCertificate(signer, certificate) === true;
  return { faults: [...new Set(found)], certificate, timestamps: timestamps ?? [], names };
}

/** RFC 5280 §4.2.1.3: a key whose use is limited must be for signing; one of a timestamp authority is for that alone. */
function maySign({ keyUse, purposes }: Certificate): boolean {
  const signs = keyUse === null || keyUse.has("digitalSignature") || keyUse.has("nonRepudiation");
  return signs && !(purposes?.length === 1 && purposes[0] === OID.timeStamping);
}

/** The signature timestamps; null when one can't be read. */
function timestampsOn(signer: SignerInfo, pool: readonly Certificate[]): CheckedCms["timestamps"] | null {
  const values = signer.unsignedAttributes.get(OID.signatureTimestamp) ?? [];
  if (values.length > MAX_TIMESTAMPS) return null;
  const timestamps: { token: TimestampToken; sound: boolean }[] = [];
  const digestOf = (hash: HashName): Bytes =>
    Uint8Array.from(createHash(hash).update(signer.signature).digest());
  for (const value of values) {
    const token = readable(() => readTimestampToken(value.whole));
    if (!token) return null;
    const faults = readable(() => checkTimestampToken(token, digestOf, signerOf(token, pool)));
    timestamps.push({ token, sound: faults?.length === 0 });
  }
  return timestamps;
}

function faultOf(fault: CmsFault | TimestampFault): RevisionFault {
  switch (fault) {
    case "wrong_digest":
    case "wrong_imprint":
    case "wrong_content_type":
      return "wrong_digest";
    case "no_certificate":
    case "wrong_certificate":
    case "no_certificate_named":
      return "wrong_certificate";
    case "no_signed_attributes":
    case "unknown_algorithm":
    case "wrong_signature":
      return "wrong_signature";
    case "not_a_timestamp_authority":
      return "wrong_usage";
  }
}
