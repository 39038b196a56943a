/**
 * Keeps the blocks of a source that were read last, since structure is followed by many small reads close to each
 * other, and each would otherwise be a call to the system and an array of its own.
 *
 * @module
 */
import type { ByteSource } from "../ports.ts";
import { joinBytes } from "./byte_source.ts";

const BLOCK = 1 << 16;
const MAX_BLOCKS = 32;

/** The same bytes as `source`, read in blocks of which 2 MiB are kept. Large reads go straight through. */
export function cachedBlocks(source: ByteSource): ByteSource {
  const blocks = new Map<number, Uint8Array<ArrayBuffer>>();

  const block = (index: number): Uint8Array<ArrayBuffer> => {
    const bytes = blocks.get(index) ?? source.read(index * BLOCK, BLOCK);
    blocks.delete(index);
    blocks.set(index, bytes);
    const [oldest] = blocks.keys();
    if (blocks.size > MAX_BLOCKS && oldest !== undefined) blocks.delete(oldest);
    return bytes;
  };

  return {
    size: source.size,
    read(offset, length) {
      if (length > BLOCK) return source.read(offset, length);
      const first = Math.floor(offset / BLOCK);
      const from = offset - first * BLOCK;
      const head = block(first).subarray(from, from + length);
      if (head.length === length || (first + 1) * BLOCK >= source.size) return head;
      return joinBytes([head, block(first + 1).subarray(0, length - head.length)]);
    },
    close: () => source.close(),
  };
}
