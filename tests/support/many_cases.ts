/**
 * Many cases with executed files, for lists, tables and archives.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { linkSets, tokenFor } from "../../lib/link/link_token.ts";
import type { CaseEvent } from "../../lib/domain/case_event.ts";
import { plusMs } from "../../lib/domain/instant.ts";
import { reindex } from "../../lib/flows/reindex.ts";
import type { World } from "../../lib/flows/world.ts";
import { putCase } from "./put_case.ts";
import { agreedBy, CONTRACT, draftedWith, FORM, OFFICER, PARTIES, START } from "./sample_case.ts";

/** One of the cases, as far as it differs from the others. */
export type OneOfMany = {
  /** Counts from 1, and is the order in which the cases were opened. */
  readonly count: number;
  readonly title?: string;
  readonly company?: string;
  readonly contractDate?: string;
  readonly amount?: number;
  readonly departmentId?: string;
  /** Whether all have agreed and the files are there. */
  readonly completed?: boolean;
  /** Names of the documents. */
  readonly files?: readonly string[];
  /** What the case says of the length of each document, whatever it is, in bytes. */
  readonly claimedSize?: number;
};

/** Number of a case by its count. */
export const numberOf = (count: number): string => `R8-${String(count).padStart(6, "0")}`;

/** What a document of a case holds: no PDF, since nothing looks inside. */
export const contentOf = (count: number, file: string): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(`${numberOf(count)} ${file}`);

async function historyOf(world: World, one: OneOfMany): Promise<CaseEvent[]> {
  const { count, title = `契約その${count}`, files = ["契約書.pdf"] } = one;
  const documents = await Promise.all(files.map(async (name) => ({
    ...CONTRACT,
    name,
    ...await world.blobs.put(contentOf(count, name)),
    ...one.claimedSize === undefined ? {} : { size: one.claimedSize },
  })));
  const at = plusMs(START, count * 60_000);
  const { contractDate = "2026-12-01", amount = 1_200_000, company = "株式会社見本" } = one;
  const drafted = draftedWith({ documents, title, contractDate, amount }).map((event): CaseEvent => {
    if (event.did !== "opened") return { ...event, at };
    const form = { ...FORM, contractName: title, vendors: [{ ...FORM.vendors[0]!, company }] };
    return { ...event, at, number: numberOf(count), form, departmentId: one.departmentId ?? "bukken" };
  });
  const term = { from: contractDate, to: "2027-03-31" };
  const sent: CaseEvent = { did: "sent", at, by: OFFICER, parties: PARTIES, contractDate, term };
  if (!one.completed) return [...drafted, sent];
  return [...drafted, sent, ...PARTIES.map(({ id }) => agreedBy(id, "Sender", at)), { did: "completed", at }];
}

/** Puts the cases into a world, found by address and department. */
export async function putMany(world: World, cases: readonly OneOfMany[]): Promise<void> {
  for (const one of cases) await putCase(world.store, await historyOf(world, one));
  await reindex(world.store, world.keys);
}

/** Makes a link to a list for an address: one's own documents, or an officer's departments. Its token. */
export async function listLink(
  world: World,
  purpose: "documents" | "officer",
  address: string,
  expiresAt: string | null = null,
): Promise<string> {
  const id = createHash("sha256").update(`${purpose} ${address}`).digest("base64url");
  const facts = { caseNumber: null, party: null, issue: null, address, issuedAt: START, expiresAt };
  await world.store.commit({ sets: linkSets(world.keys, { id, purpose, ...facts }) });
  return tokenFor(world.keys, id);
}
