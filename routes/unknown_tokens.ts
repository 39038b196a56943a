/**
 * Slows down whoever guesses links: so many unknown tokens per client and time, then 429. A token that is good
 * is never held up, since whole offices share one address.
 *
 * @module
 */
import { type Allowance, allowance } from "./allowance.ts";

/** Unknown tokens that a client may try in a minute. */
const ALLOWED = 30;

/** Finds a client's address from the connection and `X-Forwarded-For`. */
export type ClientAddress = (peer: string, forwardedFor: string | null) => string;

function ipv4(address: string): number | null {
  const parts = address.replace(/^::ffff:/i, "").split(".").map(Number);
  if (parts.length !== 4 || parts.some((part) => !Number.isInteger(part) || part < 0 || part > 255)) {
    return null;
  }
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

/** Whether an address is one of the entries: the same address, or inside an IPv4 range (RFC 4632). */
function listed(address: string, entries: readonly string[]): boolean {
  const number = ipv4(address);
  return entries.some((entry) => {
    const [network = "", length] = entry.split("/");
    if (length === undefined) return entry === address || (number !== null && ipv4(entry) === number);
    const start = ipv4(network);
    const size = 2 ** (32 - Number(length));
    return number !== null && start !== null && Math.floor(number / size) === Math.floor(start / size);
  });
}

/**
 * Reads `X-Forwarded-For` from the right, as far as trusted proxies wrote it: the first address that is not
 * one of theirs is the client. What a client itself put in front is never believed.
 */
export function clientAddress(trustedProxies: readonly string[]): ClientAddress {
  return (peer, forwardedFor) => {
    if (!forwardedFor || !listed(peer, trustedProxies)) return peer;
    const hops = forwardedFor.split(",").map((hop) => hop.trim()).filter((hop) => hop !== "");
    return hops.findLast((hop) => !listed(hop, trustedProxies)) ?? hops[0] ?? peer;
  };
}

/** Starts counting unknown tokens per client. */
export const unknownTokens = (): Allowance => allowance(ALLOWED);
