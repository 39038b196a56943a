/**
 * Opens a file that lies in several blobs: a contract and what was appended to it.
 *
 * @module
 */
import { concatenated } from "../pdf/byte_source.ts";
import type { Blobs, ByteSource, Sha256 } from "../ports.ts";

/** Opens several blobs as one source; what was opened is closed when one of them is not there. */
export async function openParts(blobs: Blobs, parts: readonly Sha256[]): Promise<ByteSource> {
  const opened = await Promise.allSettled(parts.map((part) => blobs.open(part)));
  const sources = opened.flatMap((each) => each.status === "fulfilled" ? [each.value] : []);
  const failed = opened.find((each) => each.status === "rejected");
  if (!failed) return concatenated(sources);
  sources.forEach((source) => source.close());
  throw failed.reason;
}
