/**
 * The embedded store: Deno KV on a file, one process, one handle. Each commit is one fsync.
 *
 * Not used, for reasons measured: `sum`/`min`/`max` (one that fails leaves the mutations before it applied),
 * queues and `watch` (absent or unreliable beyond one process), `expireIn` (a minute late).
 *
 * @module
 */
import { type Commit, type Entry, type Key, PortError, type Range, type Store } from "../ports.ts";
import { encodeRange } from "./store_key.ts";
import { assertWithinLimits, checkedKey, checkedKeys } from "./store_limits.ts";

/** How long a commit is tried again while a backup or another process holds the file, in milliseconds. */
const PATIENCE_MS = 10_000;

/** Opens the store in a file, made when absent; `:memory:` for one that does not last. Throws `PortError`. */
export async function openKvStore(path: string): Promise<Store> {
  return new KvStore(await Deno.openKv(path).catch((cause) => broken("open", cause)));
}

class KvStore implements Store {
  readonly #kv: Deno.Kv;

  constructor(kv: Deno.Kv) {
    this.#kv = kv;
  }

  async get<T>(key: Key): Promise<Entry<T> | null> {
    checkedKey(key);
    return entryOf(await patiently("read", () => this.#kv.get<T>(key)));
  }

  async getMany<T>(keys: readonly Key[]): Promise<(Entry<T> | null)[]> {
    checkedKeys(keys);
    const entries = await patiently("read", () => this.#kv.getMany<T[]>(keys));
    return entries.map((entry) => entryOf(entry as Deno.KvEntryMaybe<T>));
  }

  async *list<T>(range: Range): AsyncIterable<Entry<T>> {
    const { limit, reverse = false } = range;
    const { from, to } = encodeRange(range);
    if (from >= to) return; // Deno KV throws for a range turned round.
    const entries = this.#kv.list<T>(
      selectorOf(range),
      limit === undefined ? { reverse } : { limit, reverse },
    );
    while (true) {
      const next = await patiently("list", () => entries.next());
      if (next.done) return;
      yield { key: next.value.key as Key, value: next.value.value, version: next.value.versionstamp };
    }
  }

  async commit(commit: Commit): Promise<boolean> {
    assertWithinLimits(commit);
    const result = await patiently("commit", () => {
      const operation = this.#kv.atomic();
      for (const { key, version } of commit.checks ?? []) operation.check({ key, versionstamp: version });
      for (const [key, value] of commit.sets ?? []) operation.set(key, value);
      for (const key of commit.deletes ?? []) operation.delete(key);
      return operation.commit();
    });
    return result.ok;
  }

  close(): void {
    this.#kv.close();
  }
}

function entryOf<T>(entry: Deno.KvEntryMaybe<T>): Entry<T> | null {
  if (entry.versionstamp === null) return null;
  return { key: entry.key as Key, value: entry.value, version: entry.versionstamp };
}

function selectorOf(range: Range): Deno.KvListSelector {
  const { prefix, start, end } = range;
  // Deno KV takes no prefix beside two bounds; both lie under it, so they say it all.
  if (start !== undefined && end !== undefined) return { start, end };
  if (start !== undefined) return { prefix, start };
  return end === undefined ? { prefix } : { prefix, end };
}

/**
 * Tries again while the file is locked: nothing was written then. Measured: beside a backup or a second
 * process, commits that read first throw instead of waiting.
 */
async function patiently<R>(what: string, work: () => Promise<R>): Promise<R> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  for (let pauseMs = 2;; pauseMs = Math.min(pauseMs * 2, 100)) {
    try {
      return await work();
    } catch (cause) {
      const locked = cause instanceof Error && /database is locked|database is busy/i.test(cause.message);
      if (!locked || performance.now() > giveUpAt) broken(what, cause);
      await new Promise((resolve) => setTimeout(resolve, pauseMs * (0.5 + Math.random())));
    }
  }
}

function broken(what: string, cause: unknown): never {
  const closed = cause instanceof Deno.errors.BadResource;
  throw new PortError("unavailable", `Cannot ${what}: the store ${closed ? "is closed" : "failed"}`, {
    retryable: !closed,
    cause,
  });
}
