/**
 * A file as a source of bytes.
 *
 * @module
 */
import type { ByteSource } from "../ports.ts";

/** Opens a file for reading in place. Throws what `Deno.openSync` throws. */
export function openFileSource(path: string): ByteSource {
  const file = Deno.openSync(path, { read: true });
  const size = file.statSync().size;
  const readInto: NonNullable<ByteSource["readInto"]> = (offset, target) => {
    const wanted = target.subarray(0, Math.max(0, size - offset));
    file.seekSync(offset, Deno.SeekMode.Start);
    let filled = 0;
    while (filled < wanted.length) {
      const read = file.readSync(wanted.subarray(filled));
      if (read === null) throw new Error("Cannot read: the file has become shorter");
      filled += read;
    }
    return wanted;
  };
  return {
    size,
    read: (offset, length) => readInto(offset, new Uint8Array(Math.max(0, Math.min(length, size - offset)))),
    readInto,
    close: () => file.close(),
  };
}
