/**
 * RFC 3161 requests (§2.4.1).
 *
 * @module
 */
import { readHash } from "./cms_algorithm.ts";
import { type Bytes, contextTag, TAG, unreadableDer } from "./der.ts";
import { openSequence } from "./der_fields.ts";
import { readBoolean, readIntegerHex, readOid, readSmallInteger } from "./der_values.ts";
import { boolean, integer, octets, oid, sequence } from "./der_write.ts";
import { type HashName, OID } from "./oids.ts";

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

/**
 * The MessageImprint (RFC 3161 §2.4.1) of a digest of SHA-256, SHA-384 or SHA-512, told by its length. Throws
 * `RangeError` for any other.
 */
export function messageImprint(digest: Bytes): Bytes {
  const id = DIGESTS.get(digest.length);
  if (id === undefined) throw new RangeError("Cannot ask for a timestamp: the digest is none of SHA-2");
  return sequence(sequence(oid(id)), octets(digest)); // RFC 5754 §2: no parameters
}

/** By their length in bytes. */
const DIGESTS: ReadonlyMap<number, string> = new Map([[32, OID.sha256], [48, OID.sha384], [64, OID.sha512]]);

/** Asks for a token over a digest (see `messageImprint`), the authority's certificates included. */
export function buildTimestampRequest(
  order: { readonly digest: Bytes; readonly nonce: Bytes; readonly policy: string | null },
): Bytes {
  return sequence(
    integer(1),
    messageImprint(order.digest),
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
