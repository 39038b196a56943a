/**
 * Values that go through a pipe between two processes: each as its length (four bytes, big-endian) and the
 * structured clone of `node:v8`, in which bytes stay bytes.
 *
 * @module
 */
import { deserialize, serialize } from "node:v8";

/** Most that one value may take, in bytes: several of the largest mails. */
const MAX_BYTES = 512 << 20;

/** The value as it goes through the pipe. Throws `RangeError` for one that is too large. */
export function frameOf(value: unknown): Uint8Array<ArrayBuffer> {
  const content = serialize(value);
  if (content.length > MAX_BYTES) throw new RangeError("Cannot hand the value over: it is too large");
  const frame = new Uint8Array(4 + content.length);
  new DataView(frame.buffer).setUint32(0, content.length);
  frame.set(content, 4);
  return frame;
}

/** The values that come through the pipe, until it ends; one that was cut off is none. */
export async function* framesOf(pipe: ReadableStream<Uint8Array>): AsyncGenerator<unknown, void, void> {
  let [frame, filled] = [new Uint8Array(4), 0];
  let length: number | null = null;
  for await (let chunk of pipe) {
    while (chunk.length > 0) {
      const part = chunk.subarray(0, frame.length - filled);
      frame.set(part, filled);
      filled += part.length;
      chunk = chunk.subarray(part.length);
      if (filled < frame.length) continue;
      if (length === null) {
        length = new DataView(frame.buffer).getUint32(0);
        if (length > MAX_BYTES) throw new RangeError("Cannot take the value: it is too large");
        [frame, filled] = [new Uint8Array(length), 0];
      } else {
        yield deserialize(frame);
        [frame, filled, length] = [new Uint8Array(4), 0, null];
      }
    }
  }
}
