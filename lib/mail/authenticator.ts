/**
 * Who vouches for a mail, as its transport, its signatures and DNS tell (DKIM, SPF, DMARC, ARC).
 *
 * @module
 */
import type { Sha256 } from "../ports.ts";

/** What came of one check of who wrote a mail, in the words of RFC 8601 §2.7; `none` also for one not made. */
export type AuthResult =
  | "none"
  | "pass"
  | "fail"
  | "softfail"
  | "neutral"
  | "policy"
  | "temperror"
  | "permerror";

/** Who handed a mail to us, as its transport saw it; null where that is not known. */
export type Handover = {
  /** `MAIL FROM`, empty for the null sender. */
  readonly sender: string;
  readonly clientIp: string | null;
  readonly helo: string | null;
};

/** Whether the domain in `From` vouches for a mail. */
export type MailVerdict = {
  /**
   * The one domain in `From` that this is about, in lower case, as DNS writes it; null when there is none or more.
   * Whoever acts on it compares it with the address that was read, lest two readers of `From` differ.
   */
  readonly domain: string | null;
  readonly dkim: AuthResult;
  readonly spf: AuthResult;
  readonly dmarc: AuthResult;
  readonly arc: AuthResult;
  /**
   * The one domain in `From` vouches: DMARC passes by a signature or a sender that can be relied on (RFC 7489),
   * or a trusted forwarder says that it did (RFC 8617).
   */
  readonly aligned: boolean;
  /** Nobody vouches, but DNS did not answer: it may be otherwise later. */
  readonly temporary: boolean;
};

/** The verdict on a mail that has nothing to show, or nothing that can be understood. */
export const NOBODY: MailVerdict = {
  domain: null,
  dkim: "none",
  spf: "none",
  dmarc: "none",
  arc: "none",
  aligned: false,
  temporary: false,
};

/** Finds out who vouches for a mail. */
export interface MailAuthenticator {
  /**
   * Checks a raw message in the blobs. Whatever the message holds ends as a verdict; throws `PortError` when the
   * check itself broke.
   */
  authenticate(raw: Sha256, handover: Handover): Promise<MailVerdict>;
  /** Ends what checks; what is being checked fails. */
  close(): Promise<void>;
}
