/**
 * Tells addresses of the public network from those of machines and networks of one's own: what comes from outside
 * must not make us ask the latter.
 *
 * @module
 */

/** IPv4 ranges that are not public (IANA special-purpose registry, RFC 6890), as network and length. */
const SPECIAL: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
];

/** Whether an IP address belongs to the public network; false for what is no address. */
export function isPublicAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const number = ipv4(mapped ?? address);
  if (number !== null) {
    return !SPECIAL.some(([network, length]) => {
      const size = 2 ** (32 - length);
      return Math.floor(number / size) === Math.floor(ipv4(network)! / size);
    });
  }
  // RFC 4291 §2.4: 2000::/3 is given out; 2001::/23 and 2002::/16 carry IPv4 inside, 2001:db8::/32 is for books.
  const [, first = "", second = ""] = /^([0-9a-f]{4}):([0-9a-f]{0,4}):/i.exec(address) ?? [];
  if (!/^[23]/.test(first) || first === "2002") return false;
  return first !== "2001" || (Number.parseInt(second || "0", 16) > 0x1ff && second.toLowerCase() !== "db8" &&
    second.toLowerCase() !== "0db8");
}

function ipv4(address: string): number | null {
  if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(address)) return null;
  const parts = address.split(".").map(Number);
  return parts.some((part) => part > 255) ? null : parts.reduce((sum, part) => sum * 256 + part, 0);
}
