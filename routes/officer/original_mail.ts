/**
 * The mail that brought a consent form, to be looked at beside what was read (R5).
 *
 * @module
 */
import { openParts } from "../../lib/flows/open_file.ts";
import type { Blobs, Sha256 } from "../../lib/ports.ts";
import type { AnsweredFile } from "../file_answer.ts";

/** The mail as a file to save. */
export async function mailFile(blobs: Blobs, mail: Sha256, caseNumber: string): Promise<AnsweredFile> {
  const source = await openParts(blobs, [mail]);
  const size = source.size;
  source.close();
  return {
    filename: `${caseNumber}.eml`,
    contentType: "message/rfc822",
    size,
    tag: mail,
    parts: [mail],
    download: true,
  };
}
