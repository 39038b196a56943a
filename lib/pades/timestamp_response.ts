/**
 * RFC 3161 responses (§2.4.2).
 *
 * @module
 */
import { type Bytes, TAG } from "./der.ts";
import { openSequence } from "./der_fields.ts";
import { readBits, readSmallInteger } from "./der_values.ts";
import { bits, integer, sequence } from "./der_write.ts";

/** A response as read. */
export type TimestampResponse = {
  /** 0 granted, 1 granted with modifications, else refused. */
  readonly status: number;
  /** Number of the first failure bit; null when none is given. */
  readonly failure: number | null;
  /** The TimeStampToken, DER. */
  readonly token: Bytes | null;
};

/** Failure bits (PKIFailureInfo) that the development authority uses. */
export const FAILURE = { badAlgorithm: 0, badRequest: 2, badFormat: 5, unacceptedPolicy: 15 } as const;

/** Reads a response. Throws `UnreadableError`. */
export function readTimestampResponse(der: Bytes): TimestampResponse {
  const fields = openSequence(der, "TimeStampResp");
  const info = fields.open(TAG.sequence, "status");
  const status = readSmallInteger(info.take(TAG.integer, "status"), "TimeStampResp.status");
  info.optional(TAG.sequence); // statusString
  const failure = info.optional(TAG.bitString);
  const token = fields.optional(TAG.sequence);
  fields.end();
  return { status, failure: failure && firstBit(readBits(failure).bytes), token: token?.whole ?? null };
}

function firstBit(bytes: Bytes): number | null {
  const index = bytes.findIndex((byte) => byte !== 0);
  return index < 0 ? null : index * 8 + Math.clz32(bytes[index]!) - 24;
}

/** A response with a token. */
export function grantedResponse(token: Bytes): Bytes {
  return sequence(sequence(integer(0)), token);
}

/** A response that refuses, with its failure bit. */
export function rejectedResponse(failure: number): Bytes {
  const bytes = new Uint8Array((failure >> 3) + 1);
  bytes[failure >> 3] = 0x80 >> (failure & 7);
  return sequence(sequence(integer(2), bits(bytes, 7 - (failure & 7))));
}
