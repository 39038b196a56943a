import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import type { CaseEvent } from "../../lib/domain/case_event.ts";
import type { ConsentForm } from "../../lib/domain/consent_form.ts";
import { readHistory } from "../../lib/flows/case_records.ts";
import { formerRounds } from "../../lib/flows/former_rounds.ts";
import { sendContract } from "../../lib/flows/officer_acts.ts";
import { changeConfirmers, correctContract } from "../../lib/flows/send_anew.ts";
import { summaryOf } from "../../lib/flows/summary.ts";
import type { World } from "../../lib/flows/world.ts";
import { paperWorld } from "../support/paper_world.ts";
import { openedLink, putCase } from "../support/put_case.ts";
import {
  askedWith,
  CONTRACT,
  DRAFT,
  draftedWith,
  executed,
  FORM,
  hash,
  minute,
  OFFICER,
  PARTIES,
} from "../support/sample_case.ts";

async function at(minutes: number, events: readonly CaseEvent[], overrides: Partial<World> = {}) {
  const paper = paperWorld(overrides);
  paper.clock.set(minute(minutes));
  const number = await putCase(paper.world.store, events);
  const open = () => openedLink(paper.world.store, number, { purpose: "officer", address: OFFICER.address });
  return { ...paper, number, open };
}

/** A renderer that finds one text on every page. */
function reading(text: string): Partial<World> {
  const { renderer } = paperWorld().world;
  return { renderer: { ...renderer, text: () => Promise.resolve(text) } };
}

const VENDOR = FORM.vendors[0]!;
const SECOND = { name: "第二 二郎", address: "dai2@second.example.jp" };

Deno.test("R34 of a 共同企業体 each member's confirmers change in their place; what was unsure of them is settled", async () => {
  const form: ConsentForm = {
    ...FORM,
    vendors: [VENDOR, { ...VENDOR, company: "有限会社第二", confirmers: [SECOND] }],
    cutOff: ["member2.confirmer1.name", "addressee"],
    unsure: [{ field: "member1.confirmer1.address", source: "" }, { field: "phone", source: "" }],
  };
  const [first, ...rest] = askedWith();
  const events = [{ ...first, form } as CaseEvent, ...rest];
  const { world, open, state, number } = await at(60, events);
  const fresh = { name: "第二 三郎", address: "saburo@second.example.jp" };
  const outcome = await changeConfirmers(world, await open(), {
    confirmers: [VENDOR.confirmers, [fresh, SECOND]],
    reason: "担当の交代",
  });
  equal("state" in outcome, true);
  const now = await state(number);
  deepEqual(now.parties.map(({ id, name }) => [id, name]), [
    ["Member1Confirmer2", "見本 二郎"],
    ["Member1Confirmer1", "見本 一郎"],
    ["Member2Confirmer2", "第二 二郎"],
    ["Member2Confirmer1", "第二 三郎"],
    ["Approver1", "会計 花子"],
  ]);
  deepEqual([now.form?.cutOff, now.form?.unsure], [["addressee"], [{ field: "phone", source: "" }]]);
});

Deno.test("R32 whether the PDF shows a 契約日 that was said on the page is looked up when it is sent", async () => {
  const drafted = draftedWith({ contractDate: null });
  for (
    const [text, shown] of [["契約日　令和８年１２月１日", true], ["契約日　　年　月　日", false]] as const
  ) {
    const { world, open, state, number } = await at(20, drafted, reading(text));
    const { digest } = await summaryOf(world, (await open()).state);
    await sendContract(world, await open(), { digest, contractDate: "2026-12-01", term: null });
    equal((await state(number)).draft?.dateShown, shown);
  }
  const known = await at(20, draftedWith());
  const { digest } = await summaryOf(known.world, (await known.open()).state);
  await sendContract(known.world, await known.open(), { digest, contractDate: null, term: null });
  equal("dateShown" in (await known.state(known.number)).draft!, false);
});

Deno.test("R35 R36 what can't be sent anew is refused before any file is looked at", async () => {
  const correction = {
    files: [{ filename: "訂正.pdf", blob: hash("nowhere"), size: 1 }],
    lines: { faults: [] },
    reason: "",
  };
  for (const [events, code] of [[draftedWith(), "not_sent_yet"], [executed(), "case_executed"]] as const) {
    const { world, open } = await at(61, events);
    deepEqual(await correctContract(world, await open(), correction), { refused: code });
    deepEqual(await changeConfirmers(world, await open(), { confirmers: [], reason: "" }), { refused: code });
  }
  const [first, ...rest] = askedWith();
  const { world, open } = await at(61, [{ ...first, form: null } as CaseEvent, ...rest]);
  const change = { confirmers: [], reason: "理由" };
  deepEqual(await changeConfirmers(world, await open(), change), { refused: "form_incomplete" });
});

Deno.test("a history that was tampered with still shows the rounds before the record that can't be read", async () => {
  const facts = { at: minute(60), by: OFFICER, reason: "誤記", parties: PARTIES, told: [] };
  const draft = { ...DRAFT, documents: [{ ...CONTRACT, sha256: hash("第2版") }] };
  const corrected: CaseEvent = { did: "corrected", version: 2, draft, ...facts };
  const { world, number } = await at(61, [...askedWith(), corrected]);
  const history = await readHistory(world.store, number);
  deepEqual(formerRounds(history).map(({ round, version }) => [round, version]), [[1, 1]]);
  const broken = { ...history.at(-1)!, event: { did: "sent" } as CaseEvent };
  deepEqual(formerRounds([...history, broken, history.at(-1)!]).length, 1);
  deepEqual(formerRounds(history.slice(0, -1)), []);
});
