/**
 * Files in memory without a second copy on the way, and how much memory a process took.
 *
 * @module
 */

/** A file in an array of just its size: `Deno.readFile` takes twice that for a moment. */
export function readWhole(path: string): Uint8Array<ArrayBuffer> {
  using file = Deno.openSync(path);
  const bytes = new Uint8Array(file.statSync().size);
  for (let filled = 0; filled < bytes.length;) {
    const read = file.readSync(bytes.subarray(filled));
    if (read === null) throw new Error("Cannot read: the file has become shorter");
    filled += read;
  }
  return bytes;
}

/** Writes a file piece by piece: `Deno.writeFile` makes a copy of all. */
export function writeWhole(path: string, bytes: Uint8Array): void {
  using file = Deno.openSync(path, { write: true, create: true, truncate: true });
  for (let done = 0; done < bytes.length;) done += file.writeSync(bytes.subarray(done, done + (1 << 20)));
}

/** The most memory that this process ever held, in bytes (Linux). */
export function peakMemory(): number {
  const status = Deno.readTextFileSync("/proc/self/status");
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? NaN) * 1024;
}
