/**
 * Checks the CMS of one signature or document timestamp against what it covers; whom to trust and when is asked
 * elsewhere.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Instant } from "../domain/instant.ts";
import { checkSigner, type CmsFault, namesCertificate } from "./cms_check.ts";
import { certificateOf, onlyValue, type SignedData, type SignerInfo } from "./cms_reader.ts";
import { type Bytes, TAG } from "./der.ts";
import { readOid, readTime, sameBytes } from "./der_values.ts";
import { type HashName, OID } from "./oids.ts";
import {
  checkTimestampToken,
  readTimestampToken,
  type TimestampFault,
  type TimestampToken,
} from "./timestamp_token.ts";
import type { RevisionFault } from "./verification_report.ts";
import { standingOf, weaklySigned } from "./verify_algorithm.ts";
import type { Digests } from "./verify_digests.ts";
import type { ReadCms } from "./verify_read_cms.ts";
import { readable } from "./readable.ts";
import { type Certificate, isForSigning } from "./x509.ts";

/** What was found out about a signature. */
export type CheckedCms = {
  readonly faults: readonly RevisionFault[];
  readonly certificate: Certificate | null;
  /** Timestamps on the signature, each with whether it is of this very signature. */
  readonly timestamps: readonly { readonly token: TimestampToken; readonly sound: boolean }[];
  /** Whether the signed attributes name the certificate (ETSI EN 319 142-1 §6.3). */
  readonly names: boolean;
  /** The signing time among the signed attributes: what the signer claims (RFC 5652 §11.3). */
  readonly claimedAt: Instant | null;
};

/** What is known of a signature that can't be checked. */
export const NOTHING_CHECKED: CheckedCms = {
  faults: [],
  certificate: null,
  timestamps: [],
  names: false,
  claimedAt: null,
};

/** Most timestamps on one signature. */
const MAX_TIMESTAMPS = 8;

/** Checks it against the digests of what it covers. */
export function checkCms(cms: ReadCms, digests: Digests, pool: readonly Certificate[]): CheckedCms {
  const digestOf = (hash: HashName): Bytes => digests.get(hash) ?? new Uint8Array();
  const checked = readable(() =>
    cms.token ? checkToken(cms.token, digestOf, pool) : checkSignature(cms, cms.signed!, digestOf, pool)
  );
  return checked ?? { ...NOTHING_CHECKED, faults: ["unreadable_cms"] };
}

function checkToken(
  token: TimestampToken,
  digestOf: (hash: HashName) => Bytes,
  pool: readonly Certificate[],
): CheckedCms {
  const certificate = signerOf(token, pool);
  const faults = checkTimestampToken(token, digestOf, certificate).map(faultOf);
  return { faults: [...new Set(faults)], certificate, timestamps: [], names: true, claimedAt: null };
}

/** The certificate of a token's authority, in the token or elsewhere. */
export function signerOf(token: TimestampToken, pool: readonly Certificate[]): Certificate | null {
  return token.certificate ?? certificateOf(token.signer, pool);
}

function checkSignature(
  { digestInside }: ReadCms,
  signed: SignedData,
  digestOf: (hash: HashName) => Bytes,
  pool: readonly Certificate[],
): CheckedCms {
  const signer = signed.signers[0]!;
  const certificate = certificateOf(signer, [...signed.certificates, ...pool]);
  const { content } = signed;
  const contentDigest = (hash: HashName): Bytes =>
    content ? Uint8Array.from(createHash(hash).update(content).digest()) : digestOf(hash);
  const found = signerFaults(signer, signed.contentType, contentDigest, certificate);
  if (digestInside) {
    found.push("weak_algorithm");
    if (content === null || !sameBytes(content, digestOf("sha1"))) found.push("wrong_digest");
  } else if (content !== null) found.push("wrong_digest");
  if (certificate && !maySign(certificate)) found.push("wrong_usage");
  const timestamps = timestampsOn(signer, pool, found);
  const names = certificate !== null && namesCertificate(signer, certificate) === true;
  const time = onlyValue(signer, OID.signingTime);
  const claimedAt = time && readable(() => readTime(time));
  return { faults: [...new Set(found)], certificate, timestamps, names, claimedAt };
}

function signerFaults(
  signer: SignerInfo,
  contentType: string,
  digestOf: (hash: HashName) => Bytes,
  certificate: Certificate | null,
): RevisionFault[] {
  if (certificate === null) return ["wrong_certificate"];
  if (signer.signedBytes === null) return ["unknown_format"];
  const standing = standingOf(signer, certificate.publicKey);
  if (standing === "strong") return checkSigner(signer, { contentType, digestOf, certificate }).map(faultOf);
  const faults: RevisionFault[] = [standing === "weak" ? "weak_algorithm" : "unknown_algorithm"];
  const type = onlyValue(signer, OID.contentType);
  const digest = onlyValue(signer, OID.messageDigest);
  const spoken = type?.tag === TAG.oid && readOid(type) === contentType;
  if (!spoken || !digest || (signer.hash !== null && !sameBytes(digest.content, digestOf(signer.hash)))) {
    faults.push("wrong_digest");
  }
  if (namesCertificate(signer, certificate) === false) faults.push("wrong_certificate");
  if (standing === "weak" && !weaklySigned(certificate.publicKey, signer)) faults.push("wrong_signature");
  return faults;
}

/** RFC 5280 §4.2.1.3: a key whose use is limited must be for signing; one of a timestamp authority is for that alone. */
function maySign(certificate: Certificate): boolean {
  const { purposes } = certificate;
  return isForSigning(certificate) && !(purposes?.length === 1 && purposes[0] === OID.timeStamping);
}

/** The signature timestamps that can be read; what is wrong with them goes to `faults`. */
function timestampsOn(
  signer: SignerInfo,
  pool: readonly Certificate[],
  faults: RevisionFault[],
): CheckedCms["timestamps"] {
  const values = signer.unsignedAttributes.get(OID.signatureTimestamp) ?? [];
  if (values.length > MAX_TIMESTAMPS) faults.push("bad_timestamp");
  const digestOf = (hash: HashName): Bytes =>
    Uint8Array.from(createHash(hash).update(signer.signature).digest());
  return values.slice(0, MAX_TIMESTAMPS).flatMap((value) => {
    const token = readable(() => readTimestampToken(value.whole));
    const found = token && readable(() => checkTimestampToken(token, digestOf, signerOf(token, pool)));
    if (!token || !found) {
      faults.push("bad_timestamp");
      return [];
    }
    const sound = found.length === 0;
    if (!sound) {
      faults.push(found.every((each) => each === "unknown_algorithm") ? "weak_timestamp" : "bad_timestamp");
    }
    return [{ token, sound }];
  });
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
    case "unknown_algorithm":
      return "unknown_algorithm";
    case "no_signed_attributes":
    case "wrong_signature":
      return "wrong_signature";
    case "not_a_timestamp_authority":
      return "wrong_usage";
  }
}
