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

/**
 * The gravest of all that was added after a signature: nothing, certificates and revocation data, document
 * timestamps, when and by what program the file was last written, further signatures, form fields' contents, the
 * document's properties (a title, an author), or anything else.
 */
export type RevisionChange =
  | "none"
  | "validation-data"
  | "timestamps"
  | "file-info"
  | "signatures"
  | "form-fields"
  | "metadata"
  | "other";

/** What may be wrong with a signature or document timestamp. */
export type RevisionFault =
  /** /ByteRange does not begin at the start, or not exactly surround /Contents. */
  | "bad_byte_range"
  /** It does not end where a revision ends, or its revision does not hold it. */
  | "no_revision"
  /** Bytes that nothing protects stand behind the signature in its slot. */
  | "hidden_bytes"
  /** The signature itself is no readable CMS. */
  | "unreadable_cms"
  /** The signed bytes are not these. */
  | "wrong_digest"
  /** The signature is not by the key of its certificate. */
  | "wrong_signature"
  /** It fits, but SHA-1 or a short key proves nothing today. */
  | "weak_algorithm"
  /** Its algorithm is too weak or too rare to be checked here. */
  | "unknown_algorithm"
  /** Its form (/SubFilter) is none that is checked here. */
  | "unknown_format"
  /** Its CMS has several signers, which PDF does not provide for. */
  | "several_signers"
  /** The signer's certificate is missing, or the signature does not name it. */
  | "wrong_certificate"
  /** The certificate leads to no trusted root. */
  | "untrusted"
  /** It leads to one, but was not valid at the proven time. */
  | "expired"
  /** It was revoked before the proven time. */
  | "revoked"
  /** Its key was not meant for this. */
  | "wrong_usage"
  /** A timestamp on the signature is damaged, or of other bytes. */
  | "bad_timestamp"
  /** A timestamp on the signature is of an authority that is not trusted. */
  | "untrusted_timestamp"
  /** A timestamp on the signature is of an algorithm that is too weak or too rare to be checked here. */
  | "weak_timestamp"
  /** Something was added after it that it, or a certification before it, forbids (DocMDP, FieldMDP). */
  | "forbidden_change";

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
  /** The earliest later time that a trusted document timestamp proves it existed by; null without one. */
  readonly existedAt: Instant | null;
  readonly level: PadesLevel | null;
  /** Whether the signed bytes and the signature are unchanged. */
  readonly intact: boolean;
  /** Whether its certificate leads to a trusted root. */
  readonly trusted: boolean;
  /** What its ByteRange covers: all of the file, all of its own revision, or less. */
  readonly covers: "whole-file" | "whole-revision" | "part";
  /** What was added after it. */
  readonly changedAfter: RevisionChange;
  /** Whether all of that may be added to a signed document, or is allowed by a trusted certification. */
  readonly changeAllowed: boolean;
  /** Codes of what is wrong with it; empty when nothing is. */
  readonly faults: readonly RevisionFault[];
};

/** The report of one file. */
export type VerificationReport = {
  readonly verdict: Verdict;
  readonly revisions: readonly RevisionReport[];
  /** Whether bytes after the last signature are not covered by any. */
  readonly uncoveredBytes: number;
};
