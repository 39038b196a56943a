/**
 * What the pages of the built-in mailbox work with.
 *
 * @module
 */
import type { VNode } from "preact";
import type { InboxEntry } from "../../lib/flows/receive_mail.ts";
import type { World } from "../../lib/flows/world.ts";
import type { MailboxMailer } from "../../lib/mail/kept_mail.ts";

/** The service, its mailbox, and how a page is answered. */
export type MailboxDesk = {
  readonly world: World;
  readonly mailbox: MailboxMailer;
  /** Answers with a page. */
  readonly show: (page: VNode) => Response;
  /** The subject of a mail that came in; empty when it can't be read. */
  readonly subjectOf: (entry: InboxEntry) => Promise<string>;
};
