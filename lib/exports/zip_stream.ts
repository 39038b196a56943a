/**
 * ZIP archives that are made while they are sent: nothing of them is ever in memory but the piece at hand and the
 * list of names. Files are stored as they are, since PDFs hardly get smaller.
 *
 * @module
 */
import { Zip, ZipPassThrough } from "fflate";
import { type Instant, jstParts } from "../domain/instant.ts";

/** Bytes and files that an archive of this kind can hold at most (APPNOTE 4.4.1.4: no ZIP64), with room for names. */
export const ZIP_LIMITS = { bytes: 0xF0000000, files: 20_000 } as const;

/** One file of an archive. */
export type ZipEntry = {
  /** Safe and unique, with `/` between folders. */
  readonly name: string;
  readonly at: Instant;
  /** Its bytes, piece by piece. */
  readonly pieces: Iterable<Uint8Array>;
};

const NOTHING = new Uint8Array();

/** The Japanese time of day as a date whose local parts are those, which is what a ZIP keeps. */
function localTime(at: Instant): Date {
  const { year, month, day, hour, minute, second } = jstParts(at);
  return new Date(year, month - 1, day, hour, minute, second);
}

/** The archive, piece by piece. Throws what the entries throw, and `RangeError` beyond `ZIP_LIMITS`. */
export async function* zipStream(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Uint8Array> {
  const made: Uint8Array[] = [];
  const faults: Error[] = [];
  const zip = new Zip((fault, piece) => fault ? faults.push(fault) : made.push(piece));
  const taken = () => {
    if (faults[0]) throw faults[0];
    return made.splice(0);
  };
  let [files, bytes] = [0, 0];
  for await (const { name, at, pieces } of entries) {
    const file = new ZipPassThrough(name);
    file.mtime = localTime(at);
    zip.add(file);
    files++;
    for (const piece of pieces) {
      bytes += piece.length;
      if (bytes > ZIP_LIMITS.bytes || files > ZIP_LIMITS.files + 1) {
        throw new RangeError("Cannot make the archive: it would be too large");
      }
      file.push(piece);
      yield* taken();
    }
    file.push(NOTHING, true);
    yield* taken();
  }
  zip.end();
  yield* taken();
}
