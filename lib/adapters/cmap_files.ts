/**
 * The character maps of Japanese PDF fonts that are not embedded, from the package that holds them.
 *
 * @module
 */

/** Where the maps lie. */
export function cMapDirectory(): URL {
  return new URL("./cmaps/", new URL("../", import.meta.resolve("pdfjs-dist")));
}

/** Reads one packed map, such as `90ms-RKSJ-H`. Rejects for a name that the package does not hold. */
export async function readCMap(name: string): Promise<Uint8Array<ArrayBuffer>> {
  if (!/^[A-Za-z0-9-]{1,40}$/.test(name)) throw new RangeError("Cannot read the CMap: its name is none");
  return await Deno.readFile(new URL(`${name}.bcmap`, cMapDirectory()));
}
