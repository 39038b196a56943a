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

type Placed = { readonly start: number; readonly part: ByteSource };

/** Several sources read as one, in the order given. Closing it closes all of them. */
export function concatenated(parts: readonly ByteSource[]): ByteSource {
  const placed: Placed[] = [];
  let size = 0;
  for (const part of parts) {
    placed.push({ start: size, part });
    size += part.size;
  }
  const readInto: ByteSource["readInto"] = (offset, target) => fillAcross(placed, offset, target);
  return {
    size,
    read: (offset, length) => readAcross(placed, offset, Math.min(size, offset + Math.max(0, length))),
    ...(parts.some((part) => part.readInto) && { readInto }),
    close: () => parts.forEach((part) => part.close()),
  };
}

function readAcross(placed: readonly Placed[], from: number, to: number): Uint8Array<ArrayBuffer> {
  const touched = placed.filter(({ start, part }) => start < to && start + part.size > from);
  const pieces = touched.map(({ start, part }) => {
    const offset = Math.max(0, from - start);
    return part.read(offset, Math.min(part.size, to - start) - offset);
  });
  const [only] = pieces;
  if (only !== undefined && pieces.length === 1) return only;
  return joinBytes(pieces);
}

function fillAcross(
  placed: readonly Placed[],
  offset: number,
  target: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> {
  let filled = 0;
  for (const { start, part } of placed) {
    const at = offset + filled - start;
    if (at < 0 || at >= part.size || filled === target.length) continue;
    const room = target.subarray(filled, filled + part.size - at);
    if (part.readInto) part.readInto(at, room);
    else room.set(part.read(at, room.length));
    filled += room.length;
  }
  return target.subarray(0, filled);
}

/** The first `length` bytes of a source: an earlier revision of a PDF. Closing it leaves `source` open. */
export function prefixOf(source: ByteSource, length: number): ByteSource {
  const size = Math.min(length, source.size);
  const { readInto } = source;
  return {
    size,
    read: (offset, count) => source.read(offset, Math.max(0, Math.min(count, size - offset))),
    ...(readInto && {
      readInto: (offset, target) => readInto(offset, target.subarray(0, Math.max(0, size - offset))),
    }),
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
