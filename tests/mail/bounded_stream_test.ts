import { rejects, strictEqual as equal } from "node:assert/strict";
import { PassThrough } from "node:stream";
import { chunksWithin, TooLargeError } from "../../lib/mail/bounded_stream.ts";

const bytes = (length: number) => new Uint8Array(length);

async function count(chunks: AsyncIterable<Uint8Array>): Promise<number> {
  let size = 0;
  for await (const chunk of chunks) size += chunk.length;
  return size;
}

Deno.test("content up to the limit comes through whole", async () => {
  equal(await count(chunksWithin(ReadableStream.from([bytes(6), bytes(4)]), 10)), 10);
});

Deno.test("one byte above the limit is too much", async () => {
  await rejects(count(chunksWithin(ReadableStream.from([bytes(6), bytes(5)]), 10)), TooLargeError);
});

Deno.test("a Node stream stays open for its rest to be drained", async () => {
  const stream = new PassThrough();
  stream.write(bytes(11));
  await rejects(count(chunksWithin(stream, 10)), TooLargeError);
  equal(stream.destroyed, false);
  stream.end();
  stream.resume();
});

Deno.test("a Node stream that is torn off is an error, not an end", async () => {
  const stream = new PassThrough();
  stream.write(bytes(3));
  const counting = count(chunksWithin(stream, 10));
  stream.destroy();
  await rejects(counting);
});
