/**
 * Streams from outside, no longer than what was agreed.
 *
 * @module
 */
import type { Readable } from "node:stream";

/** More came than may come. */
export class TooLargeError extends Error {
  /** The limit that was passed, in bytes. */
  readonly maxBytes: number;
  /** Says which limit was passed. */
  constructor(maxBytes: number) {
    super(`Cannot take the content: it is larger than ${maxBytes} bytes`);
    this.name = "TooLargeError";
    this.maxBytes = maxBytes;
  }
}

/**
 * The chunks of a stream. Throws `TooLargeError` once there are more than `maxBytes`, and whatever the stream
 * failed with. A Node stream is left open, so that its rest may be drained.
 */
export async function* chunksWithin(
  stream: Readable | ReadableStream<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const chunks: AsyncIterable<Uint8Array> = "iterator" in stream
    ? stream.iterator({ destroyOnReturn: false })
    : stream;
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > maxBytes) throw new TooLargeError(maxBytes);
    yield new Uint8Array(chunk);
  }
}
