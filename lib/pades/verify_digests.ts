/**
 * Digests of everything that the signatures of a file cover, in one pass over its bytes.
 *
 * @module
 */
import { createHash, type Hash } from "node:crypto";
import { chunksOf } from "../pdf/byte_source.ts";
import type { ByteSource } from "../ports.ts";
import type { Bytes } from "./der.ts";
import type { HashName } from "./oids.ts";
import type { SignedRange } from "./verify_fields.ts";

/** Digests of what a range covers, by hash function. */
export type Digests = ReadonlyMap<HashName, Bytes>;

function feed(hashes: Iterable<Hash>, source: ByteSource, from: number, to: number): void {
  const all = [...hashes];
  for (const chunk of chunksOf(source, from, to)) for (const hash of all) hash.update(chunk);
}

/**
 * The digests for each range, null for one that begins its gap before the range before it ends: signatures of
 * successive revisions never do, and what they share would be hashed again and again.
 *
 * @param ranges in the order of their ends
 */
export function digestRanges(
  source: ByteSource,
  ranges: readonly (SignedRange | null)[],
  names: ReadonlySet<HashName>,
): (Digests | null)[] {
  const running = new Map<HashName, Hash>(Array.from(names, (name) => [name, createHash(name)]));
  let position = 0;
  let lastEnd = 0;
  return ranges.map((range) => {
    if (!range || range.gapStart < lastEnd) return null;
    feed(running.values(), source, position, range.gapStart);
    position = range.gapStart;
    lastEnd = range.end;
    const copies = new Map(Array.from(running, ([name, hash]) => [name, hash.copy()]));
    feed(copies.values(), source, range.gapEnd, range.end);
    return new Map(Array.from(copies, ([name, hash]) => [name, new Uint8Array(hash.digest())]));
  });
}
