/**
 * Inflates what a PDF holds, up to a bound: 1 MB of a hostile file can stand for a gigabyte of zeros.
 *
 * @module
 */
import { constants, inflateSync } from "node:zlib";
import { UnreadableError } from "../domain/unreadable.ts";

/** The most that one stream may inflate to, in bytes (64 MiB). */
export const MAX_INFLATED = 64 << 20;

/**
 * The inflated bytes of a zlib stream (RFC 1950). A missing end is forgiven, as other readers do. Throws `bomb`
 * above `limit` bytes and `malformed` for what is no zlib stream.
 */
export function inflate(bytes: Uint8Array, limit: number = MAX_INFLATED): Uint8Array<ArrayBuffer> {
  try {
    const out = inflateSync(bytes, {
      maxOutputLength: Math.max(1, limit),
      finishFlush: constants.Z_SYNC_FLUSH,
    });
    return new Uint8Array(out.buffer as ArrayBuffer, out.byteOffset, out.length);
  } catch (cause) {
    if (isTooLarge(cause)) {
      throw new UnreadableError("bomb", "Cannot inflate stream: it grows beyond all measure", { cause });
    }
    throw new UnreadableError("malformed", "Cannot inflate stream: it is no zlib stream", { cause });
  }
}

function isTooLarge(cause: unknown): boolean {
  return cause instanceof RangeError || (cause as { code?: string }).code === "ERR_BUFFER_TOO_LARGE";
}
