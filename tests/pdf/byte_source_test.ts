import { deepStrictEqual as deepEqual, ok, strictEqual as equal, throws } from "node:assert/strict";
import fc from "fast-check";
import { openFileSource } from "../../lib/adapters/file_source.ts";
import { concatenated, joinBytes, memorySource, prefixOf } from "../../lib/pdf/byte_source.ts";
import type { ByteSource } from "../../lib/ports.ts";

/** Bytes in a file of their own, open until the test ends. */
async function withFile(bytes: Uint8Array, test: (source: ByteSource) => void): Promise<void> {
  const path = await Deno.makeTempFile();
  try {
    await Deno.writeFile(path, bytes);
    const source = openFileSource(path);
    test(source);
    source.close();
    throws(() => source.read(0, 1));
  } finally {
    await Deno.remove(path);
  }
}

const FILE = Uint8Array.from({ length: 1000 }, (_, index) => index % 251);

Deno.test("however it is read, a source of several parts gives the bytes of all", () =>
  withFile(FILE, (file) => {
    const part = fc.oneof(fc.constant(null), fc.uint8Array({ maxLength: 40 }));
    const place = fc.nat({ max: 2200 });
    fc.assert(fc.property(fc.array(part), place, place, place, (parts, offset, length, cut) => {
      const bytes = parts.map((each) => each ?? FILE);
      const source = concatenated(parts.map((each) => each ? memorySource(each) : file));
      const whole = joinBytes(bytes);
      for (
        const [read, expected] of [[source, whole], [prefixOf(source, cut), whole.subarray(0, cut)]] as const
      ) {
        const wanted = [...expected.subarray(offset, offset + length)];
        equal(read.size, expected.length);
        deepEqual([...read.read(offset, length)], wanted);
        equal(read.readInto !== undefined, parts.includes(null));
        const target = new Uint8Array(length);
        if (read.readInto) deepEqual([...read.readInto(offset, target)], wanted);
        deepEqual([...target.subarray(wanted.length)], Array(length - wanted.length).fill(0));
      }
    }));
  }));

Deno.test("what is read of a file stays as it was read; what is read into an array is written over", () =>
  withFile(FILE, (file) => {
    const [one, two] = [file.read(0, 10), file.read(10, 10)];
    deepEqual([...one, ...two], [...FILE.subarray(0, 20)]);
    const target = new Uint8Array(10);
    ok(file.readInto);
    equal(file.readInto(990, target).buffer, target.buffer);
    deepEqual(target, FILE.slice(990));
    equal(file.readInto(995, target).length, 5);
    equal(file.readInto(2000, target).length, 0);
  }));
