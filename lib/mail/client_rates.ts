/**
 * Counts what each mail client does, so that one that floods holds up nobody else. Clients are told by address;
 * in IPv6 by their network, since a household has 2^64 addresses.
 *
 * @module
 */
import { epochMs, type Instant } from "../domain/instant.ts";

/** What one client may do. */
export type ClientRates = {
  /** Connections at once. */
  readonly connections: number;
  /** New connections a minute. */
  readonly connectionsAMinute: number;
  /** Mails a minute. */
  readonly mailsAMinute: number;
  /** Bytes of mails a minute; the mail that passes them is the last. */
  readonly bytesAMinute: number;
};

/** Length of the window in ms (1 minute). */
const WINDOW_MS = 60_000;

/** Clients remembered at once; the oldest without a connection are forgotten first. */
const REMEMBERED = 10_000;

type Seen = { open: number; since: number; connections: number; mails: number; bytes: number };

const NOTHING = { connections: 0, mails: 0, bytes: 0 } as const;

/** Counts clients. */
export class ClientCounts {
  readonly #rates: ClientRates;
  readonly #seen = new Map<string, Seen>();

  /** Nobody has been seen yet. */
  constructor(rates: ClientRates) {
    this.#rates = rates;
  }

  /** Counts a connection; false when the client has too many, which then counts for none. */
  enter(address: string, at: Instant): boolean {
    const seen = this.#of(address, at);
    seen.connections++;
    if (seen.connections > this.#rates.connectionsAMinute || seen.open >= this.#rates.connections) {
      return false;
    }
    seen.open++;
    return true;
  }

  /** Counts the end of a connection that was counted. */
  leave(address: string): void {
    const seen = this.#seen.get(clientOf(address));
    if (seen !== undefined && seen.open > 0) seen.open--;
  }

  /** Counts a mail; false when the client has sent too many. */
  mail(address: string, at: Instant): boolean {
    const seen = this.#of(address, at);
    return ++seen.mails <= this.#rates.mailsAMinute && seen.bytes < this.#rates.bytesAMinute;
  }

  /** Counts the bytes of a mail as they come. */
  took(address: string, bytes: number, at: Instant): void {
    this.#of(address, at).bytes += bytes;
  }

  #of(address: string, at: Instant): Seen {
    const client = clientOf(address);
    const now = epochMs(at);
    const seen = this.#seen.get(client) ?? { open: 0, since: now, ...NOTHING };
    if (now - seen.since >= WINDOW_MS) Object.assign(seen, { since: now, ...NOTHING });
    this.#seen.delete(client);
    this.#seen.set(client, seen);
    if (this.#seen.size > REMEMBERED) this.#forget();
    return seen;
  }

  #forget(): void {
    for (const [client, { open }] of this.#seen) {
      if (open > 0) continue;
      this.#seen.delete(client);
      return;
    }
  }
}

/** The IPv4 address, or the network of 64 bits of an IPv6 address (RFC 4291 §2.5.4). */
function clientOf(address: string): string {
  const bare = address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, "").replace(/%.*$/, "");
  if (!bare.includes(":")) return bare;
  const [before = "", after] = bare.split("::");
  const groups = before === "" ? [] : before.split(":");
  const rest = after === undefined || after === "" ? [] : after.split(":");
  const zeros = after === undefined ? 0 : Math.max(0, 8 - groups.length - rest.length);
  const whole = [...groups, ...new Array<string>(zeros).fill("0"), ...rest];
  return whole.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, "")).join(":");
}
