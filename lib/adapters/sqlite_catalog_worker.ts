/**
 * The worker that holds the catalog's file: SQLite answers at once or not at all, and a search over a million cases
 * must not keep the service waiting. It may touch the catalog's folder alone.
 *
 * @module
 */
import { rmSync } from "node:fs";
import { CatalogFile } from "./sqlite_catalog_file.ts";
import type { CatalogCall, CatalogReply } from "./sqlite_catalog_messages.ts";

/** What a worker knows of itself and its owner, as far as it is used here. */
type WorkerSelf = {
  onmessage: ((event: MessageEvent<CatalogCall>) => void) | null;
  postMessage(reply: CatalogReply): void;
};

const scope = self as unknown as WorkerSelf;
let path = "";
let opened: CatalogFile | null = null;

/** What SQLite says of a file whose pages are not what they should be (SQLITE_CORRUPT, SQLITE_NOTADB). */
const DAMAGED = /malformed|not a database/;

/** The file, opened with the first call. One that is damaged holds nothing that the store does not: it goes. */
function file(): CatalogFile {
  try {
    opened ??= new CatalogFile(path);
  } catch (error) {
    if (!isDamage(error)) throw error;
    remove();
    opened = new CatalogFile(path);
  }
  return opened;
}

const isDamage = (error: unknown): boolean => error instanceof Error && DAMAGED.test(error.message);

function remove(): void {
  opened?.close();
  opened = null;
  for (const end of ["", "-wal", "-shm"]) rmSync(path + end, { force: true });
}

function answer(call: CatalogCall): Extract<CatalogReply, { say: "done" }>["value"] {
  switch (call.ask) {
    case "open":
      path = call.path;
      return null;
    case "whole":
      return file().whole;
    case "begin":
      file().begin();
      return null;
    case "finish":
      file().finish();
      return null;
    case "put":
      file().put(call.rows);
      return null;
    case "find":
      return file().find(call.query, call.behind, call.most);
  }
}

scope.onmessage = ({ data }) => {
  try {
    scope.postMessage({ say: "done", value: answer(data) });
  } catch (error) {
    if (isDamage(error)) remove();
    scope.postMessage({ say: "failed", message: error instanceof Error ? error.message : String(error) });
  }
};
