/**
 * Mail that a provider took in for us and keeps until we have fetched it.
 *
 * @module
 */
import type { Instant } from "../domain/instant.ts";
import type { MailEnvelope } from "./envelope.ts";

/** A mail as the provider gives it. Its content is asked for when it is read; it ends with what `fetch` throws. */
export type ProvidedMail = {
  readonly envelope: MailEnvelope;
  readonly content: ReadableStream<Uint8Array>;
  /** The message without its files, for one that is too large: it says so in its text. */
  readonly withoutFiles: () => ReadableStream<Uint8Array>;
};

/** A mail in the provider's list. */
export type ListedMail = { readonly id: string; readonly at: Instant };

/** The mails that a provider keeps for us. */
export interface ProviderInbox {
  /**
   * The raw message of an id, no larger than what was agreed (its content then ends with `TooLargeError`). Throws
   * `PortError`: `not_found` when the provider has no such mail (it may have it a moment later), else retryable.
   */
  fetch(id: string, signal: AbortSignal): Promise<ProvidedMail>;
  /** A page of its list, the newest first, beginning behind the mail `after`. Throws `PortError`, retryable. */
  list(
    after: string | null,
    signal: AbortSignal,
  ): Promise<{ readonly mails: readonly ListedMail[]; readonly more: boolean }>;
}
