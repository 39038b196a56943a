/**
 * Whether the address of whoever handed a mail over says anything about its sender.
 *
 * @module
 */
import { BlockList, isIP } from "node:net";

/** Addresses inside a house or a machine: RFC 6890 and RFC 6598. */
const INSIDE = new BlockList();
for (
  const [network, bits] of [
    ["0.0.0.0", 8],
    ["10.0.0.0", 8],
    ["100.64.0.0", 10],
    ["127.0.0.0", 8],
    ["169.254.0.0", 16],
    ["172.16.0.0", 12],
    ["192.168.0.0", 16],
  ] as const
) INSIDE.addSubnet(network, bits, "ipv4");
for (
  const [network, bits] of [["::", 127], ["fc00::", 7], ["fe80::", 10]] as const
) INSIDE.addSubnet(network, bits, "ipv6");

/** The plain form of an address: IPv4 stays IPv4 inside IPv6 (RFC 4291 §2.5.5.2). */
const plainIp = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, "");

/**
 * The client's address when SPF may be asked about it, else null. A mail that a relay of the house hands on comes
 * from the relay, and the house's own SPF record names the relay: a forged mail from outside would pass. So nothing
 * is asked unless the operator has said which `relays` stand before this service (an empty list: none does).
 */
export function outsideClient(address: string | null, relays: readonly string[] | null): string | null {
  if (address === null || relays === null) return null;
  const ip = plainIp(address);
  const kind = isIP(ip);
  if (kind === 0 || INSIDE.check(ip, kind === 4 ? "ipv4" : "ipv6")) return null;
  return relays.some((relay) => plainIp(relay).toLowerCase() === ip.toLowerCase()) ? null : ip;
}
