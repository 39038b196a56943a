/**
 * What every `Blobs` must do. Run by the test of each adapter.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal, throws } from "node:assert/strict";
import { createHash } from "node:crypto";
import { type Blobs, PortError } from "../../lib/ports.ts";
import { type FakeClock, fakeClock } from "../support/fake_clock.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const sha256Of = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const notFound = (error: unknown) =>
  error instanceof PortError && error.code === "not_found" && !error.retryable;
const ABSENT = "0".repeat(64);

/** Registers the suite for one adapter. `open` gives a new, empty place each time and what removes it. */
export function blobsConformance(
  adapter: string,
  open: (clock: FakeClock) => Promise<{ blobs: Blobs; remove: () => Promise<void> }>,
): void {
  const test = (behaviour: string, body: (blobs: Blobs, clock: FakeClock) => Promise<void>) =>
    Deno.test(`${adapter}: ${behaviour}`, async () => {
      const clock = fakeClock();
      const { blobs, remove } = await open(clock);
      try {
        await body(blobs, clock);
      } finally {
        await remove();
      }
    });

  test("content is found by its hash", async (blobs) => {
    const content = bytesOf("契約書");
    const stored = await blobs.put(content);
    deepEqual(stored, { sha256: sha256Of(content), size: 9 });
    deepEqual(await blobs.get(stored.sha256), content);
    equal(await blobs.has(stored.sha256), true);
  });

  test("empty content is content", async (blobs) => {
    const { sha256, size } = await blobs.put(new Uint8Array());
    equal(size, 0);
    equal((await blobs.get(sha256)).length, 0);
    const source = await blobs.open(sha256);
    equal(source.read(0, 10).length, 0);
    source.close();
  });

  test("a stream is stored as its whole content", async (blobs) => {
    const chunk = new Uint8Array(100_000).map((_, n) => n % 251);
    const stream = ReadableStream.from([chunk, new Uint8Array(), chunk.subarray(1)]);
    const { sha256, size } = await blobs.put(stream);
    equal(size, 199_999);
    equal(sha256Of(await blobs.get(sha256)), sha256);
    equal(sha256, createHash("sha256").update(chunk).update(chunk.subarray(1)).digest("hex"));
  });

  test("a stream that fails stores nothing and passes its error on", async (blobs) => {
    const stream = ReadableStream.from((async function* () {
      yield await Promise.resolve(bytesOf("half"));
      throw new RangeError("too long");
    })());
    await rejects(blobs.put(stream), RangeError);
    deepEqual(await Array.fromAsync(blobs.list()), []);
  });

  test("the same content put twice is stored once and counts as new", async (blobs, clock) => {
    const content = bytesOf("twice");
    const { sha256 } = await blobs.put(content);
    clock.advance(60_000);
    await blobs.put(ReadableStream.from([content]));
    deepEqual(await Array.fromAsync(blobs.list()), [{ sha256, size: 5, storedAt: clock.now() }]);
    clock.advance(60_000);
    await blobs.put(content);
    deepEqual(await Array.fromAsync(blobs.list()), [{ sha256, size: 5, storedAt: clock.now() }]);
  });

  test("many puts of the same and of other content at once all hold", async (blobs) => {
    const contents = Array.from({ length: 24 }, (_, n) => bytesOf(`content ${n % 8}`));
    const stored = await Promise.all(contents.map((content) => blobs.put(content)));
    for (const [index, { sha256 }] of stored.entries()) deepEqual(await blobs.get(sha256), contents[index]);
    equal((await Array.fromAsync(blobs.list())).length, 8);
  });

  test("what was stored does not change with the caller's bytes", async (blobs) => {
    const content = bytesOf("kept");
    const { sha256 } = await blobs.put(content);
    content.fill(0);
    (await blobs.get(sha256)).fill(0);
    deepEqual(await blobs.get(sha256), bytesOf("kept"));
  });

  test("a source reads at any place and is cut at the end", async (blobs) => {
    const content = new Uint8Array(300_000).map((_, n) => (n * 7) % 256);
    const { sha256 } = await blobs.put(content);
    const source = await blobs.open(sha256);
    equal(source.size, content.length);
    for (
      const [offset, length] of [[299_990, 100], [0, 3], [65_535, 70_000], [300_000, 1], [
        400_000,
        5,
      ]] as const
    ) {
      deepEqual(source.read(offset, length), content.slice(offset, offset + length));
    }
    source.close();
    throws(() => source.read(0, 1));
  });

  test("absent content is not found", async (blobs) => {
    equal(await blobs.has(ABSENT), false);
    await rejects(blobs.get(ABSENT), notFound);
    await rejects(blobs.open(ABSENT), notFound);
    await blobs.delete(ABSENT);
  });

  test("deleted content is gone", async (blobs) => {
    const { sha256 } = await blobs.put(bytesOf("gone"));
    await blobs.delete(sha256);
    equal(await blobs.has(sha256), false);
    await rejects(blobs.get(sha256), notFound);
    deepEqual(await Array.fromAsync(blobs.list()), []);
  });

  test("a name that is not a hash is refused before anything is touched", async (blobs) => {
    for (const name of ["", "../../etc/passwd", ABSENT.slice(1), ABSENT.replace("0", "A"), `${ABSENT}\n`]) {
      await rejects(async () => await blobs.get(name), RangeError);
      await rejects(async () => await blobs.open(name), RangeError);
      await rejects(async () => await blobs.has(name), RangeError);
      await rejects(async () => await blobs.delete(name), RangeError);
    }
  });

  test("the list tells size and age of every blob", async (blobs, clock) => {
    const first = await blobs.put(bytesOf("a"));
    const earlier = clock.now();
    clock.advance(86_400_000);
    const second = await blobs.put(bytesOf("bb"));
    const listed = (await Array.fromAsync(blobs.list())).toSorted((a, b) => a.size - b.size);
    deepEqual(listed, [{ ...first, storedAt: earlier }, { ...second, storedAt: clock.now() }]);
    ok(earlier < clock.now());
  });
}
