/**
 * A file that should be a consent form and can't be read.
 *
 * @module
 */
import { UnreadableError } from "../domain/unreadable.ts";
import type { UnreadableFormCode } from "./consent_reading.ts";

/** Says why; caught at the edge of the readers and turned into a value. */
export class UnreadableForm extends UnreadableError {
  /** Why, for the letter to the vendor. */
  readonly why: UnreadableFormCode;

  /**
   * Says why and what.
   *
   * @param message what could not be read, without words of the document
   */
  constructor(why: UnreadableFormCode, message: string, cause?: unknown) {
    super(why, message, { cause });
    this.name = "UnreadableForm";
    this.why = why;
  }
}

/** A broken, too large or too deep file. */
export const damaged = (what: string, cause?: unknown): UnreadableForm =>
  new UnreadableForm("damaged", `Cannot read the form: ${what}`, cause);
