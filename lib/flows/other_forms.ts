/**
 * Consent forms of other contracts in the same mail: one mail makes one case, and nothing is dropped silently
 * (R4), so their sender hears which were not taken.
 *
 * @module
 */
import type { ConsentForm } from "../domain/consent_form.ts";
import type { DueEntry } from "../due/due_index.ts";
import type { ReadAttachment } from "../mail/read_mail.ts";
import { PortError } from "../ports.ts";
import { type Incoming, READ_TRIES } from "./inbox_filing.ts";
import { letterEntry } from "./orders.ts";
import { attachedPapers } from "./take_contract.ts";
import { now, type World } from "./world.ts";

/** Files of one mail that are looked at, and the largest of them, in bytes. */
const MAX_FILES = 10;
const MAX_BYTES = 20_000_000;

const nameOf = (form: ConsentForm): string => form.contractName.normalize("NFKC").replace(/\s+/g, "");

/** The form of one file; null for a file that is none, or that breaks its reader every time. */
async function formIn(
  world: World,
  { attempts }: Incoming,
  file: ReadAttachment,
): Promise<ConsentForm | null> {
  try {
    const { filename, blob } = file;
    const files = [{ filename, content: await world.blobs.get(blob) }];
    const reading = await world.consents.read({ files, text: "" });
    return reading.read ? reading.form : null;
  } catch (error) {
    if (error instanceof PortError && attempts >= READ_TRIES) return null;
    throw error;
  }
}

/** Names of the files that hold a form of another contract than the one that was taken. */
async function otherForms(world: World, incoming: Incoming, taken: ConsentForm): Promise<string[]> {
  const names: string[] = [];
  const papers = attachedPapers(incoming.mail).filter(({ size }) => size <= MAX_BYTES).slice(0, MAX_FILES);
  for (const file of papers.length > 1 ? papers : []) {
    const form = await formIn(world, incoming, file);
    const name = form ? nameOf(form) : "";
    if (name !== "" && name !== nameOf(taken)) names.push(file.filename);
  }
  return names;
}

/** The letter about forms that were not taken; none when there are none. */
export async function otherFormLetters(
  world: World,
  incoming: Incoming,
  taken: ConsentForm,
): Promise<DueEntry[]> {
  const { entry, mail, writer } = incoming;
  const names = await otherForms(world, incoming, taken);
  if (names.length === 0) return [];
  const reasons = names.map((about) => ({ code: "several_forms", about } as const));
  return [letterEntry(
    { letter: "refusal", to: writer.address, party: null, about: { reasons, subject: mail.subject } },
    { caseNumber: null, name: `mail/${entry.value.id}/forms`, at: now(world) },
  )];
}
