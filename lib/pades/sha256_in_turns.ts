/**
 * SHA-256 of what is in memory, without holding up anybody else (see `feed_hashes.ts` for files).
 *
 * @module
 */
import { createHash } from "node:crypto";
import { breathe } from "../pdf/breathe.ts";
import { TURN_BYTES } from "./feed_hashes.ts";

/** The bytes in pieces of which each may be hashed in one turn of the event loop. */
export function* turnPieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += TURN_BYTES) yield bytes.subarray(at, at + TURN_BYTES);
}

/** The SHA-256, hexadecimal, with a turn of the event loop between pieces. Nobody may change the bytes meanwhile. */
export async function sha256InTurns(bytes: Uint8Array): Promise<string> {
  const hash = createHash("sha256");
  let isFirst = true;
  for (const piece of turnPieces(bytes)) {
    if (!isFirst) await breathe();
    isFirst = false;
    hash.update(piece);
  }
  return hash.digest("hex");
}
