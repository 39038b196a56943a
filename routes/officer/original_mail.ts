/**
 * The mail that brought a consent form, to be looked at beside what was read (R5).
 *
 * @module
 */
import type { RecordedEvent } from "../../lib/domain/case_event.ts";
import { openParts } from "../../lib/flows/open_file.ts";
import type { Blobs, Sha256 } from "../../lib/ports.ts";
import type { AnsweredFile } from "../file_answer.ts";

/** The mail of the form that holds now: the newest accepted one, else the first. Null when no mail brought it. */
export function formMail(history: readonly RecordedEvent[]): Sha256 | null {
  let proposed: Sha256 | null = null;
  let holds: Sha256 | null = null;
  for (const { event } of history) {
    if (event.did === "opened") holds = event.mail;
    else if (event.did === "formProposed") proposed = event.mail;
    else if (event.did === "formAccepted") holds = proposed;
  }
  return holds;
}

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
