/**
 * Reads a consent form out of a mail's attachments, else out of its body.
 *
 * @module
 */
import type { ConsentReading, FieldReading, FormFile } from "./consent_reading.ts";

/** What reading needs from outside. */
export type ConsentTools = {
  /** The packed CMap of a name (`90ms-RKSJ-H`), for PDFs whose Japanese fonts are not embedded. */
  readonly cMap?: (name: string) => Promise<Uint8Array<ArrayBuffer>>;
};

/** A mail's files and body text. */
export type ConsentMail = { readonly files: readonly FormFile[]; readonly text: string };

/** Reads the form; never throws for what is inside the files. */
export function readConsent(_mail: ConsentMail, _tools: ConsentTools = {}): Promise<ConsentReading> {
  return Promise.resolve({ read: false, why: "no_form", file: null });
}

/**
 * The labelled values of a text that states only some of a form, such as a reply with the line that was
 * missing. Empty when no label is recognised.
 */
export function readFormLines(_text: string): FieldReading[] {
  return [];
}
