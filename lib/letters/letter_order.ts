/**
 * An order to write one letter to one person: plain data, kept in the due index until the letter is handed over.
 *
 * @module
 */
import type { PartyId } from "../domain/case.ts";
import type { LetterKind as EventLetterKind } from "../domain/effects.ts";
import type { WriterCheck } from "../domain/writer_check.ts";
import type { InquiryWord } from "../domain/case_event.ts";
import type { Day, Instant } from "../domain/instant.ts";
import type { RefusalCode } from "../domain/refusal.ts";
import type { UploadFault } from "../pdf/upload_check.ts";
import type { Sha256 } from "../ports.ts";

/** Every letter that the service writes. */
export type LetterKind =
  | EventLetterKind
  | "download-link"
  | "documents-link"
  | "status"
  | "verification"
  | "digest"
  | "help";

/**
 * Value of `X-Warifu-Kind`. The list of interface.md is fixed: the address check goes as `case-notice`, a notice of
 * a case that is no answer and asks for nothing, which a `receipt` or a `request` would be taken for.
 */
export const kindHeader = (kind: LetterKind): string => kind === "address-check" ? "case-notice" : kind;

/** Why a mail or an upload was not acted on, besides what a case refuses and what is wrong with a PDF. */
export type MailRefusal =
  /** The writer is no officer of the department. */
  | "not_officer"
  /** No case of that number, or no number at all. */
  | "unknown_case"
  /** No PDF was attached to a mail that should bring a contract. */
  | "no_pdf"
  /** A consent form for a case whose contract is executed. */
  | "form_after_execution"
  /** A mail with several consent forms: one was taken. */
  | "several_forms"
  /** Not exactly one writer in `From`. */
  | "several_writers"
  /** The sender's domain did not vouch for the mail (DMARC). */
  | "not_authenticated"
  /** A line such as 契約日 could not be understood. */
  | "bad_line"
  /** The mail could not be taken apart. */
  | "unreadable_mail";

/** One reason of a refusal; `about` names the file or line it is about, as the writer knows it. */
export type RefusalReason = {
  readonly code: MailRefusal | RefusalCode | UploadFault;
  readonly about: string | null;
};

/** PDFs to be verified when the answer is written (R39). */
export type VerificationOrder = {
  readonly verify: readonly { readonly name: string; readonly blob: Sha256 }[];
  /** Why others were passed over, a sentence each. */
  readonly passedOver: readonly string[];
};

/** What a letter without an event of its own is about. */
export type LetterAbout =
  | { readonly reasons: readonly RefusalReason[]; readonly subject: string }
  | {
    readonly question: string;
    readonly from: string;
    readonly mail: string;
    /** Of the mail's writer; absent in orders of before it was kept. */
    readonly check?: WriterCheck;
  }
  | VerificationOrder
  /** Cases that were asked for by a word: what is looked for, empty for all (R37, R38). */
  | { readonly search: string }
  /** What was asked about one case by a word. */
  | { readonly word: InquiryWord }
  /** The same request once more: its links end when those of the first one do. */
  | { readonly repeatUntil: Instant }
  /** 契約日 that is about to close. */
  | { readonly closing: Day }
  /** 契約日 that has passed. */
  | { readonly closed: Day }
  /** Since when nothing has moved in a case. */
  | { readonly idleSince: Instant }
  /** The business day whose morning it is. */
  | { readonly digestOf: Day }
  | { readonly failed: LetterKind; readonly recipient: string; readonly why: string };

/** The order. */
export type LetterOrder = {
  readonly letter: LetterKind;
  /** The one recipient's address. */
  readonly to: string;
  /** The event that called for it; null when a mail or a page did. */
  readonly seq: number | null;
  /** The party it is for or about, when it is one. */
  readonly party: PartyId | null;
  /** For letters without an event; null otherwise. */
  readonly about: LetterAbout | null;
  /** Set when it was too large with its files: a link leads to them. */
  readonly withoutFiles?: true;
};
