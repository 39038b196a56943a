/**
 * Zip files read from their directory (APPNOTE 6.3.10 §4.3.12), with bounds on everything that a hostile one
 * may claim.
 *
 * @module
 */
import { damaged } from "./unreadable_form.ts";

/** One file inside. */
export type ZipEntry = {
  /** As decoded: UTF-8 where flagged, else cp932, which Windows in Japan writes. */
  readonly name: string;
  /** Whether it needs a password (PPAP). */
  readonly encrypted: boolean;
  readonly method: number;
  readonly packedSize: number;
  readonly offset: number;
};

const MAX_ENTRIES = 2_000;
const MAX_COMMENT = 65_535;
/** The most that one file may unfold to, in bytes, and all files of one zip together. */
const MAX_FILE = 16 * 1024 * 1024;
const MAX_TOTAL = 48 * 1024 * 1024;

/** An opened zip. */
export class ZipFile {
  /** The directory, in its order. */
  readonly entries: readonly ZipEntry[];
  readonly #bytes: Uint8Array<ArrayBuffer>;
  #left = MAX_TOTAL;

  /** Reads the directory. Throws `UnreadableForm` `damaged`. */
  constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.#bytes = bytes;
    this.entries = readDirectory(bytes);
  }

  /** Whether any file inside needs a password. */
  get encrypted(): boolean {
    return this.entries.some((entry) => entry.encrypted);
  }

  /** Whether a file of this name is inside. */
  has(name: string): boolean {
    return this.entries.some((entry) => entry.name === name);
  }

  /** Unfolds one file; all calls together stay under the bound. Throws `UnreadableForm` `damaged`. */
  async read(entry: ZipEntry): Promise<Uint8Array<ArrayBuffer>> {
    const view = viewOf(this.#bytes);
    const at = entry.offset;
    if (at + 30 > this.#bytes.length || view.getUint32(at, true) !== 0x04034b50) {
      throw damaged("an entry of the zip has no header");
    }
    // The lengths of the local header may differ from the directory's (§4.3.7).
    const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
    const packed = this.#bytes.subarray(start, start + entry.packedSize);
    const content = await unfold(packed, entry.method, Math.min(MAX_FILE, this.#left));
    this.#left -= content.length;
    return content;
  }

  /** A file by name as UTF-8 text, empty when there is none. */
  async text(name: string): Promise<string> {
    const entry = this.entries.find((each) => each.name === name);
    return entry === undefined ? "" : new TextDecoder().decode(await this.read(entry));
  }
}

const viewOf = (bytes: Uint8Array<ArrayBuffer>) =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function readDirectory(bytes: Uint8Array<ArrayBuffer>): ZipEntry[] {
  const view = viewOf(bytes);
  const end = endOfDirectory(view);
  const count = view.getUint16(end + 10, true);
  if (count > MAX_ENTRIES) throw damaged("the zip holds too many files");
  let at = view.getUint32(end + 16, true);
  const entries: ZipEntry[] = [];
  while (entries.length < count && at + 46 <= bytes.length && view.getUint32(at, true) === 0x02014b50) {
    const flags = view.getUint16(at + 8, true);
    const nameLength = view.getUint16(at + 28, true);
    entries.push({
      name: nameOf(bytes.subarray(at + 46, at + 46 + nameLength), (flags & 0x800) !== 0),
      encrypted: (flags & 1) !== 0,
      method: view.getUint16(at + 10, true),
      packedSize: view.getUint32(at + 20, true),
      offset: view.getUint32(at + 42, true),
    });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  if (entries.length < count) throw damaged("the zip's directory is cut short");
  return entries;
}

function endOfDirectory(view: DataView): number {
  const lowest = Math.max(0, view.byteLength - 22 - MAX_COMMENT);
  for (let at = view.byteLength - 22; at >= lowest; at--) {
    if (view.getUint32(at, true) === 0x06054b50) return at;
  }
  throw damaged("the zip has no directory");
}

function nameOf(bytes: Uint8Array, utf8: boolean): string {
  if (utf8) return new TextDecoder().decode(bytes);
  try {
    return new TextDecoder("shift_jis", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

async function unfold(
  packed: Uint8Array<ArrayBuffer>,
  method: number,
  most: number,
): Promise<Uint8Array<ArrayBuffer>> {
  if (method === 0 && packed.length <= most) return packed;
  if (method !== 8) throw damaged("the zip packs in a way that is not known, or too much");
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      size += next.value.length;
      if (size > most) throw damaged("the zip unfolds to too much");
      parts.push(next.value);
    }
  } catch (error) {
    await reader.cancel().catch(() => {});
    throw error instanceof TypeError ? damaged("a file of the zip is broken", error) : error;
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
