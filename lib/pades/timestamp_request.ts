/**
 * RFC 3161 requests (§2.4.1).
 *
 * @module
 */
import { readHash, SHA256_ALGORITHM } from "./cms_algorithm.ts";
import { type Bytes, contextTag, TAG, unreadableDer } from "./der.ts";
import { openSequence } from "./der_fields.ts";
import { readBoolean, readIntegerHex, readOid, readSmallInteger } from "./der_values.ts";
import { boolean, integer, octets, oid, sequence } from "./der_write.ts";
import type { HashName } from "./oids.ts";

/** A request as read by an authority. */
export type TimestampRequest = {
  /** The hash function; null when it is not known here. */
  readonly hash: HashName | null;
  /** MessageImprint, DER, to be repeated in the token. */
  readonly messageImprint: Bytes;
  readonly digest: Bytes;
  /** Object identifier of the policy asked for. */
  readonly policy: string | null;
  /** Hexadecimal. */
  readonly nonce: string | null;
  /** Whether the authority's certificate is to go along. */
  readonly wantsCertificate: boolean;
};

/** Asks for a token over a SHA-256 digest, the authority's certificates included. */
export function buildTimestampRequest(
  order: { readonly sha256: Bytes; readonly nonce: Bytes; readonly policy: string | null },
): Bytes {
  return sequence(
    integer(1),
    sequence(SHA256_ALGORITHM, octets(order.sha256)),
    ...(order.policy === null ? [] : [oid(order.policy)]),
    integer(order.nonce),
    boolean(true),
  );
}

/** Reads a request. Throws `UnreadableError`. */
export function readTimestampRequest(der: Bytes): TimestampRequest {
  const where = "TimeStampReq";
  const fields = openSequence(der, where);
  if (readSmallInteger(fields.take(TAG.integer, "version"), where) !== 1) {
    throw unreadableDer(where, "no version 1");
  }
  const imprint = fields.take(TAG.sequence, "messageImprint");
  const print = openSequence(imprint.whole, `${where}.messageImprint`);
  const hash = readHash(print.any("hashAlgorithm"), where);
  const digest = print.take(TAG.octetString, "hashedMessage").content;
  print.end();
  const policy = fields.optional(TAG.oid);
  const nonce = fields.optional(TAG.integer);
  const certReq = fields.optional(TAG.boolean);
  fields.optional(contextTag(0, true)); // extensions
  fields.end();
  return {
    hash,
    messageImprint: imprint.whole,
    digest,
    policy: policy && readOid(policy, where),
    nonce: nonce && readIntegerHex(nonce, where),
    wantsCertificate: certReq !== null && readBoolean(certReq, where),
  };
}
