/**
 * What the mail reader and its worker say to each other. The raw message goes in and files come out in pieces,
 * each only when it was asked for, so that neither side piles up what the other can't take.
 *
 * @module
 */
import type { MessageLimits } from "../mail/message_limits.ts";
import type { ReadingWish, ReadMail } from "../mail/read_mail.ts";
import type { Sha256 } from "../ports.ts";

/** To the worker. */
export type ReaderCommand =
  /** Read a message; one at a time. */
  | {
    readonly tell: "read";
    readonly envelopeFrom: string;
    readonly limits: MessageLimits;
    readonly wish: ReadingWish;
  }
  /** The next piece of the raw message, as asked for by `more`; null at the end. */
  | { readonly tell: "raw"; readonly bytes: Uint8Array<ArrayBuffer> | null }
  /** Send one more piece of the file. */
  | { readonly tell: "go-on" }
  /** The file is stored. */
  | { readonly tell: "stored"; readonly blob: Sha256; readonly size: number };

/** From the worker. */
export type ReaderReport =
  /** Send the next piece of the raw message. */
  | { readonly say: "more" }
  /** A file begins; one at a time. */
  | { readonly say: "file" }
  /** A piece of it. */
  | { readonly say: "piece"; readonly bytes: Uint8Array<ArrayBuffer> }
  /** It is complete. */
  | { readonly say: "file-end" }
  /** The message is read. */
  | { readonly say: "done"; readonly mail: ReadMail }
  /** It can't be read. `code` is that of an `UnreadableError`. */
  | { readonly say: "unreadable"; readonly code: string; readonly message: string };
