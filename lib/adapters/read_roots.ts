/**
 * Reads certificates, of roots above all, from PEM files.
 *
 * @module
 */
import { fromPem } from "../pades/x509_pem.ts";
import { PortError } from "../ports.ts";

/**
 * The certificates, DER, of a PEM file or of every `.pem` file of a folder, in the order of their names. Throws
 * `PortError` `misconfigured` when there is no such place.
 */
export async function readRoots(path: string): Promise<Uint8Array<ArrayBuffer>[]> {
  try {
    const { isDirectory } = await Deno.stat(path);
    const files = isDirectory ? await pemFiles(path) : [path];
    const texts = await Promise.all(files.map((file) => Deno.readTextFile(file)));
    return texts.flatMap((text) => fromPem("CERTIFICATE", text));
  } catch (cause) {
    throw new PortError("misconfigured", "Cannot read certificates: no PEM file is there", {
      retryable: false,
      cause,
    });
  }
}

async function pemFiles(folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const entry of Deno.readDir(folder)) if (entry.name.endsWith(".pem")) names.push(entry.name);
  return names.sort().map((name) => `${folder}/${name}`);
}
