/**
 * The mail that brought a consent form, taken apart once more: its files and text as they came, and what was read out
 * of them with the places, to be looked at side by side (R5).
 *
 * @module
 */
import type { RecordedEvent } from "../domain/case_event.ts";
import { labelOf } from "../domain/consent_form.ts";
import { UnreadableError } from "../domain/unreadable.ts";
import type { ReadAttachment } from "../mail/read_mail.ts";
import { PortError, type Sha256 } from "../ports.ts";
import { masked } from "./forwardable.ts";
import { readConsentMail } from "./take_vendor_mail.ts";
import type { World } from "./world.ts";

/** One value as it was read: what it is, and where it stood. */
export type OriginalValue = { readonly label: string; readonly value: string; readonly source: string };

/** A mail with a consent form, as it came. */
export type OriginalForm = {
  readonly files: readonly ReadAttachment[];
  /** Name of the file that the form was read out of; null where it was the mail's text, or nothing. */
  readonly readFrom: string | null;
  readonly values: readonly OriginalValue[];
  /** The beginning of the mail's text, without our links. */
  readonly text: string;
};

/** Characters of a mail's text that are shown: the whole mail can be saved. */
const MOST_TEXT = 2_000;

/** The mail of the form that holds now: the newest accepted one, else the first. Null when no mail brought it. */
export function formMail(history: readonly RecordedEvent[]): Sha256 | null {
  let proposed: Sha256 | null = null;
  let holds: Sha256 | null = null;
  for (const { event } of history) {
    if (event.did === "opened") holds = event.mail;
    else if (event.did === "formProposed") proposed = event.mail;
    else if (event.did === "formAccepted") holds = proposed;
  }
  // A case that follows another one began without a mail.
  return holds === "" ? null : holds;
}

/** Takes the mail apart; null for one that can't be, which is there to be saved all the same. */
export async function originalForm(world: World, mail: Sha256): Promise<OriginalForm | null> {
  try {
    const read = await world.reader.read(mail, "");
    const found = await readConsentMail(world, read, read.text);
    return {
      files: read.attachments,
      readFrom: found.file,
      values: found.read
        ? found.fields.map(({ path, value, source }) => ({ label: labelOf(found.form, path), value, source }))
        : [],
      text: masked(read.text.slice(0, MOST_TEXT)),
    };
  } catch (error) {
    if (!(error instanceof UnreadableError) && !(error instanceof PortError)) throw error;
    world.log.warn("original_not_shown", { code: error.code });
    return null;
  }
}
