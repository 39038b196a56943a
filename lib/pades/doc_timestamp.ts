/**
 * Document timestamps (ISO 32000-2 §12.8.5; ETSI EN 319 142-1 §5.5): they protect all that stands before them.
 *
 * @module
 */
import { type ByteSource, PortError } from "../ports.ts";
import type { ValidationData } from "./dss.ts";
import type { SealTail } from "./seal.ts";

/** Bytes kept free for a token. Those of accredited authorities are 3–7 KB with their certificates. */
export const DOC_TIMESTAMP_RESERVE = 8192;

/** What is to be stamped. */
export type TimestampRequest = {
  /** Name of its field; when the file has one of that name already, `_2`, `_3`… is added. */
  readonly field: string;
  /** Bytes kept free for the token. */
  readonly reserveBytes: number;
  /** Validation data added in the same update: a renewal (R28). */
  readonly validationData?: ValidationData;
};

/** Appends a document timestamp. `makeToken` gets the SHA-256 of all bytes outside /Contents and gives the DER token. */
export function sealDocTimestamp(
  _source: ByteSource,
  _request: TimestampRequest,
  _makeToken: (sha256: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>,
): Promise<SealTail> {
  return Promise.reject(new PortError("unavailable", "Cannot seal: not built yet", { retryable: false }));
}
