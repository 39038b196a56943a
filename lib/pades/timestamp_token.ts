/**
 * Reads and checks RFC 3161 timestamp tokens.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { epochMs, type Instant, instantOf } from "../domain/instant.ts";
import { checkSigner, type CmsFault, namesCertificate } from "./cms_check.ts";
import { certificateOf, readSignedData, type SignedData, type SignerInfo } from "./cms_reader.ts";
import { readHash } from "./cms_algorithm.ts";
import { type Bytes, contextTag, type DerNode, readDer, TAG, unreadableDer } from "./der.ts";
import { type DerFields, openSequence } from "./der_fields.ts";
import { readBoolean, readIntegerHex, readOid, readSmallInteger, readTime, sameBytes } from "./der_values.ts";
import { type HashName, OID } from "./oids.ts";
import { type Certificate, isForSigning } from "./x509.ts";
import { readExtensionList } from "./x509_extensions.ts";

/** What a token says (TSTInfo, RFC 3161 §2.4.2). */
export type TimestampInfo = {
  /** Object identifier of the policy under which it was given. */
  readonly policy: string;
  /** The hash function of what is stamped; null when it is not known here. */
  readonly hash: HashName | null;
  /** The digest of what is stamped. */
  readonly imprint: Bytes;
  /** Hexadecimal. */
  readonly serial: string;
  /** The time that it proves. */
  readonly at: Instant;
  /** By how many milliseconds `at` may be wrong; null when the authority does not say. */
  readonly accuracyMs: number | null;
  /** Hexadecimal; null when the request had none. */
  readonly nonce: string | null;
  /** The name that the authority gives itself (GeneralName); null when it gives none. */
  readonly authority: DerNode | null;
  /** Object identifiers of the extensions that whoever relies on the token must understand. */
  readonly critical: readonly string[];
};

/** A token as read; nothing about it is verified yet. */
export type TimestampToken = {
  /** The token without padding, DER. */
  readonly der: Bytes;
  readonly info: TimestampInfo;
  readonly signed: SignedData;
  readonly signer: SignerInfo;
  /** The authority's certificate, when the token holds it. */
  readonly certificate: Certificate | null;
};

/** What may be wrong with a token. */
export type TimestampFault =
  | CmsFault
  | "wrong_imprint"
  | "no_certificate_named"
  | "not_a_timestamp_authority";

/** Reads a token; zeros after it, as PDFs have, are left alone. Throws `UnreadableError`. */
export function readTimestampToken(bytes: Bytes): TimestampToken {
  const signed = readSignedData(bytes);
  const [signer, second] = signed.signers;
  // RFC 3161 §2.4.2: one signature, that of the authority.
  if (signed.contentType !== OID.timestampInfo || signed.content === null || !signer || second) {
    throw unreadableDer("TimeStampToken", "no timestamp with one signature");
  }
  const info = readInfo(signed.content);
  return { der: signed.der, info, signed, signer, certificate: certificateOf(signer, signed.certificates) };
}

function readInfo(der: Bytes): TimestampInfo {
  const where = "TSTInfo";
  const fields = openSequence(der, where);
  if (readSmallInteger(fields.take(TAG.integer, "version"), where) !== 1) {
    throw unreadableDer(where, "no version 1");
  }
  const policy = readOid(fields.any("policy"), `${where}.policy`);
  const print = fields.open(TAG.sequence, "messageImprint");
  const hash = readHash(print.any("hashAlgorithm"), where);
  const imprint = print.take(TAG.octetString, "hashedMessage").content;
  const serial = readIntegerHex(fields.any("serialNumber"), `${where}.serialNumber`);
  const at = readTime(fields.take(TAG.generalizedTime, "genTime"), `${where}.genTime`);
  const accuracy = fields.optional(TAG.sequence);
  const accuracyMs = accuracy && readAccuracy(accuracy);
  const ordering = fields.optional(TAG.boolean);
  if (ordering) readBoolean(ordering, `${where}.ordering`); // Only among tokens of one authority; not used here.
  const nonce = fields.optional(TAG.integer);
  const tsa = fields.optional(contextTag(0, true));
  const extensions = fields.optional(contextTag(1, true));
  fields.end();
  return {
    policy,
    hash,
    imprint,
    serial,
    at,
    accuracyMs,
    nonce: nonce && readIntegerHex(nonce, where),
    authority: tsa && readDer(tsa.content, `${where}.tsa`),
    critical: extensions ? criticalOf(extensions) : [],
  };
}

function criticalOf(extensions: DerNode): string[] {
  return readExtensionList(extensions, "TSTInfo.extensions").filter((each) => each.critical).map(({ id }) =>
    id
  );
}

/** RFC 3161 §2.4.2: seconds, `[0]` milliseconds, `[1]` microseconds. */
function readAccuracy(node: DerNode): number {
  const fields: DerFields = openSequence(node.whole, "TSTInfo.accuracy");
  const number = (tag: number, most: number) => {
    const value = fields.optional(tag);
    const found = value ? readSmallInteger(value, "TSTInfo.accuracy") : 0;
    if (found > most) throw unreadableDer("TSTInfo.accuracy", "a fraction of a whole or more");
    return found;
  };
  const [seconds, millis, micros] = [
    number(TAG.integer, Infinity),
    number(contextTag(0, false), 999),
    number(contextTag(1, false), 999),
  ];
  fields.end();
  return seconds * 1000 + millis + micros / 1000;
}

/**
 * The faults of a token; empty when the certificate's key stamped this very digest. Whether the certificate is
 * trusted at the token's time is asked with `chainTo`.
 *
 * @param digestOf the digest, under a hash function, of what should have been stamped
 * @param certificate the authority's certificate, for tokens that do not hold it
 */
export function checkTimestampToken(
  token: TimestampToken,
  digestOf: (hash: HashName) => Bytes,
  certificate: Certificate | null = token.certificate,
): readonly TimestampFault[] {
  const { info, signer, signed } = token;
  const faults: TimestampFault[] = [];
  const strong = info.hash !== null && info.hash !== "sha1";
  if (!strong) faults.push("unknown_algorithm");
  else if (!sameBytes(info.imprint, digestOf(info.hash))) faults.push("wrong_imprint");
  const content = signed.content!;
  faults.push(...checkSigner(signer, {
    contentType: OID.timestampInfo,
    digestOf: (hash) => Uint8Array.from(createHash(hash).update(content).digest()),
    certificate,
  }));
  if (certificate === null) return faults;
  // RFC 3161 §2.4.1: the certificate must be named among the signed attributes.
  if (namesCertificate(signer, certificate) === null) faults.push("no_certificate_named");
  if (!isTimestampAuthority(certificate)) faults.push("not_a_timestamp_authority");
  return faults;
}

/** RFC 3161 §2.3: the extended key usage is there, critical, and timestamping alone. */
export function isTimestampAuthority(certificate: Certificate): boolean {
  const { purposes, purposesCritical } = certificate;
  const isForStampsOnly = purposesCritical && purposes?.length === 1 && purposes[0] === OID.timeStamping;
  return isForStampsOnly && isForSigning(certificate);
}

/** The earliest and latest instant that a token leaves open. */
export function timeRange(info: TimestampInfo): { readonly from: Instant; readonly to: Instant } {
  const at = epochMs(info.at);
  const spread = Math.ceil(info.accuracyMs ?? 0);
  return { from: instantOf(at - spread), to: instantOf(at + spread) };
}
