import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { openKvStore } from "../../lib/adapters/kv_store.ts";
import { readCase } from "../../lib/flows/case_records.ts";
import { runAdmin } from "../../lib/tasks/admin.ts";
import { completeSample } from "../support/long_service.ts";
import { makeWorld } from "../support/world.ts";

async function run(args: readonly string[], dataDir: string, signal = AbortSignal.any([])) {
  const printed: string[] = [], complaints: string[] = [];
  const code = await runAdmin(args, {
    print: (line) => void printed.push(line),
    complain: (line) => void complaints.push(line),
    variables: { DATA_DIR: dataDir },
    signal,
  });
  return { code, printed, complaints };
}

async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The first blob of a backup. */
async function someBlob(backup: string): Promise<string> {
  const { blobs } = JSON.parse(await Deno.readTextFile(`${backup}/backup.json`));
  const sha256 = String(blobs[0].sha256);
  return `${backup}/blobs/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`;
}

Deno.test("what a running service holds is backed up, and restored elsewhere with every file proven", () =>
  inFolder(async (folder) => {
    const [data, backup, elsewhere] = [`${folder}/data`, `${folder}/backup`, `${folder}/elsewhere`];
    await Deno.mkdir(data);
    const service = await makeWorld({ directory: data });
    try {
      await completeSample(service);
      const first = await run(["backup", backup], data);
      equal(first.code, 0, first.complaints.join());
      // What comes meanwhile is all that is copied the second time.
      await service.world.blobs.put(new TextEncoder().encode("one more"));
      const second = await run(["backup", backup], data);
      equal(second.code, 0);
      match(second.printed.join("\n"), /うち新たに 1、8 バイト/);
    } finally {
      await service.close();
    }
    const restored = await run(["restore", backup], elsewhere);
    equal(restored.code, 0, restored.complaints.join());
    const audited = await run(["audit", "verify", "--files"], elsewhere);
    deepEqual([audited.code, audited.printed[0], audited.printed[2]], [0, "案件: 1", "問題: 0"]);
    const store = await openKvStore(`${elsewhere}/store.kv`);
    const state = await readCase(store, "R8-000123");
    store.close();
    equal(state?.value.phase, "completed");
    // A folder with data in it is never written over.
    equal((await run(["restore", backup], elsewhere)).code, 2);
    // A blob that was damaged stops it.
    await Deno.writeTextFile(await someBlob(backup), "x");
    equal((await run(["restore", backup], `${folder}/third`)).code, 1);
    equal(await Deno.stat(`${folder}/third/store.kv`).catch(() => null), null);
    // And is copied again by the next backup.
    equal((await run(["backup", backup], data)).code, 0);
    equal((await run(["restore", backup], `${folder}/fourth`)).code, 0);
  }));

Deno.test("no foreign folder is written into, and no half of a backup restored", () =>
  inFolder(async (folder) => {
    const [data, foreign, half] = [`${folder}/data`, `${folder}/foreign`, `${folder}/half`];
    const store = await openKvStore(await Deno.mkdir(data).then(() => `${data}/store.kv`));
    store.close();
    await Deno.mkdir(`${data}/blobs/aa/bb`, { recursive: true });
    await Deno.writeTextFile(`${data}/blobs/aa/bb/${"aabb".repeat(16)}`, "");
    await Deno.mkdir(foreign);
    await Deno.writeTextFile(`${foreign}/letter.txt`, "dear");
    equal((await run(["backup", foreign], data)).code, 2);
    deepEqual([...Deno.readDirSync(foreign)].map(({ name }) => name), ["letter.txt"]);
    equal((await run(["restore", foreign], `${folder}/new`)).code, 2);
    equal((await run(["backup", half], data, AbortSignal.abort())).code, 1);
    equal((await run(["restore", half], `${folder}/new`)).code, 2);
    // A file whose content is not what its name says is never backed up as if it were.
    equal((await run(["backup", half], data)).code, 1);
    equal((await run(["backup"], data)).code, 2);
    equal((await run(["restore", half, "more"], data)).code, 2);
    ok((await run(["backup", "-x"], data)).complaints[0]!.startsWith("使い方"));
  }));
