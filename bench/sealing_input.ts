/**
 * What measurements of sealing begin with, and how much memory they took.
 *
 * @module
 */

/** A file in memory, in an array of just its size: `Deno.readFile` takes twice that for a moment. */
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

/** The most memory that this process ever held, in bytes (Linux). */
export function peakMemory(): number {
  const status = Deno.readTextFileSync("/proc/self/status");
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? NaN) * 1024;
}
