/**
 * A case with a real PDF, sent and on its way, for tests of all that follows.
 *
 * @module
 */
import { ok } from "node:assert/strict";
import { currentSha256 } from "../../lib/domain/case.ts";
import { openLink } from "../../lib/flows/links.ts";
import { sendContract } from "../../lib/flows/officer_acts.ts";
import { agree } from "../../lib/flows/party_acts.ts";
import { summaryOf } from "../../lib/flows/summary.ts";
import { openedLink, putCase } from "./put_case.ts";
import { CONTRACT, draftedWith, OFFICER, OPEN } from "./sample_case.ts";
import type { TestWorld } from "./world.ts";

const PAPERS = new URL("../fixtures/contracts/", import.meta.url);

/** Sends contracts of the fixtures; the case's number. What the sending calls for is not done yet. */
export async function sendSample(
  { world }: TestWorld,
  files: readonly string[] = ["keiyakusho_buppin.pdf"],
  caseNumber: string = OPEN.number,
): Promise<string> {
  const documents = await Promise.all(files.map(async (name) => {
    const stored = await world.blobs.put(await Deno.readFile(new URL(name, PAPERS)));
    return { ...CONTRACT, name, ...stored };
  }));
  const history = draftedWith({ documents }).map((event) =>
    event.did === "opened" ? { ...event, number: caseNumber } : event
  );
  const number = await putCase(world.store, history);
  const opened = await openedLink(world.store, number, { purpose: "officer", address: OFFICER.address });
  const { digest } = await summaryOf(world, opened.state);
  ok("state" in await sendContract(world, opened, { digest, contractDate: null, term: null }));
  return number;
}

/** Agrees through the newest request to an address. What the agreement calls for is not done yet. */
export async function agreeThrough({ world, mailTo }: TestWorld, address: string): Promise<void> {
  const opened = await openLink(world, (await mailTo(address, "request")).token("/c/"), "request");
  ok(opened);
  const documents = opened.state.draft!.documents.map(currentSha256);
  ok("state" in await agree(world, opened, { documents, authentication: "mail" }));
}
