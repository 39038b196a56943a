/**
 * The development authority for tests: made once for all tests of a file, in memory once it is made.
 *
 * @module
 */
import { type DevPki, openDevPki } from "../../lib/adapters/dev_pki.ts";
import { systemChance } from "../../lib/adapters/system_chance.ts";

let made: Promise<DevPki> | null = null;

async function make(): Promise<DevPki> {
  const directory = await Deno.makeTempDir();
  try {
    return await openDevPki(`${directory}/pki`, systemChance);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

/** Its keys. */
export function devTrust(): Promise<DevPki> {
  made ??= make();
  return made;
}
