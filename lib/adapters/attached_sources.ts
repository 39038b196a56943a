/**
 * Opens the files that go with a letter.
 *
 * @module
 */
import { concatenated } from "../pdf/byte_source.ts";
import type { Attachment, Blobs, ByteSource } from "../ports.ts";

/**
 * Opens all attachments before anybody is bothered: one source for each, over its parts. Throws `PortError`
 * `not_found` when a part is missing; nothing is open then.
 */
export async function openAttached(attachments: readonly Attachment[], blobs: Blobs): Promise<ByteSource[]> {
  const opened: ByteSource[] = [];
  const files: ByteSource[] = [];
  try {
    for (const { parts } of attachments) {
      const from = opened.length;
      for (const part of parts) opened.push(await blobs.open(part));
      files.push(concatenated(opened.slice(from)));
    }
    return files;
  } catch (error) {
    for (const source of opened) source.close();
    throw error;
  }
}
