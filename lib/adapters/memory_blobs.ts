/**
 * Blobs that last as long as their process: for tests and trials.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Instant } from "../domain/instant.ts";
import type { Blobs, ByteSource, Clock, Sha256 } from "../ports.ts";
import { assertBlobName, blobNotFound } from "./blob_name.ts";

type Kept = { readonly bytes: Uint8Array<ArrayBuffer>; readonly storedAt: Instant };

/** Makes an empty place for blobs. */
export function memoryBlobs(clock: Clock): Blobs {
  const kept = new Map<Sha256, Kept>();
  const find = (sha256: Sha256) => {
    assertBlobName(sha256);
    const blob = kept.get(sha256);
    if (blob === undefined) throw blobNotFound(sha256);
    return blob.bytes;
  };
  return {
    async put(content) {
      const bytes = content instanceof Uint8Array ? new Uint8Array(content) : await collect(content);
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      kept.set(sha256, { bytes, storedAt: clock.now() });
      return { sha256, size: bytes.length };
    },
    // deno-lint-ignore require-await
    get: async (sha256) => new Uint8Array(find(sha256)),
    // deno-lint-ignore require-await
    open: async (sha256) => memoryByteSource(find(sha256)),
    // deno-lint-ignore require-await
    async has(sha256) {
      assertBlobName(sha256);
      return kept.has(sha256);
    },
    // deno-lint-ignore require-await
    async delete(sha256) {
      assertBlobName(sha256);
      kept.delete(sha256);
    },
    async *list() {
      for (const [sha256, { bytes, storedAt }] of kept) yield { sha256, size: bytes.length, storedAt };
    },
  };
}

async function collect(stream: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(new Uint8Array(chunk));
  const whole = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}

/** Bytes already in memory, read as a source. What it gives are copies. */
function memoryByteSource(bytes: Uint8Array): ByteSource {
  let open = true;
  return {
    size: bytes.length,
    read(offset, length) {
      if (!open) throw new Error("Cannot read: the source is closed");
      return new Uint8Array(bytes.subarray(offset, offset + length));
    },
    close() {
      open = false;
    },
  };
}
