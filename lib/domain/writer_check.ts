/**
 * What is known of who wrote a mail, kept with what the mail did: an officer who looks at it later must see it too.
 *
 * @module
 */

/** What about a mail's writer may deceive a reader. */
export type WriterWarning =
  /** The display name holds characters that hide or turn text. */
  | "hidden_characters"
  /** The display name holds another address than the writer's. */
  | "names_other_address"
  /** The display name is that of staff or of the service; the address is not. */
  | "staff_name"
  /** The domain looks like that of staff or of the service. */
  | "look_alike_domain"
  /** Answers are asked for at another domain. */
  | "reply_elsewhere";

/** How far the writer of a mail was confirmed. */
export type WriterCheck = {
  /** Whether the domain in `From` vouches for the mail (aligned DMARC, RFC 7489). */
  readonly vouched: boolean;
  readonly warnings: readonly WriterWarning[];
};
