/**
 * Reads a consent form out of a mail's attachments, else out of its body.
 *
 * @module
 */
import { buildForm } from "./build_form.ts";
import type { ConsentReading, FieldReading, FormFile, UnreadableFormCode } from "./consent_reading.ts";
import { readFormFile } from "./form_file.ts";
import { joinMembers } from "./joined_members.ts";
import { mailSegments } from "./mail_segments.ts";
import type { CMapSource } from "./pdf_document.ts";
import { textLayout } from "./text_layout.ts";
import { withoutSignature } from "./signature_block.ts";

/** What reading needs from outside. */
export type ConsentTools = {
  /** The packed CMap of a name (`90ms-RKSJ-H`), for PDFs whose Japanese fonts are not embedded. */
  readonly cMap?: CMapSource;
};

/** A mail's files and body text. */
export type ConsentMail = { readonly files: readonly FormFile[]; readonly text: string };

/** More attachments are not looked at. */
const MAX_FILES = 20;

/** The reasons, from the one that says the most about what the vendor meant to send. */
const WEIGHT: readonly UnreadableFormCode[] = [
  "encrypted",
  "scanned",
  "old_format",
  "damaged",
  "too_slow",
  "no_form",
];

/**
 * Reads the form: the attachment that holds the most of one, else the body text. When there is none, the reason
 * that helps the vendor most. Never throws for what is inside the files.
 */
export async function readConsent(mail: ConsentMail, tools: ConsentTools = {}): Promise<ConsentReading> {
  const readings: ConsentReading[] = [];
  for (const file of mail.files.slice(0, MAX_FILES)) readings.push(await readFormFile(file, tools.cMap));
  const best = fullest(readings);
  if (best !== null) return best;
  const body = readBody(mail.text);
  if (body !== null) return body;
  const refused = readings.filter((reading) => !reading.read)
    .sort((a, b) => WEIGHT.indexOf(a.why) - WEIGHT.indexOf(b.why));
  return refused[0] ?? { read: false, why: "no_form", file: null };
}

/** The reading with the most values, with those of further members of a 共同企業体; null when none is a form. */
function fullest(readings: readonly ConsentReading[]): ConsentReading | null {
  const read = readings.filter((reading) => reading.read);
  const most = [...read].sort((a, b) => b.fields.length - a.fields.length)[0];
  if (most === undefined) return null;
  const joined = joinMembers(read, false);
  return joined !== null && joined.form.vendors.length > most.form.vendors.length ? joined : most;
}

/**
 * A body counts only with values in it: many a mail speaks of a form that is attached. Of what was written and what
 * was passed on, the part with the most values is the form.
 */
function readBody(text: string): ConsentReading | null {
  const forms = mailSegments(text).map((part) => buildForm(textLayout(withoutSignature(part))))
    .filter(({ isForm, fields }) => isForm && fields.filter((field) => field.path !== "kind").length >= 3);
  const most = [...forms].sort((a, b) => b.fields.length - a.fields.length)[0];
  return most === undefined ? null : { read: true, form: most.form, fields: most.fields, file: null };
}

/**
 * The labelled values of a text that states only some of a form, such as a reply with the line that was
 * missing. Empty when no label is recognised.
 */
export function readFormLines(text: string): FieldReading[] {
  return buildForm(textLayout(withoutSignature(text))).fields.filter((field) => field.confidence >= 0.7);
}
