/**
 * The catalog on disk: SQLite in a worker of its own.
 *
 * @module
 */
import type { Catalog, CatalogPlace } from "../catalog_port.ts";
import { PortError } from "../ports.ts";
import type { CatalogCall, CatalogReply } from "./sqlite_catalog_messages.ts";

const FILE = "catalog.sqlite";
const CLOSED = "it is closed";

/**
 * The catalog in a folder, made when absent; it is opened with the first call. A file that turns out to be damaged is
 * thrown away: then the catalog is not whole until it is made anew. A worker that ends is replaced with the next call.
 */
export function sqliteCatalog(folder: string): Catalog {
  return new SqliteCatalog(folder);
}

/** Who waits for the worker's next words. */
type Waiting = { readonly resolve: (value: unknown) => void; readonly reject: (error: PortError) => void };

class SqliteCatalog implements Catalog {
  readonly #folder: string;
  readonly #waiting: Waiting[] = [];
  #worker: Promise<Worker> | null = null;
  #closed = false;

  constructor(folder: string) {
    this.#folder = folder;
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
    this.#closed = true;
    this.#end(this.#worker, CLOSED);
  }

  async #ask<Value>(call: CatalogCall): Promise<Value> {
    if (this.#closed) throw failed(CLOSED);
    const mine = this.#worker ??= this.#start();
    const worker = await mine.catch((error) => {
      this.#end(mine, String(error));
      throw failed(String(error));
    });
    return await new Promise<Value>((resolve, reject) => {
      if (this.#worker !== mine) return reject(failed(this.#closed ? CLOSED : "its worker ended"));
      this.#waiting.push({ resolve: (value) => resolve(value as Value), reject });
      worker.postMessage(call);
    });
  }

  async #start(): Promise<Worker> {
    await Deno.mkdir(this.#folder, { recursive: true });
    const folder = await Deno.realPath(this.#folder);
    const worker = new Worker(import.meta.resolve("./sqlite_catalog_worker.ts"), {
      type: "module",
      name: "catalog",
      deno: { permissions: { read: [folder], write: [folder] } },
    });
    const mine = this.#worker;
    worker.onmessage = ({ data }: MessageEvent<CatalogReply>) => {
      const next = this.#waiting.shift();
      if (data.say === "done") next?.resolve(data.value);
      else next?.reject(failed(data.message));
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.#end(mine, event.message);
    };
    worker.onmessageerror = () => this.#end(mine, "its worker said nothing readable");
    this.#waiting.push({ resolve: () => {}, reject: () => {} });
    worker.postMessage({ ask: "open", path: `${folder}/${FILE}` } satisfies CatalogCall);
    return worker;
  }

  /** Ends a worker; the next call gets another. */
  #end(worker: Promise<Worker> | null, why: string): void {
    if (worker === null || worker !== this.#worker) return;
    this.#worker = null;
    worker.then((each) => each.terminate(), () => {});
    for (const { reject } of this.#waiting.splice(0)) reject(failed(why));
  }
}

function failed(why: string): PortError {
  return new PortError("unavailable", `Cannot use the catalog: ${why}`, { retryable: true });
}
