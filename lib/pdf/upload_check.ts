/**
 * What the policy on uploaded contracts says about a file (R13).
 *
 * @module
 */

import type { ForeignFont } from "./fonts_in_use.ts";

/** Why a file can't be taken as a contract. */
export type UploadFault =
  | "not_pdf"
  | "truncated"
  | "bad_xref"
  | "malformed"
  | "bomb"
  | "no_pages"
  | "encrypted"
  | "docmdp_locked"
  | "xfa"
  | "javascript"
  | "launch_action"
  | "embedded_files"
  | "too_large"
  | "too_many_pages";

/** What the officer should know about a file that can be taken (R12). */
export type UploadWarning =
  | "fonts_not_embedded"
  | "already_signed"
  | "signature_broken"
  | "normalised"
  | "trailing_bytes";

/** The answer. `normalised` holds the rewritten file when only an unsigned file's shell was damaged. */
export type UploadCheck =
  | {
    readonly ok: true;
    readonly pages: number;
    readonly warnings: readonly UploadWarning[];
    /** What `fonts_not_embedded` is about. */
    readonly fonts: readonly ForeignFont[];
    readonly normalised: Uint8Array<ArrayBuffer> | null;
  }
  | { readonly ok: false; readonly fault: UploadFault };
