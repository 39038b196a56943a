import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { strFromU8, strToU8, unzipSync } from "fflate";
import { ZIP_LIMITS, type ZipEntry, zipStream } from "../../lib/exports/zip_stream.ts";

const AT = "2026-12-01T05:03:22.000Z";

async function* streamOf(entries: readonly ZipEntry[]): AsyncGenerator<ZipEntry> {
  yield* entries;
}

async function zipOf(entries: readonly ZipEntry[]): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of zipStream(streamOf(entries))) pieces.push(piece.slice());
  return await new Blob(pieces).bytes();
}

Deno.test("what goes in comes out, whatever the pieces", async () => {
  const files = fc.dictionary(
    fc.string({ minLength: 1 }).map((name) => `f${name}`),
    fc.array(fc.uint8Array()),
  );
  await fc.assert(
    fc.asyncProperty(files, async (given) => {
      const entries = Object.entries(given).map(([name, pieces]) => ({ name, at: AT, pieces }));
      const read = unzipSync(await zipOf(entries));
      deepEqual(Object.keys(read).length, entries.length);
      for (const { name, pieces } of entries) {
        deepEqual([...read[strFromU8(strToU8(name))] ?? []], pieces.flatMap((piece) => [...piece]));
      }
    }),
    { numRuns: 50 },
  );
});

Deno.test("Japanese names are marked as UTF-8 and times are those of Japan", async () => {
  const zip = await zipOf([{ name: "契約書.pdf", at: AT, pieces: [strToU8("a")] }]);
  const view = new DataView(zip.buffer);
  equal(view.getUint16(6, true) & 0x0800, 0x0800); // APPNOTE 4.4.4, bit 11
  const [time, day] = [view.getUint16(10, true), view.getUint16(12, true)];
  deepEqual([time >> 11, (time >> 5) & 63, (time & 31) * 2], [14, 3, 22]);
  deepEqual([(day >> 9) + 1980, (day >> 5) & 15, day & 31], [2026, 12, 1]);
});

Deno.test("a piece goes out before the next one is read", async () => {
  const read: number[] = [];
  function* pieces(): Generator<Uint8Array> {
    for (let piece = 0; piece < 100; piece++) {
      read.push(piece);
      yield new Uint8Array(1000);
    }
  }
  let out = 0;
  for await (const piece of zipStream(streamOf([{ name: "a", at: AT, pieces: pieces() }]))) {
    out += piece.length;
    ok(read.length * 1000 <= out + 1000, `${read.length} pieces read, ${out} bytes out`);
  }
  ok(out > 100_000);
});

Deno.test("who stops in the middle stops the entries too", async () => {
  let closed = false;
  async function* entries(): AsyncGenerator<ZipEntry> {
    try {
      yield* streamOf([{ name: "a", at: AT, pieces: [new Uint8Array(10), new Uint8Array(10)] }]);
    } finally {
      closed = true;
    }
  }
  for await (const _ of zipStream(entries())) break;
  ok(closed);
});

Deno.test("what no archive of this kind can hold is refused", async () => {
  const many = Array.from({ length: ZIP_LIMITS.files + 2 }, (_, at) => ({
    name: `${at}`,
    at: AT,
    pieces: [new Uint8Array(1)],
  }));
  await rejects(zipOf(many), RangeError);
});
