import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { cachedBlocks } from "../../lib/pdf/block_cache.ts";
import { memorySource } from "../../lib/pdf/byte_source.ts";
import type { ByteSource } from "../../lib/ports.ts";

const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 7 + (i >> 8)) & 255);

function counted(): { source: ByteSource; reads: () => number } {
  const inner = memorySource(bytes);
  let reads = 0;
  const read: ByteSource["read"] = (offset, length) => {
    reads++;
    return inner.read(offset, length);
  };
  return { source: { ...inner, read }, reads: () => reads };
}

Deno.test("any read gives what the source would give", () => {
  const cached = cachedBlocks(memorySource(bytes));
  equal(cached.size, bytes.length);
  fc.assert(fc.property(fc.nat(310_000), fc.nat(140_000), (offset, length) => {
    deepEqual(cached.read(offset, length), bytes.subarray(offset, offset + length));
  }));
});

Deno.test("reads close to each other ask the source once", () => {
  const { source, reads } = counted();
  const cached = cachedBlocks(source);
  for (let at = 0; at < 60_000; at += 100) cached.read(at, 4096);
  ok(reads() <= 2, `${reads()} reads`);
});
