/**
 * Who is connected to the SMTP server, and whether it does too much. The operator's own relays hand over the
 * mail of everybody, so they are not counted.
 *
 * @module
 */
import type { Clock } from "../ports.ts";
import { ClientCounts, type ClientRates } from "../mail/client_rates.ts";

/** What is known of a connection. */
export type SmtpSession = { readonly id: string; readonly remoteAddress: string };

/** Recipients unknown here that one session may try: above it somebody gathers addresses. */
const MAX_UNKNOWN_RECIPIENTS = 20;

/** Far above what one office sends, far below what hurts. */
export const CLIENT_RATES: ClientRates = { connections: 20, connectionsAMinute: 120, mailsAMinute: 300 };

/** All connections of a server. */
export class SmtpSessions {
  readonly #clock: Clock;
  readonly #counts: ClientCounts;
  readonly #relays: readonly string[];
  readonly #admitted = new Map<string, { unknownRecipients: number }>();

  /** Nobody is connected yet. `relays` are IP addresses that are not counted. */
  constructor(clock: Clock, rates: ClientRates, relays: readonly string[]) {
    this.#clock = clock;
    this.#counts = new ClientCounts(rates);
    this.#relays = relays;
  }

  /** Lets a client in; false when it has too many connections. */
  admit(session: SmtpSession): boolean {
    const { remoteAddress } = session;
    if (this.#counted(remoteAddress) && !this.#counts.enter(remoteAddress, this.#clock.now())) return false;
    this.#admitted.set(session.id, { unknownRecipients: 0 });
    return true;
  }

  /** A connection has ended, whether it was let in or not. */
  leave({ id, remoteAddress }: SmtpSession): void {
    if (this.#admitted.delete(id) && this.#counted(remoteAddress)) this.#counts.leave(remoteAddress);
  }

  /** Counts a mail; false when the client has sent too many. */
  mail({ remoteAddress }: SmtpSession): boolean {
    return !this.#counted(remoteAddress) || this.#counts.mail(remoteAddress, this.#clock.now());
  }

  /** Counts a recipient that is not known here; false when the client has tried too many. */
  unknownRecipient({ id, remoteAddress }: SmtpSession): boolean {
    const known = this.#admitted.get(id);
    if (known === undefined || !this.#counted(remoteAddress)) return true;
    return ++known.unknownRecipients <= MAX_UNKNOWN_RECIPIENTS;
  }

  #counted(address: string): boolean {
    return !this.#relays.includes(address);
  }
}
