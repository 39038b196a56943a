/**
 * Which files are on record (R39): executed PDFs and certificates by their hash. Derived from the events and
 * written in the same commit, so that no executed file is ever missing from it.
 *
 * @module
 */
import type { CaseNumber } from "../domain/case.ts";
import type { RecordedEvent } from "../domain/case_event.ts";
import type { Key, Sha256, Store } from "../ports.ts";

const executedKey = (sha256: Sha256): Key => ["executed", sha256];

/** What an event puts on record: the file that a document timestamp has closed, or the certificate. */
export function executedSets(number: CaseNumber, { event }: RecordedEvent): (readonly [Key, CaseNumber])[] {
  const closes = event.did === "certified" || (event.did === "sealed" && event.step === "DocTimeStamp");
  return closes ? [[executedKey(event.sha256), number]] : [];
}

/** The case whose executed PDF or certificate has this hash; null for every other file. */
export async function executedCase(store: Store, sha256: Sha256): Promise<CaseNumber | null> {
  return (await store.get<CaseNumber>(executedKey(sha256)))?.value ?? null;
}
