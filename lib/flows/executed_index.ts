/**
 * Which files are on record (R39): executed PDFs and certificates by their hash. Derived from the events and
 * written in the same commit, so that no executed file is ever missing from it. A file whose timestamp was renewed
 * (R28) is on record as it now is and as it was before: what people were given stays the record.
 *
 * @module
 */
import { type CaseNumber, currentSha256, fileIds, fileOf } from "../domain/case.ts";
import type { RecordedEvent } from "../domain/case_event.ts";
import type { Key, Sha256, Store } from "../ports.ts";
import { readCase } from "./case_records.ts";

const executedKey = (sha256: Sha256): Key => ["executed", sha256];

/** What an event puts on record: the file that a document timestamp has closed or renewed, or the certificate. */
export function executedSets(number: CaseNumber, { event }: RecordedEvent): (readonly [Key, CaseNumber])[] {
  const closes = event.did === "certified" || event.did === "renewed" ||
    (event.did === "sealed" && event.step === "DocTimeStamp");
  return closes ? [[executedKey(event.sha256), number]] : [];
}

/** A file on record. */
export type OnRecord = {
  readonly caseNumber: CaseNumber;
  /** Whether it is the newest version; else one with a renewed timestamp exists. */
  readonly current: boolean;
};

/** What is on record under this hash: an executed PDF or certificate, in any version; null for other files. */
export async function executedCase(store: Store, sha256: Sha256): Promise<OnRecord | null> {
  const caseNumber = (await store.get<CaseNumber>(executedKey(sha256)))?.value;
  if (caseNumber === undefined) return null;
  const state = (await readCase(store, caseNumber))?.value;
  const files = state ? fileIds(state).map((id) => fileOf(state, id)) : [];
  return { caseNumber, current: files.some((file) => file && currentSha256(file) === sha256) };
}
