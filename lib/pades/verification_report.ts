/**
 * What our verifier says about a PDF (R39), as data; pages, letters and the command put it into words.
 *
 * @module
 */
import type { Instant } from "../domain/instant.ts";

/** The sentence at the top of a report. */
export type Verdict = "valid" | "tampered" | "changed-after" | "not-ours" | "unsigned" | "unreadable";

/** PAdES baseline level (ETSI EN 319 142-1 §6), as far as proven by what the file holds. */
export type PadesLevel = "B" | "T" | "LT" | "LTA";

/** What was changed between one revision and the next signature or the end. */
export type RevisionChange = "none" | "signatures" | "validation-data" | "form-fields" | "other";

/** One signature or document timestamp. */
export type RevisionReport = {
  /** Name of the signature field. */
  readonly field: string;
  readonly kind: "signature" | "doc-timestamp";
  /** 理由, as signed. */
  readonly reason: string | null;
  /** Common name of the signer's or TSA's certificate. */
  readonly who: string | null;
  /** The best known time: of the timestamp, else as claimed. */
  readonly at: Instant | null;
  /** Time that a timestamp on this signature proves; null when it has none. */
  readonly timestamp: Instant | null;
  readonly level: PadesLevel | null;
  /** Whether the signed bytes and the signature are unchanged. */
  readonly intact: boolean;
  /** Whether its certificate leads to a trusted root. */
  readonly trusted: boolean;
  /** What its ByteRange covers: all of the file, all of its own revision, or less. */
  readonly covers: "whole-file" | "whole-revision" | "part";
  /** What was added after it. */
  readonly changedAfter: RevisionChange;
  /** Codes of what is wrong with it; empty when nothing is. */
  readonly faults: readonly string[];
};

/** The report of one file. */
export type VerificationReport = {
  readonly verdict: Verdict;
  readonly revisions: readonly RevisionReport[];
  /** Whether bytes after the last signature are not covered by any. */
  readonly uncoveredBytes: number;
};
