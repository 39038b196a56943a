/**
 * Whether the files of a case are, byte for byte, those that its history names: the contract as handed in, as it was
 * after every seal, and as it now is.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { type Case, currentParts, type FileId, fileIds, fileOf, type GrownFile } from "../domain/case.ts";
import { type Blobs, type ByteSource, PortError, type Sha256 } from "../ports.ts";
import type { FormerRound } from "./former_rounds.ts";

/** Bytes read at once. */
const PIECE_BYTES = 1024 * 1024;

/** A file that is wrong: a part of it is not there, or it is not what was recorded. */
export type FileFault = {
  readonly fault: "fileMissing" | "fileChanged";
  readonly file: FileId;
  /** The round whose file it was; absent for the one in force. */
  readonly round?: number;
};

/** The hash that the file must have after each of its parts. */
function hashesOf({ sha256, tails = [], renewal }: GrownFile): Sha256[] {
  return [sha256, ...tails.map((tail) => tail.sha256), ...renewal ? [renewal.sha256] : []];
}

/** Its length in bytes after each of its parts, as recorded. */
function sizesOf({ size, tails = [], renewal }: GrownFile): number[] {
  return [size, ...tails.map((tail) => tail.size), ...renewal ? [renewal.size] : []];
}

/** Opens content; null where there is none of that name. */
async function openPart(blobs: Blobs, name: Sha256): Promise<ByteSource | null> {
  try {
    return await blobs.open(name);
  } catch (error) {
    if (error instanceof RangeError || error instanceof PortError && error.code === "not_found") return null;
    throw error;
  }
}

async function faultOf(blobs: Blobs, file: GrownFile): Promise<FileFault["fault"] | null> {
  const hash = createHash("sha256");
  const hashes = hashesOf(file);
  const sizes = sizesOf(file);
  for (const [index, name] of currentParts(file).entries()) {
    const source = await openPart(blobs, name);
    if (!source) return "fileMissing";
    try {
      if (source.size !== sizes[index]) return "fileChanged";
      for (let at = 0; at < source.size; at += PIECE_BYTES) hash.update(source.read(at, PIECE_BYTES));
    } finally {
      source.close();
    }
    if (hash.copy().digest("hex") !== hashes[index]) return "fileChanged";
  }
  return null;
}

/**
 * All files of a case that are wrong, those of its former rounds first. Reads every byte of them. Throws `PortError`
 * where content can't be read.
 */
export async function auditFiles(
  blobs: Blobs,
  state: Case,
  former: readonly FormerRound[] = [],
): Promise<readonly FileFault[]> {
  const faults: FileFault[] = [];
  for (const { round, documents } of former) {
    for (const [file, document] of documents.entries()) {
      const fault = await faultOf(blobs, document);
      if (fault) faults.push({ fault, file, round });
    }
  }
  for (const id of fileIds(state)) {
    const file = fileOf(state, id);
    const fault = file && await faultOf(blobs, file);
    if (fault) faults.push({ fault, file: id });
  }
  return faults;
}
