/**
 * The master key: given by the environment, or in development made once and kept beside the data.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { join } from "node:path";
import { type Chance, PortError } from "../ports.ts";

const FILE = "master.key";
const LENGTH = 32;

async function readKey(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const text = await Deno.readTextFile(path);
    const key = new Uint8Array(Buffer.from(text.trim(), "base64url"));
    if (key.length === LENGTH) return key;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  throw new PortError("corrupt", `Cannot use the master key: "${FILE}" is damaged`, { retryable: false });
}

/** Writes the key so that it is there whole or not at all; a key that is there already stays. */
async function keepKey(dataDir: string, path: string, key: Uint8Array): Promise<void> {
  await Deno.mkdir(dataDir, { recursive: true });
  const draft = await Deno.makeTempFile({ dir: dataDir, prefix: `${FILE}.` });
  try {
    await Deno.chmod(draft, 0o600);
    using file = await Deno.open(draft, { write: true });
    const bytes = new TextEncoder().encode(`${Buffer.from(key).toString("base64url")}\n`);
    for (let written = 0; written < bytes.length;) written += await file.write(bytes.subarray(written));
    await file.sync();
    await Deno.link(draft, path);
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
  } finally {
    await Deno.remove(draft);
  }
}

/** The key of the environment when it has one; else the one in `dataDir`, made when there is none yet. */
export async function masterKey(
  given: Uint8Array<ArrayBuffer> | null,
  dataDir: string,
  chance: Chance,
): Promise<Uint8Array<ArrayBuffer>> {
  if (given) return given;
  const path = join(dataDir, FILE);
  const kept = await readKey(path);
  if (kept) return kept;
  await keepKey(dataDir, path, chance.bytes(LENGTH));
  const made = await readKey(path);
  if (!made) throw new PortError("unavailable", "Cannot keep the master key", { retryable: true });
  return made;
}
