/**
 * Content that comes in pieces.
 *
 * @module
 */

/** Pieces that are at hand, as content that comes one after the other. */
export async function* once(...pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}

/** At most `maxBytes` from the beginning of content; the rest is left unread. */
export async function beginningOf(content: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of content) {
    const kept = piece.subarray(0, maxBytes - size);
    pieces.push(kept);
    size += kept.length;
    if (size === maxBytes) break;
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
