/**
 * Puts many cases into a folder of data, as a service that is down left them: run with the folder and their number,
 * prints the tokens of their requests as JSON.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { linkSets, newLinkId, tokenFor } from "../lib/link/link_token.ts";
import { composeWorld, readConfiguration } from "../lib/tasks/compose.ts";
import type { CaseEvent } from "../lib/domain/case_event.ts";
import type { World } from "../lib/flows/world.ts";
import { putCase } from "../tests/support/put_case.ts";
import {
  CONTRACT,
  draftedWith,
  minute,
  OFFICER,
  PARTIES,
  requestedOf,
} from "../tests/support/sample_case.ts";

const FIXTURES = new URL("../tests/fixtures/", import.meta.url);
/** Small contracts of many producers, with their pages. */
const BASES: readonly (readonly [file: string, pages: number])[] = [
  ["contracts/keiyakusho_itaku_6p.pdf", 6],
  ["contracts/keiyakusho_buppin.pdf", 2],
  ["contracts/keiyakusho_kouji.pdf", 2],
  ["contracts/fonts_not_embedded.pdf", 1],
  ["pdf/chromium.pdf", 1],
  ["pdf/libreoffice-pdfa2.pdf", 1],
  ["pdf/reportlab.pdf", 2],
  ["pdf/pdf-lib-objstm.pdf", 1],
];

/** A case whose first confirmer is asked; the token of the request. */
async function putAsked(world: World, index: number): Promise<string> {
  const [file, pages] = BASES[index % BASES.length]!;
  const bytes = await Deno.readFile(new URL(file, FIXTURES));
  // What follows the end of a PDF is not looked at, but makes it another file.
  const content = Buffer.concat([bytes, Buffer.from(`\n% contract ${index}\n`)]);
  const document = { ...CONTRACT, ...await world.blobs.put(content), name: `契約書${index}.pdf`, pages };
  const number = `R8-${String(100_000 + index)}`;
  const drafted = draftedWith({ documents: [document], title: `業務委託契約 その${index}` })
    .map((event): CaseEvent => event.did === "opened" ? { ...event, number } : event);
  const term = { from: "2026-12-01", to: "2027-03-31" };
  await putCase(world.store, [
    ...drafted,
    { did: "sent", at: minute(20), by: OFFICER, parties: PARTIES, contractDate: "2026-12-01", term },
    ...requestedOf("Confirmer2", minute(30)),
  ]);
  const link = {
    id: newLinkId(world.chance),
    purpose: "request" as const,
    caseNumber: number,
    party: "Confirmer2",
    issue: 1,
    address: "jimu@vendor.example.jp",
    issuedAt: minute(30),
    expiresAt: null,
  };
  await world.store.commit({ sets: linkSets(world.keys, link) });
  return tokenFor(world.keys, link.id);
}

const [dataDir = "", count = "0"] = Deno.args;
const configuration = await readConfiguration({ DATA_DIR: dataDir });
if ("faults" in configuration) throw new Error("Cannot put cases: the settings are wrong");
const composed = await composeWorld(configuration, { wake() {}, writeLog() {} });
const tokens: string[] = [];
for (let index = 0; index < Number(count); index++) tokens.push(await putAsked(composed.world, index));
console.log(JSON.stringify(tokens));
await composed.close();
