/**
 * Seals a PDF: one signature of the operator in an incremental update of its own (R25, R26).
 *
 * @module
 */
import type { Instant } from "../domain/instant.ts";
import { type ByteSource, PortError } from "../ports.ts";

/** What a seal appends to a file. */
export type SealTail = {
  /** The appended bytes; everything before them stays as it is. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Hexadecimal SHA-256 of the whole file with the tail. */
  readonly sha256: string;
};

/** What a signature says, and where it goes. */
export type SignatureRequest = {
  /** Name of its field; when the file has one of that name already, `_2`, `_3`… is added. */
  readonly field: string;
  /** 理由. */
  readonly reason: string;
  /** The instant claimed in /M. */
  readonly at: Instant;
  /** The operator's name. */
  readonly signerName: string;
  /** Bytes kept free for the CMS. */
  readonly reserveBytes: number;
  /** Fields that may not change afterwards, besides this one. Given, they forbid later signatures too. */
  readonly lockFields?: readonly string[];
};

/** Appends one signature. `makeCms` gets the SHA-256 of all bytes outside /Contents and gives the DER CMS. */
export function sealSignature(
  _source: ByteSource,
  _request: SignatureRequest,
  _makeCms: (sha256: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>,
): Promise<SealTail> {
  return Promise.reject(new PortError("unavailable", "Cannot seal: not built yet", { retryable: false }));
}
