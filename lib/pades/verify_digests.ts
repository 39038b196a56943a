/**
 * Digests of everything that the signatures of a file cover, in one pass over its bytes.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { ByteSource } from "../ports.ts";
import type { Bytes } from "./der.ts";
import { feedHashes } from "./feed_hashes.ts";
import type { HashName } from "./oids.ts";
import type { SignedRange } from "./verify_fields.ts";

/** Digests of what a range covers, by hash function. */
export type Digests = ReadonlyMap<HashName, Bytes>;

/**
 * The digests for each range, null for one that begins its gap before the range before it ends: signatures of
 * successive revisions never do, and what they share would be hashed again and again.
 *
 * @param ranges in the order of their ends
 */
export async function digestRanges(
  source: ByteSource,
  ranges: readonly (SignedRange | null)[],
  names: ReadonlySet<HashName>,
): Promise<(Digests | null)[]> {
  const running = Array.from(names, (name) => [name, createHash(name)] as const);
  const found: (Digests | null)[] = [];
  let position = 0;
  let lastEnd = 0;
  for (const range of ranges) {
    if (!range || range.gapStart < lastEnd) {
      found.push(null);
      continue;
    }
    await feedHashes(running.map(([, hash]) => hash), source, position, range.gapStart);
    position = range.gapStart;
    lastEnd = range.end;
    const copies = running.map(([name, hash]) => [name, hash.copy()] as const);
    await feedHashes(copies.map(([, hash]) => hash), source, range.gapEnd, range.end);
    found.push(new Map(copies.map(([name, hash]) => [name, new Uint8Array(hash.digest())])));
  }
  return found;
}
