/**
 * Whether a disk has room for more, with a reserve so that what was begun can always be finished.
 *
 * @module
 */
import { statfs } from "node:fs/promises";

/** Tells whether so many bytes more may come. */
export type HasRoom = (bytes: number) => Promise<boolean>;

/** Free bytes of the file system under a path. */
export type FreeBytes = (path: string) => Promise<number>;

async function freeBytesOf(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path);
  return bavail * bsize;
}

/** Watches the file system under `path`; `reserveBytes` are never given away. One that does not tell has room. */
export function diskRoom(path: string, reserveBytes: number, freeBytes: FreeBytes = freeBytesOf): HasRoom {
  return async (bytes) => {
    const free = await freeBytes(path).catch(() => Infinity);
    return free - bytes >= reserveBytes;
  };
}
