import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import { diskShelf } from "../../lib/adapters/disk_shelf.ts";
import type { Log } from "../../lib/ports.ts";
import { SILENT } from "../support/silent_log.ts";

const BLOCK = 4096;
const some = (size: number, fill = 7): Uint8Array<ArrayBuffer> => new Uint8Array(size).fill(fill);

async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "warifu-shelf-" });
  try {
    await use(`${folder}/pages`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const namesIn = async (folder: string) =>
  (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();

Deno.test("disk shelf: what is put is found again, by the next process too", async () => {
  await withFolder(async (folder) => {
    const shelf = diskShelf(folder, 10 * BLOCK, SILENT);
    equal(await shelf.get("a"), null);
    await shelf.put("a", some(100));
    await shelf.put("empty", some(0));
    deepEqual(await shelf.get("a"), some(100));
    const next = diskShelf(folder, 10 * BLOCK, SILENT);
    deepEqual(await next.get("a"), some(100));
    equal((await next.get("empty"))?.length, 0);
    equal(await next.heldBytes(), 2 * BLOCK);
  });
});

Deno.test("disk shelf: it never takes more than its room, and what was used last stays", async () => {
  await withFolder(async (folder) => {
    const shelf = diskShelf(folder, 3 * BLOCK, SILENT);
    for (const name of ["a", "b", "c"]) await shelf.put(name, some(100));
    await shelf.get("a");
    await shelf.put("d", some(100));
    equal(await shelf.get("b"), null);
    for (const name of ["a", "c", "d"]) ok(await shelf.get(name), name);
    await shelf.put("large", some(2 * BLOCK));
    deepEqual(await namesIn(folder), ["large"]);
    await shelf.put("too-large", some(4 * BLOCK));
    deepEqual(await namesIn(folder), ["large"]);
    equal(await shelf.heldBytes(), 3 * BLOCK);
  });
});

Deno.test("disk shelf: a name that is put again counts once", async () => {
  await withFolder(async (folder) => {
    const shelf = diskShelf(folder, 3 * BLOCK, SILENT);
    for (let time = 0; time < 9; time++) await shelf.put("a", some(100, time));
    deepEqual(await shelf.get("a"), some(100, 8));
    equal(await shelf.heldBytes(), BLOCK);
  });
});

Deno.test("disk shelf: the next process knows what was used last, and keeps a smaller bound", async () => {
  await withFolder(async (folder) => {
    const shelf = diskShelf(folder, 9 * BLOCK, SILENT);
    for (const name of ["a", "b", "c"]) {
      await shelf.put(name, some(100));
      const then = new Date(Date.UTC(2026, 0, 1) + name.charCodeAt(0) * 1000);
      await Deno.utime(`${folder}/${name}`, then, then);
    }
    ok(await diskShelf(folder, 9 * BLOCK, SILENT).get("a"));
    const smaller = diskShelf(folder, 2 * BLOCK, SILENT);
    equal(await smaller.heldBytes(), 2 * BLOCK);
    deepEqual(await namesIn(folder), ["a", "c"]);
  });
});

Deno.test("disk shelf: what a killed process left half is cleared, what a crash damaged is not given out", async () => {
  await withFolder(async (folder) => {
    const shelf = diskShelf(folder, 9 * BLOCK, SILENT);
    for (const name of ["cut", "changed", "gone", "good"]) await shelf.put(name, some(5_000));
    await Deno.writeFile(`${folder}/0b5c.part`, some(10));
    await Deno.truncate(`${folder}/cut`, 0);
    const bytes = await Deno.readFile(`${folder}/changed`);
    bytes[9] = 0;
    await Deno.writeFile(`${folder}/changed`, bytes);
    const next = diskShelf(folder, 9 * BLOCK, SILENT);
    equal(await next.heldBytes(), 6 * BLOCK);
    await Deno.remove(`${folder}/gone`);
    for (const name of ["cut", "changed", "gone"]) equal(await next.get(name), null, name);
    deepEqual(await next.get("good"), some(5_000));
    deepEqual(await namesIn(folder), ["good"]);
    equal(await next.heldBytes(), 2 * BLOCK);
  });
});

Deno.test("disk shelf: a broken disk is told of, and costs nothing but the keeping", async () => {
  await withFolder(async (folder) => {
    await Deno.writeFile(folder, some(1)); // No folder can be made here.
    const warned: string[] = [];
    const log: Log = { ...SILENT, warn: (event) => warned.push(event) };
    const shelf = diskShelf(folder, 9 * BLOCK, log);
    await shelf.put("a", some(100));
    equal(await shelf.get("a"), null);
    deepEqual(warned, ["page_cache_failed", "page_cache_failed"]);
    await Deno.remove(folder);
    await shelf.put("a", some(100));
    ok(await shelf.get("a"));
  });
});

Deno.test("disk shelf: without room nothing is made at all", async () => {
  await withFolder(async (folder) => {
    const shelf = diskShelf(folder, 0, SILENT);
    await shelf.put("a", some(100));
    equal(await shelf.get("a"), null);
    await rejects(Deno.stat(folder), Deno.errors.NotFound);
  });
});

Deno.test("disk shelf: names lead nowhere else", async () => {
  await withFolder(async (folder) => {
    const shelf = diskShelf(folder, 9 * BLOCK, SILENT);
    for (const name of ["", "../a", "a/b", ".a", "A", "a.part", "a".repeat(121)]) {
      await rejects(shelf.put(name, some(1)), RangeError, name);
      await rejects(shelf.get(name), RangeError, name);
    }
  });
});
