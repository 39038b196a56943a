/**
 * Blobs as files, `<root>/ab/cd/<sha256>`. What was answered survives a crash: temporary file → fsync → rename →
 * fsync of the directory.
 *
 * @module
 */
import { createHash, type Hash } from "node:crypto";
import { epochMs, instantOf } from "../domain/instant.ts";
import { sha256InTurns, turnPieces } from "../pades/sha256_in_turns.ts";
import { type Blobs, type ByteSource, type Clock, PortError, type Sha256 } from "../ports.ts";
import { assertBlobName, blobNotFound } from "./blob_name.ts";
import { openFileSource } from "./file_source.ts";

/** A temporary file this old was left behind by a process that died, in milliseconds. */
const ABANDONED_MS = 86_400_000;

/** Opens the blobs under a directory, made when absent. The clock gives `storedAt`. Throws `PortError`. */
export async function openFileBlobs(root: string, clock: Clock): Promise<Blobs> {
  const blobs = new FileBlobs(root, clock);
  await blobs.prepare();
  return blobs;
}

class FileBlobs implements Blobs {
  readonly #root: string;
  readonly #clock: Clock;
  /** Directories whose own entry is known to be on disk. */
  readonly #durable = new Map<string, Promise<void>>();

  constructor(root: string, clock: Clock) {
    this.#root = root;
    this.#clock = clock;
  }

  get #temporary(): string {
    return `${this.#root}/tmp`;
  }

  /** Makes the directories and clears what dead processes left. */
  async prepare(): Promise<void> {
    await attempt("open", async () => {
      await Deno.mkdir(this.#temporary, { recursive: true, mode: 0o700 });
      const before = Date.now() - ABANDONED_MS;
      for await (const { name } of Deno.readDir(this.#temporary)) {
        const path = `${this.#temporary}/${name}`;
        const { mtime } = await Deno.stat(path);
        if (mtime !== null && mtime.getTime() < before) await Deno.remove(path);
      }
    });
  }

  async put(content: Uint8Array | ReadableStream<Uint8Array>): Promise<{ sha256: Sha256; size: number }> {
    if (content instanceof Uint8Array) {
      const known = { sha256: await sha256InTurns(content), size: content.length };
      if (await this.#touch(known)) return known;
    }
    const temporary = `${this.#temporary}/${crypto.randomUUID()}`;
    try {
      const stored = await writeDurably(
        temporary,
        content instanceof Uint8Array ? turnPieces(content) : content,
      );
      if (!(await this.#touch(stored))) await this.#moveIn(temporary, stored.sha256);
      return stored;
    } finally {
      await Deno.remove(temporary).catch(onlyIfMissing);
    }
  }

  async get(sha256: Sha256): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = await attempt("read", () => Deno.readFile(this.#path(sha256)), sha256);
    if (await sha256InTurns(bytes) !== sha256) {
      throw new PortError("corrupt", `Cannot read blob "${sha256}": damaged on disk`, { retryable: false });
    }
    return bytes;
  }

  open(sha256: Sha256): Promise<ByteSource> {
    // deno-lint-ignore require-await
    return attempt("open", async () => openFileSource(this.#path(sha256)), sha256);
  }

  async has(sha256: Sha256): Promise<boolean> {
    return (await this.#stat(sha256)) !== null;
  }

  async delete(sha256: Sha256): Promise<void> {
    const path = this.#path(sha256);
    await attempt("delete a blob", () => Deno.remove(path).catch(onlyIfMissing));
  }

  async *list(): AsyncIterable<{ sha256: Sha256; size: number; storedAt: string }> {
    for (const first of await namesIn(this.#root, 2)) {
      for (const second of await namesIn(`${this.#root}/${first}`, 2)) {
        for (const sha256 of await namesIn(`${this.#root}/${first}/${second}`, 64)) {
          const found = await this.#stat(sha256);
          if (found === null) continue; // Deleted while listing.
          yield { sha256, size: found.size, storedAt: instantOf(found.mtime!.getTime()) };
        }
      }
    }
  }

  #path(sha256: Sha256): string {
    assertBlobName(sha256);
    return `${this.#root}/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`;
  }

  async #stat(sha256: Sha256): Promise<Deno.FileInfo | null> {
    const path = this.#path(sha256);
    return (await attempt("look for a blob", () => Deno.stat(path).catch(onlyIfMissing))) ?? null;
  }

  /** Whether the content is there already; if so its age begins anew, so that no sweep takes it for an orphan. */
  async #touch({ sha256, size }: { sha256: Sha256; size: number }): Promise<boolean> {
    if ((await this.#stat(sha256))?.size !== size) return false;
    const now = epochMs(this.#clock.now()) / 1000;
    return await Deno.utime(this.#path(sha256), now, now).then(() => true, (error) => {
      onlyIfMissing(error);
      return false;
    });
  }

  async #moveIn(temporary: string, sha256: Sha256): Promise<void> {
    await attempt("store a blob", async () => {
      const now = epochMs(this.#clock.now()) / 1000;
      await Deno.utime(temporary, now, now);
      const first = `${this.#root}/${sha256.slice(0, 2)}`;
      const second = `${first}/${sha256.slice(2, 4)}`;
      await this.#makeDurably(first, this.#root);
      await this.#makeDurably(second, first);
      await Deno.rename(temporary, this.#path(sha256));
      await syncDirectory(second);
    });
  }

  /** Makes a directory and sees to it once in this process's life that its entry is on disk. */
  #makeDurably(path: string, parent: string): Promise<void> {
    const known = this.#durable.get(path);
    if (known !== undefined) return known;
    const made = Deno.mkdir(path, { recursive: true, mode: 0o700 }).then(() => syncDirectory(parent));
    this.#durable.set(path, made);
    made.catch(() => this.#durable.delete(path)); // The caller sees the error; the next one tries again.
    return made;
  }
}

/** Writes content to a new file and waits until it is on disk. Errors of the content's stream pass as they are. */
async function writeDurably(
  path: string,
  content: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<{ sha256: Sha256; size: number }> {
  const hash: Hash = createHash("sha256");
  let size = 0;
  using file = await attempt(
    "store a blob",
    () => Deno.open(path, { write: true, createNew: true, mode: 0o600 }),
  );
  for await (const chunk of content) {
    hash.update(chunk);
    size += chunk.length;
    await attempt("store a blob", async () => {
      for (let done = 0; done < chunk.length;) done += await file.write(chunk.subarray(done));
    });
  }
  await attempt("store a blob", () => file.sync());
  return { sha256: hash.digest("hex"), size };
}

async function syncDirectory(path: string): Promise<void> {
  using directory = await Deno.open(path, { read: true });
  await directory.sync();
}

/** The names of a given length within a directory. */
async function namesIn(path: string, length: number): Promise<string[]> {
  const entries = await attempt("list blobs", () => Array.fromAsync(Deno.readDir(path)));
  return entries.map((entry) => entry.name).filter((name) => name.length === length);
}

function onlyIfMissing(error: unknown): undefined {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}

/** Turns what the file system throws into a `PortError`; an absent file of a named blob is `not_found`. */
async function attempt<R>(what: string, work: () => Promise<R>, sha256?: Sha256): Promise<R> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof RangeError || cause instanceof PortError) throw cause;
    if (sha256 !== undefined && cause instanceof Deno.errors.NotFound) throw blobNotFound(sha256, cause);
    throw new PortError("unavailable", `Cannot ${what}: the file system failed`, { retryable: true, cause });
  }
}
