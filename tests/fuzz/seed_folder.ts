/**
 * Good inputs on disk, so that a run can be watched from another process and repeated on another day.
 *
 * @module
 */
import type { Seed } from "./target.ts";

/** Writes them; their order is kept. */
export async function writeSeeds(folder: string, seeds: readonly Seed[]): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  for (const [place, { name, bytes }] of seeds.entries()) {
    await Deno.writeFile(`${folder}/${String(place).padStart(4, "0")} ${name}`, bytes);
  }
}

/** Reads them. */
export async function readSeeds(folder: string): Promise<Seed[]> {
  const names = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
  return await Promise.all(
    names.map(async (file) => ({
      name: file.slice(file.indexOf(" ") + 1),
      bytes: await Deno.readFile(`${folder}/${file}`),
    })),
  );
}
