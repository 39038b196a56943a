import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { renewDownload } from "../../lib/flows/downloads.ts";
import type { LinkRecord } from "../../lib/link/link_token.ts";
import { paperWorld } from "../support/paper_world.ts";
import { caseOf } from "../support/given_case.ts";
import { opened, START } from "../support/sample_case.ts";

const link: LinkRecord = {
  id: "x",
  purpose: "download",
  caseNumber: "R8-000123",
  party: null,
  issue: null,
  address: "copy@vendor.example.jp",
  issuedAt: START,
  expiresAt: START,
};

Deno.test("a fresh download link goes to the same address, once a minute", async () => {
  const { world, orders, clock } = paperWorld();
  const download = { link, state: caseOf(opened) };
  await renewDownload(world, download);
  await renewDownload(world, download);
  deepEqual((await orders()).map(({ letter, to, caseNumber }) => ({ letter, to, caseNumber })), [
    { letter: "download-link", to: "copy@vendor.example.jp", caseNumber: "R8-000123" },
  ]);
  clock.advance(60_000);
  await renewDownload(world, download);
  equal((await orders()).length, 2);
});
