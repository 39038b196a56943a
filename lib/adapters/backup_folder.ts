/**
 * The folder of a backup: a list of what is in it beside the files themselves, and how they are copied and checked.
 * `backup.json` says of each file its size and SHA-256; blobs bear theirs as their names.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import type { Instant } from "../domain/instant.ts";
import { PortError, type Sha256 } from "../ports.ts";

/** A file of the backup, by its path within it. */
export type KeptFile = { readonly path: string; readonly size: number; readonly sha256: Sha256 };

/** What a backup says of itself. */
export type BackupList = {
  readonly format: "warifu-backup-1";
  /** When the state is from; null while the backup is under way, or where one was broken off. */
  readonly completeAt: Instant | null;
  /** The store, and keys where the operator keeps them beside the data. */
  readonly files: readonly KeptFile[];
  readonly blobs: readonly Pick<KeptFile, "size" | "sha256">[];
};

const LIST = "backup.json";
const FORMAT = "warifu-backup-1";

/** Where a blob lies below the folder of blobs. */
export const blobPath = (sha256: Sha256): string =>
  `blobs/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`;

/** The list of a backup; null for a folder that is absent or empty. Throws `PortError` `refused` for a foreign one. */
export async function readBackupList(folder: string): Promise<BackupList | null> {
  if (await isEmptyFolder(folder)) return null;
  const text = await Deno.readTextFile(join(folder, LIST)).catch(() => "{}");
  const list = parsed(text);
  if (list?.format === FORMAT && Array.isArray(list.files) && Array.isArray(list.blobs)) return list;
  throw new PortError("refused", "Cannot use the folder: it is no backup", { retryable: false });
}

function parsed(text: string): BackupList | null {
  try {
    return JSON.parse(text) as BackupList | null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Writes the list, whole or not at all. */
export async function writeBackupList(folder: string, list: Omit<BackupList, "format">): Promise<void> {
  await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `${LIST}.new`);
  await Deno.writeTextFile(draft, JSON.stringify({ format: FORMAT, ...list }, null, 1), { mode: 0o600 });
  await synced(draft);
  await Deno.rename(draft, join(folder, LIST));
  await synced(folder);
}

/** Whether there is nothing in a folder, or no folder. */
export async function isEmptyFolder(folder: string): Promise<boolean> {
  try {
    for await (const _ of Deno.readDir(folder)) return false;
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return true;
    throw error;
  }
}

/**
 * Copies one file, durably and for the owner's eyes only, and gives size and hash of what was copied. With `expected`
 * other content is `PortError` `corrupt`, and nothing is left.
 */
export async function copyChecked(
  from: string,
  to: string,
  expected: Pick<KeptFile, "sha256"> | null,
): Promise<Pick<KeptFile, "size" | "sha256">> {
  await Deno.mkdir(dirname(to), { recursive: true, mode: 0o700 });
  const draft = `${to}.new`;
  const hash = createHash("sha256");
  let size = 0;
  {
    using source = await Deno.open(from, { read: true });
    using target = await Deno.open(draft, { write: true, create: true, truncate: true, mode: 0o600 });
    const room = new Uint8Array(1 << 20);
    for (let read = await source.read(room); read !== null; read = await source.read(room)) {
      const piece = room.subarray(0, read);
      hash.update(piece);
      size += read;
      for (let done = 0; done < read;) done += await target.write(piece.subarray(done));
    }
    await target.sync();
  }
  const sha256 = hash.digest("hex");
  if (expected !== null && sha256 !== expected.sha256) {
    await Deno.remove(draft);
    throw new PortError("corrupt", "Cannot copy a file: its content is not what it should be", {
      retryable: false,
    });
  }
  await Deno.rename(draft, to);
  await synced(dirname(to));
  return { size, sha256 };
}

async function synced(path: string): Promise<void> {
  using opened = await Deno.open(path, { read: true });
  await opened.sync();
}
