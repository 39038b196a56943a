import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import { openFileBlobs } from "../../lib/adapters/file_blobs.ts";
import { PortError } from "../../lib/ports.ts";
import { blobsConformance } from "../conformance/blobs.ts";
import { fakeClock } from "../support/fake_clock.ts";

const content = new TextEncoder().encode("a contract");

async function inDirectory(body: (root: string) => Promise<void>): Promise<void> {
  const root = await Deno.makeTempDir({ prefix: "warifu-blobs-" });
  try {
    await body(root);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

blobsConformance("file blobs", async (clock) => {
  const root = await Deno.makeTempDir({ prefix: "warifu-blobs-" });
  const blobs = await openFileBlobs(`${root}/new`, clock);
  return { blobs, remove: () => Deno.remove(root, { recursive: true }) };
});

Deno.test("file blobs: content is there after reopening", () =>
  inDirectory(async (root) => {
    const { sha256 } = await (await openFileBlobs(root, fakeClock())).put(content);
    deepEqual(await (await openFileBlobs(root, fakeClock())).get(sha256), content);
  }));

Deno.test("file blobs: damage on disk is noticed, never handed out", () =>
  inDirectory(async (root) => {
    const blobs = await openFileBlobs(root, fakeClock());
    const { sha256 } = await blobs.put(content);
    const path = `${root}/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`;
    await Deno.writeFile(path, content.toReversed());
    await rejects(blobs.get(sha256), (error) => error instanceof PortError && error.code === "corrupt");
  }));

Deno.test("file blobs: a file cut short is replaced by the next put", () =>
  inDirectory(async (root) => {
    const blobs = await openFileBlobs(root, fakeClock());
    const { sha256 } = await blobs.put(content);
    await Deno.truncate(`${root}/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`, 3);
    await blobs.put(content);
    deepEqual(await blobs.get(sha256), content);
  }));

Deno.test("file blobs: no temporary file stays behind, and those of dead processes are cleared", () =>
  inDirectory(async (root) => {
    const blobs = await openFileBlobs(root, fakeClock());
    await blobs.put(content);
    await blobs.put(ReadableStream.from([content]));
    await rejects(blobs.put(ReadableStream.from([1 as unknown as Uint8Array])));
    deepEqual(await Array.fromAsync(Deno.readDir(`${root}/tmp`)), []);

    await Deno.writeTextFile(`${root}/tmp/left behind`, "half");
    await Deno.utime(`${root}/tmp/left behind`, 0, 0);
    await Deno.writeTextFile(`${root}/tmp/in use`, "half");
    await openFileBlobs(root, fakeClock());
    deepEqual((await Array.fromAsync(Deno.readDir(`${root}/tmp`))).map((entry) => entry.name), ["in use"]);
  }));

Deno.test("file blobs: a place that can't be used is a port error that may be tried again", async () => {
  await rejects(
    openFileBlobs("/proc/no/such/place", fakeClock()),
    (error) => error instanceof PortError && error.code === "unavailable" && error.retryable,
  );
});

Deno.test("file blobs: files are readable by their owner alone", () =>
  inDirectory(async (root) => {
    const blobs = await openFileBlobs(`${root}/new`, fakeClock());
    const { sha256 } = await blobs.put(content);
    const path = `${root}/new/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`;
    equal(((await Deno.stat(path)).mode ?? 0) & 0o077, 0);
  }));

Deno.test("file blobs: what is longer than one turn's piece is one whole", () =>
  inDirectory(async (root) => {
    const blobs = await openFileBlobs(root, fakeClock());
    const long = Uint8Array.from({ length: (5 << 19) + 3 }, (_, index) => index % 251);
    const { sha256, size } = await blobs.put(long);
    deepEqual([sha256, size], [
      new Uint8Array(await crypto.subtle.digest("SHA-256", long)).toHex(),
      long.length,
    ]);
    deepEqual(await blobs.get(sha256), long);
  }));
