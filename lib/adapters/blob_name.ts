/**
 * Names of blobs, checked before they become part of a path or a URL.
 *
 * @module
 */
import { PortError, type Sha256 } from "../ports.ts";

/** Throws `RangeError` unless it is a SHA-256 in lower-case hexadecimal. */
export function assertBlobName(sha256: Sha256): void {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new RangeError("Cannot name a blob: not a SHA-256");
}

/** The error for content that is not there. */
export function blobNotFound(sha256: Sha256, cause?: unknown): PortError {
  return new PortError("not_found", `Cannot read blob "${sha256}": not found`, { retryable: false, cause });
}
