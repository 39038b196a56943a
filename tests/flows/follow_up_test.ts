import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import type { CaseEvent } from "../../lib/domain/case_event.ts";
import { eventOf, readCase } from "../../lib/flows/case_records.ts";
import { followUp } from "../../lib/flows/follow_up.ts";
import { handOn } from "../../lib/flows/officer_acts.ts";
import { caseBehind } from "../../lib/flows/officer_links.ts";
import { paperWorld } from "../support/paper_world.ts";
import { openedLink, putCase } from "../support/put_case.ts";
import {
  approverAsked,
  completed,
  CONTACT,
  FORM,
  hash,
  minute,
  OFFICER,
  opened,
} from "../support/sample_case.ts";

const holder = { purpose: "officer", address: OFFICER.address } as const;

async function executedCase(events: readonly CaseEvent[] = completed()) {
  const paper = paperWorld();
  paper.clock.set(minute(100));
  const number = await putCase(paper.world.store, events);
  const open = () => openedLink(paper.world.store, number, holder);
  return { ...paper, number, open };
}
const memorandum = { relation: "memorandum", title: "", seen: 0 } as const;

Deno.test("R36 the case that follows takes over department, contact, vendors, confirmers and the mail, and nothing doubtful", async () => {
  const [first, ...rest] = completed();
  const form = { ...FORM, cutOff: ["company"], unsure: [{ field: "phone", source: "同意書.xlsx セル B4" }] };
  const { world, number, open, state, orders } = await executedCase([
    { ...first, form } as CaseEvent,
    ...rest,
  ]);
  ok("state" in await followUp(world, await open(), { ...memorandum, title: "保守業務の覚書" }));
  const [follower] = (await state(number)).followedBy!;
  const begun = await state(follower!.number);
  deepEqual([begun.departmentId, begun.contact, begun.phase, begun.draft], [
    "bukken",
    CONTACT,
    "intake",
    null,
  ]);
  deepEqual(begun.form, { ...FORM, contractName: "保守業務の覚書" });
  equal(begun.refersTo?.title, FORM.contractName);
  deepEqual((await orders()).map(({ letter, to, caseNumber }) => [letter, to, caseNumber]), [
    ["case-notice", OFFICER.address, follower!.number],
    ["receipt", CONTACT.address, follower!.number],
  ]);
  const event = await eventOf(world, follower!.number, 0);
  ok(event?.did === "opened" && event.mail === hash("mail"));
});

Deno.test("R36 two presses at the same moment begin one case; nothing of the other is left", async () => {
  const { world, number, open, state, orders } = await executedCase();
  const link = await open();
  const both = await Promise.all([followUp(world, link, memorandum), followUp(world, link, memorandum)]);
  deepEqual(both.map((outcome) => "refused" in outcome ? outcome.refused : "begun").sort(), [
    "begun",
    "summary_changed",
  ]);
  equal((await state(number)).followedBy?.length, 1);
  equal((await orders()).length, 2);
});

Deno.test("a name that makes the form too long for a case begins none", async () => {
  const [first, ...rest] = completed();
  const form = {
    ...FORM,
    addressee: "宛".repeat(1_000),
    staff: "担".repeat(1_000),
    phone: "0".repeat(1_000),
  };
  const { world, open, orders } = await executedCase([{ ...first, form } as CaseEvent, ...rest]);
  const outcome = await followUp(world, await open(), { ...memorandum, title: "契".repeat(1_000) });
  deepEqual(outcome, { refused: "text_too_long" });
  deepEqual(await orders(), []);
});

Deno.test("R36 before execution nothing begins", async () => {
  const { world, open, orders } = await executedCase(approverAsked());
  deepEqual(await followUp(world, await open(), memorandum), { refused: "not_executed" });
  deepEqual(await orders(), []);
});

Deno.test("a link opens the cases that belong with its own, as long as they are the officer's, and no others", async () => {
  const { world, number, open, state } = await executedCase();
  const { link } = await open();
  await followUp(world, await open(), memorandum);
  const follower = (await state(number)).followedBy![0]!.number;
  equal((await caseBehind(world, link, follower))?.state.number, follower);
  equal((await caseBehind(world, { ...link, caseNumber: follower }, number))?.state.number, number);
  const stranger = await putCase(world.store, [{ ...opened[0], number: "R8-000777" } as CaseEvent]);
  equal(await caseBehind(world, link, stranger), null);
  await handOn(world, { link, state: (await readCase(world.store, follower))!.value }, "zaisan");
  equal(await caseBehind(world, link, follower), null);
});
