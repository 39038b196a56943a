import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { currentSha256 } from "../../lib/domain/case.ts";
import type { CaseEvent } from "../../lib/domain/case_event.ts";
import { plusMs } from "../../lib/domain/instant.ts";
import type { Outcome } from "../../lib/flows/act.ts";
import { readCase, readHistory } from "../../lib/flows/case_records.ts";
import {
  agree,
  askQuestion,
  decline,
  enterAccessCode,
  requestNewLink,
  viewCase,
} from "../../lib/flows/party_acts.ts";
import { hashAccessCode } from "../../lib/link/access_code.ts";
import { paperWorld } from "../support/paper_world.ts";
import { openedLink, putCase } from "../support/put_case.ts";
import { approverAsked, askedWith, FIRST_LINK_END, minute, OFFICER } from "../support/sample_case.ts";

const did = (outcome: Outcome) =>
  "refused" in outcome ? outcome.refused : outcome.events.map(({ event }) => event.did);

async function asked(events: readonly CaseEvent[] = askedWith()) {
  const paper = paperWorld();
  paper.clock.set(minute(40));
  const number = await putCase(paper.world.store, events);
  const open = (party = "Confirmer2", issue = 1) =>
    openedLink(paper.world.store, number, { purpose: "request", address: "a@b.example", party, issue });
  return { ...paper, number, open };
}
const seen = (opened: Awaited<ReturnType<typeof openedLink>>) => ({
  documents: opened.state.draft!.documents.map(currentSha256),
  authentication: "mail" as const,
});

Deno.test("R20 the first button is recorded as a view, and each later reading of its own as an opening", async () => {
  const { world, clock, number, open } = await asked();
  const openings = async () =>
    (await readHistory(world.store, number)).flatMap(({ event }) =>
      event.did === "fileOpened" ? [event] : []
    );
  deepEqual(did(await viewCase(world, await open())), ["viewed"]);
  deepEqual(did(await viewCase(world, await open())), []);
  clock.set(minute(69));
  await viewCase(world, await open());
  deepEqual(await openings(), []);
  clock.set(minute(70));
  await viewCase(world, await open());
  await viewCase(world, await open());
  const facts = { who: "a@b.example", as: "confirmer", file: "all", what: "view" } as const;
  deepEqual(await openings(), [{ did: "fileOpened", at: minute(70), ...facts }]);
});

Deno.test("agreeing calls for the party's seal at once; a second press changes nothing", async () => {
  let woken = 0;
  const paper = await asked();
  const world = { ...paper.world, wake: () => woken++ };
  const opened = await paper.open();
  deepEqual(did(await agree(world, opened, seen(opened))), ["agreed"]);
  equal(woken, 1);
  equal(did(await agree(world, opened, seen(opened))), "already_agreed");
  equal(woken, 1);
});

Deno.test("two presses at the same moment make one agreement", async () => {
  const { world, open } = await asked();
  const opened = await open();
  const both = await Promise.all([agree(world, opened, seen(opened)), agree(world, opened, seen(opened))]);
  deepEqual(both.map(did).map(String).sort(), ["agreed", "already_agreed"]);
});

Deno.test("nobody agrees out of turn, through an old link, or to other bytes", async () => {
  const { world, open } = await asked();
  const early = await open("Confirmer1", 0);
  equal(did(await agree(world, early, seen(early))), "link_void");
  const old = await open("Confirmer2", 2);
  equal(did(await agree(world, old, seen(old))), "link_void");
  const opened = await open();
  equal(did(await agree(world, opened, { ...seen(opened), documents: ["0".repeat(64)] })), "summary_changed");
});

Deno.test("a link is dead at its end", async () => {
  const { world, open, clock } = await asked();
  clock.set(plusMs(FIRST_LINK_END, -1));
  deepEqual(did(await viewCase(world, await open())), ["viewed"]);
  clock.set(FIRST_LINK_END);
  const opened = await open();
  equal(did(await agree(world, opened, seen(opened))), "link_expired");
  deepEqual(did(await requestNewLink(world, opened)), ["linkRequested"]);
});

Deno.test("a link without a party acts for nobody", async () => {
  const { world, number } = await asked();
  const opened = await openedLink(world.store, number, { purpose: "request", address: "a@b.example" });
  for (const outcome of [await viewCase(world, opened), await agree(world, opened, seen(opened))]) {
    equal(did(outcome), "unknown_party");
  }
});

Deno.test("declining and asking tell the officer", async () => {
  const { world, open, orders } = await asked();
  deepEqual(did(await askQuestion(world, await open(), "単価について")), ["asked"]);
  deepEqual(did(await decline(world, await open(), "単価が違います")), ["declined"]);
  deepEqual((await orders()).map(({ letter, to }) => [letter, to]), [
    ["question", OFFICER.address],
    ["declined", OFFICER.address],
  ]);
  equal(did(await decline(world, await open(), "もう一度")), "case_closed");
});

Deno.test("the fifth wrong code locks the link and tells the officer", async () => {
  const { world } = paperWorld();
  const accessCode = await hashAccessCode(world.keys, world.chance, "2468");
  const { open, orders, ...paper } = await asked(askedWith({ accessCode }));
  for (let n = 0; n < 5; n++) {
    deepEqual(await enterAccessCode(paper.world, await open(), "1111"), { right: false });
  }
  deepEqual(await enterAccessCode(paper.world, await open(), "2468"), { refused: "code_locked" });
  deepEqual((await orders()).map(({ letter, to }) => [letter, to]), [[
    "access-code-locked",
    OFFICER.address,
  ]]);
});

Deno.test("a case with a code wants it before anyone agrees", async () => {
  const { world } = paperWorld();
  const accessCode = await hashAccessCode(world.keys, world.chance, "2468");
  const { open, ...paper } = await asked(askedWith({ accessCode }));
  deepEqual(await enterAccessCode(paper.world, await open(), "２４６８"), { right: true });
  const opened = await open();
  equal(did(await agree(paper.world, opened, seen(opened))), "code_missing");
  const withCode = { ...seen(opened), authentication: "mailAndAccessCode" as const };
  deepEqual(did(await agree(paper.world, opened, withCode)), ["agreed"]);
});

Deno.test("R24 an approver is asked no code, and none is on record", async () => {
  const { world } = paperWorld();
  const accessCode = await hashAccessCode(world.keys, world.chance, "2468");
  const { open, number, ...paper } = await asked(approverAsked({ accessCode }));
  paper.clock.set(minute(60));
  deepEqual(await enterAccessCode(paper.world, await open("Approver1"), "1111"), { right: true });
  const opened = await open("Approver1");
  const claimed = { ...seen(opened), authentication: "mailAndAccessCode" as const };
  deepEqual(did(await agree(paper.world, opened, claimed)), ["agreed"]);
  const { parties } = (await readCase(paper.world.store, number))!.value;
  equal(parties.find((party) => party.id === "Approver1")?.authentication, "mail");
});

Deno.test("a case without a code lets any through", async () => {
  const { world, open } = await asked();
  deepEqual(await enterAccessCode(world, await open(), ""), { right: true });
});
