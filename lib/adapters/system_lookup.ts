/**
 * The addresses of a host as the operating system finds them, which is how connections find them too.
 *
 * @module
 */
import { lookup } from "node:dns/promises";

/** All IP addresses of a host. Throws what the system throws, such as for a host that nobody knows. */
export async function systemLookup(host: string): Promise<string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}
