/**
 * Who is connected to the SMTP server, and whether it does too much. The operator's own relays hand over the
 * mail of everybody, so they are not counted.
 *
 * @module
 */
import { type Instant, plusMs } from "../domain/instant.ts";
import type { Clock } from "../ports.ts";
import { ClientCounts, type ClientRates } from "../mail/client_rates.ts";

/** What is known of a connection. */
export type SmtpSession = { readonly id: string; readonly remoteAddress: string };

/** Recipients unknown here that one session may try: above it somebody gathers addresses. */
const MAX_UNKNOWN_RECIPIENTS = 20;

/** A client that has been here for so long, in ms (1 minute), has had time to say what it wants. */
const SETTLED_MS = 60_000;

/** Far above what one office sends, far below what hurts. */
export const CLIENT_RATES: ClientRates = {
  connections: 20,
  connectionsAMinute: 120,
  mailsAMinute: 300,
  bytesAMinute: 1_000_000_000,
};

/** All connections of a server. */
export class SmtpSessions {
  readonly #clock: Clock;
  readonly #counts: ClientCounts;
  readonly #relays: readonly string[];
  /** In the order in which they came. */
  readonly #admitted = new Map<string, { unknownRecipients: number; readonly since: Instant }>();

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
    this.#admitted.set(session.id, { unknownRecipients: 0, since: this.#clock.now() });
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

  /** Counts the bytes of a mail as they come. */
  took({ remoteAddress }: SmtpSession, bytes: number): void {
    if (this.#counted(remoteAddress)) this.#counts.took(remoteAddress, bytes, this.#clock.now());
  }

  /** Counts a recipient that is not known here; false when the client has tried too many. */
  unknownRecipient({ id, remoteAddress }: SmtpSession): boolean {
    const known = this.#admitted.get(id);
    if (known === undefined || !this.#counted(remoteAddress)) return true;
    return ++known.unknownRecipients <= MAX_UNKNOWN_RECIPIENTS;
  }

  /** Who is connected for longest and may be asked to make room: nobody in `busy`, nobody who has just come. */
  oldestIdle(busy: ReadonlySet<string>): string | null {
    const latest = plusMs(this.#clock.now(), -SETTLED_MS);
    for (const [id, { since }] of this.#admitted) if (since <= latest && !busy.has(id)) return id;
    return null;
  }

  #counted(address: string): boolean {
    return !this.#relays.includes(address);
  }
}
