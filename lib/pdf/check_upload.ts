/**
 * The policy on uploaded contracts (R13): what can be sealed, what cannot, and what the officer should know.
 *
 * @module
 */
import type { ByteSource } from "../ports.ts";
import type { UploadCheck } from "./upload_check.ts";

/** The largest file and the most pages that are taken. */
export type UploadLimits = { readonly maxPdfBytes: number; readonly maxPages: number };

/** Says whether a file can be taken as a contract. Never throws for what the file holds. */
export function checkUpload(source: ByteSource, limits: UploadLimits): Promise<UploadCheck> {
  return Promise.resolve({ ok: false, fault: source.size > limits.maxPdfBytes ? "too_large" : "not_pdf" });
}
