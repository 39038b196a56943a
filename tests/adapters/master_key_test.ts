import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import { masterKey } from "../../lib/adapters/master_key.ts";
import { systemChance } from "../../lib/adapters/system_chance.ts";
import { PortError } from "../../lib/ports.ts";

async function inFolder(work: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("the key of the environment is used as it is, and nothing is written", () =>
  inFolder(async (folder) => {
    const given = new Uint8Array(32).fill(1);
    deepEqual(await masterKey(given, `${folder}/data`, systemChance), given);
    deepEqual([...Deno.readDirSync(folder)], []);
  }));

Deno.test("a key is made once, for its owner only, and found again", () =>
  inFolder(async (folder) => {
    const made = await masterKey(null, `${folder}/data`, systemChance);
    equal(made.length, 32);
    deepEqual(await masterKey(null, `${folder}/data`, systemChance), made);
    deepEqual([...Deno.readDirSync(`${folder}/data`)].map(({ name }) => name), ["master.key"]);
    equal(((await Deno.stat(`${folder}/data/master.key`)).mode ?? 0) & 0o777, 0o600);
  }));

Deno.test("two that make a key at once get the same", () =>
  inFolder(async (folder) => {
    const keys = await Promise.all([1, 2, 3, 4].map(() => masterKey(null, folder, systemChance)));
    for (const key of keys) deepEqual(key, keys[0]);
  }));

Deno.test("a damaged key is an error, never replaced", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/master.key`, "short");
    await rejects(masterKey(null, folder, systemChance), PortError);
    equal(await Deno.readTextFile(`${folder}/master.key`), "short");
  }));
