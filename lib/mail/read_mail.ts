/**
 * A received mail as understood: decoded, repaired, with its attachments laid into blobs. Everything in it came
 * from outside and proves nothing.
 *
 * @module
 */
import type { Sha256 } from "../ports.ts";

/** A mailbox as written in a header: the display name may be empty and may lie. */
export type Mailbox = {
  readonly name: string;
  readonly address: string;
  /** Whether the name was written with characters that hide or turn text; they are not in `name`. */
  readonly hidden?: true;
};

/** An attached file, already stored. */
export type ReadAttachment = {
  /** Safe to show and to store: NFC, without paths or control and direction characters. */
  readonly filename: string;
  /** As declared, lower case. */
  readonly contentType: string;
  readonly size: number;
  readonly blob: Sha256;
};

/** Why a mail counts as written by a machine (never answered). */
export type AutomaticReason =
  | "null-sender"
  | "report"
  | "auto-submitted"
  | "precedence"
  | "list"
  | "no-reply-sender"
  | "subject";

/** A delivery status notification (RFC 3464) about a mail of ours. */
export type BounceReport = {
  /** `Message-ID` of the mail that could not be delivered; null when the report does not say. */
  readonly originalMessageId: string | null;
  readonly recipient: string | null;
  /** `failed` is final, `delayed` is not. */
  readonly action: "failed" | "delayed" | "delivered" | "relayed" | "expanded";
  /** Enhanced status code (RFC 3463), such as `5.1.1`. */
  readonly status: string | null;
  /** What the other server said, shortened. */
  readonly diagnostic: string;
};

/** A mail as read. */
export type ReadMail = {
  /** Without angle brackets; null when absent. */
  readonly messageId: string | null;
  /** `In-Reply-To` and `References`, without angle brackets, oldest first. */
  readonly references: readonly string[];
  /** All mailboxes of all `From` headers; anything but exactly one is suspicious. */
  readonly from: readonly Mailbox[];
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  /** Where answers are wished; they go to `from` all the same. */
  readonly replyTo: readonly Mailbox[];
  readonly subject: string;
  /** The whole text, from HTML where there is no text part. */
  readonly text: string;
  /** What the writer added, without quoted originals. */
  readonly newText: string;
  readonly attachments: readonly ReadAttachment[];
  readonly automatic: AutomaticReason | null;
  readonly bounce: BounceReport | null;
  /** What could not be opened inside the mail: `smime_encrypted` and the like. */
  readonly closed: readonly string[];
  /** The HTML as it came, only where it was asked for; null when there is none or too much. It may be hostile. */
  readonly html?: string | null;
};

/** What is wanted of a mail besides what every reading gives. */
export type ReadingWish = { readonly html: boolean };

/** Reads stored raw messages, apart from the process's own memory and without network. */
export interface MailReader {
  /**
   * Reads one message from its blob; `envelopeFrom` is the `MAIL FROM`, empty for the null sender. Attachments
   * are in the blobs when it returns. Throws `UnreadableError` for a message over the limits on parts, depth or
   * addresses, `PortError` when the worker failed.
   */
  read(raw: Sha256, envelopeFrom: string, wish?: ReadingWish): Promise<ReadMail>;
  /** Ends what reads; what is being read fails. */
  close(): Promise<void>;
}
