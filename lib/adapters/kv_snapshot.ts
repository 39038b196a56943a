/**
 * A copy of the embedded store while the service goes on writing: Deno KV's file is one of SQLite, whose own backup
 * gives the state of one moment. Copied as a file it would lack what stands in its log.
 *
 * @module
 */
import { backup, DatabaseSync } from "node:sqlite";
import { PortError } from "../ports.ts";

/** How long to wait for a file that is locked, in milliseconds. */
const PATIENCE_MS = 10_000;
/** Pages copied in one step: all of them, for a step between which others write is begun anew. */
const PAGES = 2 ** 30;

/** Copies the store in the file `from` to the new file `to`. Throws `PortError` `not_found` where there is none. */
export async function snapshotKv(from: string, to: string): Promise<void> {
  await Deno.stat(from).catch((cause) => {
    throw new PortError("not_found", "Cannot copy the store: there is none", { retryable: false, cause });
  });
  try {
    const store = new DatabaseSync(from, { readOnly: true, timeout: PATIENCE_MS });
    try {
      await backup(store, to, { rate: PAGES });
    } finally {
      store.close();
    }
    using copy = await Deno.open(to, { read: true, write: true });
    await copy.sync();
  } catch (cause) {
    throw new PortError("unavailable", "Cannot copy the store: the file failed", { retryable: true, cause });
  }
}
