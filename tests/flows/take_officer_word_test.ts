import { deepStrictEqual as deepEqual, match, strictEqual as equal } from "node:assert/strict";
import { officerWordIn } from "../../lib/flows/take_officer_word.ts";
import { caseAddress } from "../../lib/mail/bot_address.ts";
import { paperWorld } from "../support/paper_world.ts";
import { putCase } from "../support/put_case.ts";
import { askedWith, draftedWith, minute, OFFICER } from "../support/sample_case.ts";

const BOT = "keiyaku@bot.example.lg.jp";

async function desk(events = askedWith()) {
  const paper = paperWorld();
  paper.clock.set(minute(40));
  const number = await putCase(paper.world.store, events);
  const rcpt = caseAddress(BOT, number, paper.world.keys);
  const write = (mail: { subject?: string; text?: string; from?: string }) =>
    paper.post({ from: OFFICER.address, rcpt, ...mail });
  const letters = async () => (await paper.orders()).map(({ letter, to }) => [letter, to]);
  return { ...paper, number, write, letters };
}

Deno.test("a word counts at the beginning of the subject or of the new text only", () => {
  const word = (subject: string, newText: string) => officerWordIn({ subject, newText });
  equal(word("Re: 確認依頼", "再送\n"), "resend");
  equal(word("再送 R8-000123", ""), "resend");
  equal(word("", "再送する。"), "resend");
  equal(word("", "　状況　"), "status");
  equal(word("", "取消 金額の誤りのため"), "status");
  equal(word("", "取り消し"), "status");
  equal(word("", "再送料の件です"), null);
  equal(word("先日の再送", "よろしくお願いします。\n再送"), null);
});

Deno.test("R33 再送 makes a new issue for whose turn it is, and the officer hears where the case stands", async () => {
  const { write, letters, state, number } = await desk();
  equal((await write({ text: "再送" })).fate, "answered");
  const party = (await state(number)).parties[0]!;
  equal(party.issue, 2);
  deepEqual((await letters()).sort(), [["request", party.address], ["status", OFFICER.address]]);
});

Deno.test("R33 再送 of what is not on its way is answered with the reason", async () => {
  const { write, orders } = await desk(draftedWith());
  await write({ subject: "再送" });
  const [order] = await orders();
  equal(order?.letter, "refusal");
  match(JSON.stringify(order?.about), /not_awaited/);
});

Deno.test("R33 取消 changes nothing: the answer brings the link", async () => {
  const { write, letters, state, number } = await desk();
  await write({ text: "取消 金額の誤り" });
  equal((await state(number)).phase, "circulating");
  deepEqual(await letters(), [["status", OFFICER.address]]);
});

Deno.test("a word of someone else changes nothing and is shown to the officer", async () => {
  const { write, letters, state, number } = await desk();
  await write({ from: "jiro@vendor.example.jp", text: "再送" });
  equal((await state(number)).parties[0]?.issue, 1);
  deepEqual(await letters(), [["question", OFFICER.address]]);
});
