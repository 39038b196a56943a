/**
 * The worker that holds the catalog's file: SQLite answers at once or not at all, and a search over a million cases
 * must not keep the service waiting. It may touch the catalog's folder alone.
 *
 * @module
 */
import { CatalogFile } from "./sqlite_catalog_file.ts";
import type { CatalogCall, CatalogReply } from "./sqlite_catalog_messages.ts";

/** What a worker knows of itself and its owner, as far as it is used here. */
type WorkerSelf = {
  onmessage: ((event: MessageEvent<CatalogCall>) => void) | null;
  postMessage(reply: CatalogReply): void;
};

const scope = self as unknown as WorkerSelf;
let opened: CatalogFile | null = null;

function file(): CatalogFile {
  if (!opened) throw new Error("the catalog is not open");
  return opened;
}

function answer(call: CatalogCall): Extract<CatalogReply, { say: "done" }>["value"] {
  switch (call.ask) {
    case "open":
      opened = new CatalogFile(call.path);
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
    scope.postMessage({ say: "failed", message: error instanceof Error ? error.message : String(error) });
  }
};
