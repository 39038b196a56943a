/**
 * What came of reading a consent form: the form with where each value stood, or why it can't be read.
 *
 * @module
 */
import type { ConsentForm, FieldPath } from "../domain/consent_form.ts";

/** A file that may hold a consent form. */
export type FormFile = { readonly filename: string; readonly content: Uint8Array<ArrayBuffer> };

/** One value as found. */
export type FieldReading = {
  readonly path: FieldPath;
  readonly value: string;
  /** Where it stood, for people: `セル B4`, `1ページ`, `本文 3行目`. */
  readonly source: string;
  /** From 0 (guessed) to 1 (label and value side by side, checked by form). */
  readonly confidence: number;
};

/** Why a file that should be a consent form can't be read. */
export type UnreadableFormCode =
  /** Needs a password, or is an encrypted zip (PPAP). */
  | "encrypted"
  /** Pictures without text. */
  | "scanned"
  /** .doc, .xls, .odt, .rtf and others. */
  | "old_format"
  /** Broken, too large or too deep. */
  | "damaged"
  /** Takes longer to read than any form does. */
  | "too_slow"
  /** Readable, but no consent form. */
  | "no_form";

/** The outcome. `file` is the name of the file it was about; null for the mail's body. */
export type ConsentReading =
  | {
    readonly read: true;
    readonly form: ConsentForm;
    readonly fields: readonly FieldReading[];
    readonly file: string | null;
  }
  | { readonly read: false; readonly why: UnreadableFormCode; readonly file: string | null };

/** Reads consent forms apart from the process's own memory and without network. */
export interface ConsentReader {
  /**
   * Reads the form out of a mail's attachments, else out of its body text. `no_form` when nothing of it looks
   * like one. Never throws for what is inside the files; `PortError` when the machine failed.
   */
  read(mail: { readonly files: readonly FormFile[]; readonly text: string }): Promise<ConsentReading>;
  /** Ends what reads; what is being read fails. */
  close(): Promise<void>;
}
