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
  return {
    size,
    read(offset, length) {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
      file.seekSync(offset, Deno.SeekMode.Start);
      let filled = 0;
      while (filled < bytes.length) {
        const read = file.readSync(bytes.subarray(filled));
        if (read === null) throw new Error("Cannot read: the file has become shorter");
        filled += read;
      }
      return bytes;
    },
    close: () => file.close(),
  };
}
