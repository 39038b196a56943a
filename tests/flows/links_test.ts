import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { linkEnded, openLink } from "../../lib/flows/links.ts";
import { type LinkRecord, linkSets, newLinkId, tokenFor } from "../../lib/link/link_token.ts";
import { paperWorld } from "../support/paper_world.ts";
import { putCase } from "../support/put_case.ts";
import { opened, START } from "../support/sample_case.ts";

async function withLink(change: Partial<LinkRecord> = {}) {
  const paper = paperWorld();
  const { world } = paper;
  const caseNumber = await putCase(world.store, opened);
  const facts = { purpose: "officer", party: null, issue: null, issuedAt: START, expiresAt: null } as const;
  const link = {
    id: newLinkId(world.chance),
    caseNumber,
    address: "officer@pref.example.lg.jp",
    ...facts,
    ...change,
  };
  await world.store.commit({ sets: linkSets(world.keys, link) });
  return { ...paper, link, token: tokenFor(world.keys, link.id) };
}

Deno.test("a token opens its case, for its purpose only", async () => {
  const { world, token, link } = await withLink();
  const found = await openLink(world, token, "officer");
  deepEqual(found?.link, link);
  equal(found?.state.number, "R8-000123");
  equal((await openLink(world, token, ["form", "officer"])) !== null, true);
  equal(await openLink(world, token, "request"), null);
});

Deno.test("what is no token of ours opens nothing", async () => {
  const { world, token, link } = await withLink();
  for (
    const guess of ["", link.id, `${token.slice(0, -1)}A`, `A${token.slice(1)}`, `${token}A`, "x".repeat(51)]
  ) {
    if (guess !== token) equal(await openLink(world, guess, "officer"), null, guess);
  }
});

Deno.test("an officer's link dies with the office", async () => {
  const { world, token } = await withLink({ address: "moved@pref.example.lg.jp" });
  equal(await openLink(world, token, "officer"), null);
});

Deno.test("a link without a case opens no case", async () => {
  const { world, token } = await withLink({ caseNumber: null, purpose: "documents" });
  equal(await openLink(world, token, "documents"), null);
});

Deno.test("a link's end is its first dead instant", async () => {
  const { world, link, clock } = await withLink({ expiresAt: "2026-12-01T00:00:00.000Z" });
  clock.set("2026-11-30T23:59:59.999Z");
  equal(linkEnded(world, link), false);
  clock.set("2026-12-01T00:00:00.000Z");
  equal(linkEnded(world, link), true);
  equal(linkEnded(world, { ...link, expiresAt: null }), false);
});
