/**
 * Blocks of bytes that go through a pipe between two processes, each after its length (four bytes, big-endian), and
 * values as blocks: the structured clone of `node:v8`, in which bytes stay bytes.
 *
 * @module
 */
import { deserialize, serialize } from "node:v8";

/** Most that one block may take, in bytes: several of the largest mails. */
const MAX_BYTES = 512 << 20;

/** What goes before a block. Throws `RangeError` for one that is too large. */
export function lengthBefore(block: Uint8Array): Uint8Array<ArrayBuffer> {
  if (block.length > MAX_BYTES) throw new RangeError("Cannot hand the block over: it is too large");
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, block.length);
  return length;
}

/** A value as a block. */
export const blockOf = (value: unknown): Uint8Array<ArrayBuffer> => new Uint8Array(serialize(value));

/** The value of a block of `blockOf`; its bytes lie in the block. */
export const valueIn = (block: Uint8Array): unknown => deserialize(block);

/** The blocks that come through the pipe, until it ends; one that was cut off is none. */
export async function* blocksOf(
  pipe: ReadableStream<Uint8Array>,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void> {
  let [block, filled] = [new Uint8Array(4), 0];
  let isLength = true;
  for await (let chunk of pipe) {
    while (chunk.length > 0 || (!isLength && block.length === 0)) {
      const part = chunk.subarray(0, block.length - filled);
      block.set(part, filled);
      filled += part.length;
      chunk = chunk.subarray(part.length);
      if (filled < block.length) continue;
      if (isLength) {
        const length = new DataView(block.buffer).getUint32(0);
        if (length > MAX_BYTES) throw new RangeError("Cannot take the block: it is too large");
        [block, filled, isLength] = [new Uint8Array(length), 0, false];
      } else {
        yield block;
        [block, filled, isLength] = [new Uint8Array(4), 0, true];
      }
    }
  }
}
