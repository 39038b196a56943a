/**
 * Byte sources over memory and over other sources. A sealed contract is its base and the tails appended to it;
 * joined here, they read as one file without ever being copied into one.
 *
 * @module
 */
import type { ByteSource } from "../ports.ts";

/** How many bytes are taken at once when a whole source is gone through. */
const CHUNK_BYTES = 1 << 20;

/** A source over bytes in memory. Reads are views of `bytes`, which nobody may change while it is open. */
export function memorySource(bytes: Uint8Array<ArrayBuffer>): ByteSource {
  let open = true;
  return {
    size: bytes.length,
    read(offset, length) {
      if (!open) throw new TypeError("Cannot read bytes: the source is closed");
      return bytes.subarray(offset, offset + Math.max(0, length));
    },
    close() {
      open = false;
    },
  };
}

/** Several sources read as one, in the order given. Closing it closes all of them. */
export function concatenated(parts: readonly ByteSource[]): ByteSource {
  const placed: { readonly start: number; readonly part: ByteSource }[] = [];
  let size = 0;
  for (const part of parts) {
    placed.push({ start: size, part });
    size += part.size;
  }
  return {
    size,
    read: (offset, length) => readAcross(placed, offset, Math.min(size, offset + Math.max(0, length))),
    close: () => parts.forEach((part) => part.close()),
  };
}

function readAcross(
  placed: readonly { readonly start: number; readonly part: ByteSource }[],
  from: number,
  to: number,
): Uint8Array<ArrayBuffer> {
  const touched = placed.filter(({ start, part }) => start < to && start + part.size > from);
  const pieces = touched.map(({ start, part }) => {
    const offset = Math.max(0, from - start);
    return part.read(offset, Math.min(part.size, to - start) - offset);
  });
  const [only] = pieces;
  if (only !== undefined && pieces.length === 1) return only;
  return joinBytes(pieces);
}

/** The first `length` bytes of a source: an earlier revision of a PDF. Closing it leaves `source` open. */
export function prefixOf(source: ByteSource, length: number): ByteSource {
  const size = Math.min(length, source.size);
  return {
    size,
    read: (offset, count) => source.read(offset, Math.max(0, Math.min(count, size - offset))),
    close() {},
  };
}

/** The bytes from `from` up to `to`, piece by piece, so that a large file is never in memory whole. */
export function* chunksOf(
  source: ByteSource,
  from = 0,
  to: number = source.size,
): Generator<Uint8Array<ArrayBuffer>> {
  for (let at = from; at < to; at += CHUNK_BYTES) yield source.read(at, Math.min(CHUNK_BYTES, to - at));
}

/** Pieces joined into one array. */
export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
