/**
 * What the authenticator of mails and its worker say to each other. Several mails are on their way at once, each
 * a job of its own: most of the time goes into waiting for DNS.
 *
 * @module
 */
import type { MailVerdict } from "../mail/authenticator.ts";
import type { DnsType } from "../ports.ts";

/** What the worker must know of a mail besides its bytes. */
export type AuthTask = {
  readonly sender: string;
  /** Null when the client's address says nothing about the sender. */
  readonly clientIp: string | null;
  readonly helo: string | null;
  /** Domains whose ARC seals are believed. */
  readonly forwarders: readonly string[];
};

/** To the worker. */
export type AuthCommand =
  & { readonly job: number }
  & (
    | { readonly tell: "check"; readonly task: AuthTask }
    /** The next piece of the message, as asked for by `more`; null at the end. */
    | { readonly tell: "raw"; readonly bytes: Uint8Array<ArrayBuffer> | null }
    /** The answer to the question of a number; null when DNS did not answer. */
    | { readonly tell: "records"; readonly question: number; readonly records: readonly string[] | null }
  );

/** From the worker. */
export type AuthReport =
  & { readonly job: number }
  & (
    | { readonly say: "more" }
    | { readonly say: "ask"; readonly question: number; readonly name: string; readonly type: DnsType }
    | { readonly say: "done"; readonly verdict: MailVerdict }
  );
