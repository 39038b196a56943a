/**
 * The document security store (ISO 32000-2 §12.8.4.3): what a verifier needs when nobody can be asked any more.
 *
 * @module
 */
import { type ByteSource, PortError } from "../ports.ts";
import type { SealTail } from "./seal.ts";

/** Certificates, OCSP responses and CRLs, all DER. */
export type ValidationData = {
  readonly certificates: readonly Uint8Array<ArrayBuffer>[];
  readonly ocsps: readonly Uint8Array<ArrayBuffer>[];
  readonly crls: readonly Uint8Array<ArrayBuffer>[];
};

/** Appends validation data in an update of its own; what the file holds already is not added again. */
export function addValidationData(_source: ByteSource, _data: ValidationData): Promise<SealTail> {
  return Promise.reject(new PortError("unavailable", "Cannot seal: not built yet", { retryable: false }));
}
