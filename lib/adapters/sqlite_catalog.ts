/**
 * The catalog on disk: SQLite in a worker of its own.
 *
 * @module
 */
import type { Catalog, CatalogPlace } from "../catalog_port.ts";
import { PortError } from "../ports.ts";
import type { CatalogCall, CatalogReply } from "./sqlite_catalog_messages.ts";

const FILE = "catalog.sqlite";

/**
 * Opens the catalog in a folder, made when absent. A file that can't be read is thrown away: it holds nothing that
 * the store does not, and is made anew. Throws `PortError`.
 */
export async function openSqliteCatalog(folder: string): Promise<Catalog> {
  await Deno.mkdir(folder, { recursive: true });
  const path = `${await Deno.realPath(folder)}/${FILE}`;
  try {
    return await opened(path);
  } catch {
    for (const end of ["", "-wal", "-shm"]) await Deno.remove(path + end).catch(() => {});
    return await opened(path);
  }
}

async function opened(path: string): Promise<Catalog> {
  const catalog = new SqliteCatalog(path);
  try {
    await catalog.open(path);
    return catalog;
  } catch (error) {
    catalog.close();
    throw error;
  }
}

/** Who waits for the worker's next words. */
type Waiting = { readonly resolve: (value: unknown) => void; readonly reject: (error: PortError) => void };

class SqliteCatalog implements Catalog {
  readonly #worker: Worker;
  readonly #waiting: Waiting[] = [];
  #ended: string | null = null;

  constructor(path: string) {
    const folder = path.slice(0, path.lastIndexOf("/"));
    this.#worker = new Worker(import.meta.resolve("./sqlite_catalog_worker.ts"), {
      type: "module",
      name: "catalog",
      deno: { permissions: { read: [folder], write: [folder] } },
    });
    this.#worker.onmessage = ({ data }: MessageEvent<CatalogReply>) => {
      const next = this.#waiting.shift();
      if (data.say === "done") next?.resolve(data.value);
      else next?.reject(failed(data.message));
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#end(event.message);
    };
    this.#worker.onmessageerror = () => this.#end("its worker said nothing readable");
  }

  async open(path: string): Promise<void> {
    await this.#ask({ ask: "open", path });
  }

  whole(): Promise<boolean> {
    return this.#ask<boolean>({ ask: "whole" });
  }

  async begin(): Promise<void> {
    await this.#ask({ ask: "begin" });
  }

  async finish(): Promise<void> {
    await this.#ask({ ask: "finish" });
  }

  async put(rows: Parameters<Catalog["put"]>[0]): Promise<void> {
    await this.#ask({ ask: "put", rows });
  }

  find(...[query, behind, most]: Parameters<Catalog["find"]>): Promise<readonly CatalogPlace[]> {
    return this.#ask<readonly CatalogPlace[]>({ ask: "find", query, behind, most });
  }

  close(): void {
    this.#end("it is closed");
    this.#worker.terminate();
  }

  #ask<Value>(call: CatalogCall): Promise<Value> {
    if (this.#ended !== null) return Promise.reject(failed(this.#ended));
    return new Promise<Value>((resolve, reject) => {
      this.#waiting.push({ resolve: (value) => resolve(value as Value), reject });
      this.#worker.postMessage(call);
    });
  }

  #end(why: string): void {
    this.#ended ??= why;
    for (const { reject } of this.#waiting.splice(0)) reject(failed(why));
  }
}

function failed(why: string): PortError {
  return new PortError("unavailable", `Cannot use the catalog: ${why}`, { retryable: true });
}
