/**
 * Things that can be made again, kept in a folder up to a total size: what was unused for longest goes first. A
 * file is whole or not there; one that a crash of the machine left damaged is found out by its checksum. Nothing
 * here may fail the caller: without room or with a broken disk things are made anew.
 *
 * @module
 */
import { crc32 } from "node:zlib";
import type { Log } from "../ports.ts";

/** Files take whole blocks, so that many small ones fill a disk too. */
const BLOCK_BYTES = 4096;
const CHECKSUM_BYTES = 4;
/** How long a use is not written down again, in ms. */
const TOUCH_AGAIN_MS = 600_000;
const NAME = /^[a-z0-9][a-z0-9.-]{0,119}$/;
const PART = ".part";

/** A folder of things by name (`a-z`, `0-9`, `.`, `-`). */
export type DiskShelf = {
  /** The content; null when it is not kept. */
  get(name: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Keeps a content under its name, as long as there is room. */
  put(name: string, content: Uint8Array): Promise<void>;
  /** What all files take now, in bytes. */
  heldBytes(): Promise<number>;
};

/** What is known of a file: the room it takes, and when its use was last written down (ms). */
type Kept = { readonly weight: number; readonly touchedAt: number };

const weightOf = (size: number): number => Math.ceil(size / BLOCK_BYTES) * BLOCK_BYTES;

/** A shelf in `folder`, which is made and looked through at first use; `maxBytes` of 0 keeps nothing. */
export function diskShelf(folder: string, maxBytes: number, log: Log): DiskShelf {
  const shelf = new Shelf(folder, maxBytes);
  const unlessBroken = async <T>(otherwise: T, work: () => Promise<T>): Promise<T> => {
    if (maxBytes === 0) return otherwise;
    try {
      return await work();
    } catch (error) {
      log.warn("page_cache_failed", { fault: error instanceof Error ? error.name : "unknown" });
      return otherwise;
    }
  };
  return {
    async get(name) {
      assertName(name);
      return await unlessBroken(null, () => shelf.get(name));
    },
    async put(name, content) {
      assertName(name);
      await unlessBroken(undefined, () => shelf.put(name, content));
    },
    heldBytes: () => unlessBroken(0, () => shelf.heldBytes()),
  };
}

function assertName(name: string): void {
  if (!NAME.test(name) || name.endsWith(PART)) throw new RangeError(`Cannot keep anything as "${name}"`);
}

class Shelf {
  readonly #folder: string;
  readonly #maxBytes: number;
  /** The longest unused first. */
  readonly #kept = new Map<string, Kept>();
  #bytes = 0;
  #ready: Promise<void> | null = null;

  constructor(folder: string, maxBytes: number) {
    this.#folder = folder;
    this.#maxBytes = maxBytes;
  }

  async heldBytes(): Promise<number> {
    await this.#prepared();
    return this.#bytes;
  }

  async get(name: string): Promise<Uint8Array<ArrayBuffer> | null> {
    await this.#prepared();
    const kept = this.#kept.get(name);
    if (!kept) return null;
    const file = await Deno.readFile(this.#path(name)).catch(onlyIfMissing);
    const content = file && intact(file);
    if (!content) {
      await this.#drop(name);
      return null;
    }
    await this.#use(name, kept);
    return content;
  }

  async put(name: string, content: Uint8Array): Promise<void> {
    await this.#prepared();
    const weight = weightOf(content.length + CHECKSUM_BYTES);
    if (weight > this.#maxBytes) return;
    const part = this.#path(`${crypto.randomUUID()}${PART}`);
    try {
      await Deno.writeFile(part, withChecksum(content), { mode: 0o600, createNew: true });
      await Deno.rename(part, this.#path(name));
    } catch (error) {
      await Deno.remove(part).catch(onlyIfMissing);
      throw error;
    }
    this.#note(name, { weight, touchedAt: Date.now() });
    await this.#makeRoom();
  }

  #path(name: string): string {
    return `${this.#folder}/${name}`;
  }

  #prepared(): Promise<void> {
    this.#ready ??= this.#lookThrough().catch((error) => {
      this.#ready = null;
      throw error;
    });
    return this.#ready;
  }

  /** Learns what is there, oldest use first, and clears what a process that died had begun. */
  async #lookThrough(): Promise<void> {
    await Deno.mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const found: { name: string; size: number; usedAt: number }[] = [];
    for await (const { name, isFile } of Deno.readDir(this.#folder)) {
      if (!isFile) continue;
      if (name.endsWith(PART)) await Deno.remove(this.#path(name)).catch(onlyIfMissing);
      const info = await Deno.stat(this.#path(name)).catch(onlyIfMissing);
      if (info) found.push({ name, size: info.size, usedAt: info.mtime?.getTime() ?? 0 });
    }
    found.sort((a, b) => a.usedAt - b.usedAt);
    for (const { name, size, usedAt } of found) {
      this.#note(name, { weight: weightOf(size), touchedAt: usedAt });
    }
    await this.#makeRoom();
  }

  /** Notes a file as the one used last. */
  #note(name: string, kept: Kept): void {
    this.#bytes += kept.weight - (this.#kept.get(name)?.weight ?? 0);
    this.#kept.delete(name);
    this.#kept.set(name, kept);
  }

  async #use(name: string, kept: Kept): Promise<void> {
    if (this.#kept.get(name) !== kept) return; // Replaced or dropped while it was read.
    const now = Date.now();
    const due = now - kept.touchedAt > TOUCH_AGAIN_MS;
    this.#note(name, due ? { ...kept, touchedAt: now } : kept);
    if (due) await Deno.utime(this.#path(name), now / 1000, now / 1000).catch(onlyIfMissing);
  }

  async #makeRoom(): Promise<void> {
    for (const name of [...this.#kept.keys()]) {
      if (this.#bytes <= this.#maxBytes) return;
      await this.#drop(name);
    }
  }

  async #drop(name: string): Promise<void> {
    this.#bytes -= this.#kept.get(name)?.weight ?? 0;
    this.#kept.delete(name);
    await Deno.remove(this.#path(name)).catch(onlyIfMissing);
  }
}

function withChecksum(content: Uint8Array): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(content.length + CHECKSUM_BYTES);
  file.set(content);
  new DataView(file.buffer).setUint32(content.length, crc32(content));
  return file;
}

/** The content of a file, or null when it is not as it was written. */
function intact(file: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | null {
  const length = file.length - CHECKSUM_BYTES;
  if (length < 0) return null;
  const content = file.subarray(0, length);
  return new DataView(file.buffer).getUint32(length) === crc32(content) ? content : null;
}

function onlyIfMissing(error: unknown): null {
  if (error instanceof Deno.errors.NotFound) return null;
  throw error;
}
