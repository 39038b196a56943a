/**
 * Hashes large files without holding up anybody else: 50 MB at once would keep the event loop for 25–150 ms,
 * depending on the machine, and with it every page and every mail.
 *
 * @module
 */
import type { Hash } from "node:crypto";
import type { ByteSource } from "../ports.ts";
import { breathe } from "../pdf/breathe.ts";

/**
 * How many bytes are hashed in one turn of the event loop (1 MiB): 0.5–3 ms a hash function. A turn itself takes
 * a microsecond when nothing else waits.
 */
export const TURN_BYTES = 1 << 20;

/** Feeds the bytes from `from` up to `to` to all of the hashes, with a turn of the event loop between pieces. */
export async function feedHashes(
  hashes: readonly Hash[],
  source: ByteSource,
  from = 0,
  to: number = source.size,
): Promise<void> {
  const { readInto } = source;
  // One array for all pieces: fresh ones pile up faster than they are collected.
  const buffer = readInto && new Uint8Array(Math.max(0, Math.min(TURN_BYTES, to - from)));
  for (let at = from; at < to; at += TURN_BYTES) {
    if (at > from) await breathe();
    const length = Math.min(TURN_BYTES, to - at);
    const piece = buffer && readInto ? readInto(at, buffer.subarray(0, length)) : source.read(at, length);
    for (const hash of hashes) hash.update(piece);
  }
}
