import { deepStrictEqual as deepEqual, match, strictEqual as equal } from "node:assert/strict";
import { letterFor } from "../../lib/flows/letter_facts.ts";
import { askedWith, draftedWith, OFFICER } from "../support/sample_case.ts";
import { BOT, wordDesk } from "../support/word_desk.ts";

async function desk(events = askedWith()) {
  const paper = await wordDesk(events);
  const write = (mail: { subject?: string; text?: string; from?: string; rcpt?: string }) =>
    paper.post({ from: OFFICER.address, rcpt: paper.ofCase, ...mail });
  /** The newest letter as it is written. */
  const written = async () => {
    const [order] = await paper.orders();
    return await paper.writtenOf(order!);
  };
  const inquiries = async () =>
    (await paper.history()).flatMap((event) => event.did === "inquired" ? [[event.word, event.by]] : []);
  return { ...paper, write, written, inquiries };
}

Deno.test("R33 再送 makes a new issue for whose turn it is, and the officer hears where the case stands", async () => {
  const { write, letters, state, number } = await desk();
  equal((await write({ text: "再送をお願いします" })).fate, "answered");
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

Deno.test("R33 取消 changes nothing: the answer brings the link, and says that nothing was cancelled", async () => {
  const { write, letters, written, state, number, inquiries } = await desk();
  await write({ text: "取消 金額の誤り" });
  equal((await state(number)).phase, "circulating");
  deepEqual(await letters(), [["status", OFFICER.address]]);
  const { letter, links } = await written();
  match(letter.text, /取消しは、まだ行われていません/);
  deepEqual(links.map(({ purpose }) => purpose), ["officer"]);
  deepEqual(await inquiries(), [["withdraw", OFFICER.address]]);
});

Deno.test("状況 is answered with who is awaited, and is on record", async () => {
  const { write, written, inquiries } = await desk();
  await write({ subject: "Re: 送信しました", text: "状況を教えてください" });
  match((await written()).letter.text, /確認・承認の手続き中/);
  deepEqual(await inquiries(), [["status", OFFICER.address]]);
});

Deno.test("R38 一覧 lists the department's open cases, each with its own link", async () => {
  const { write, written, letters, number, inquiries } = await desk();
  await write({ text: "一覧", rcpt: BOT });
  deepEqual(await letters(), [["status", OFFICER.address]]);
  const { letter, links } = await written();
  match(letter.text, /進行中の案件は、1件です/);
  match(letter.text, /R8-000123 文書管理システム保守業務委託/);
  match(letter.text, /見本 二郎 様の番です/);
  deepEqual(links.map(({ purpose, caseNumber, address }) => [purpose, caseNumber, address]), [
    ["officer", null, OFFICER.address],
    ["officer", number, OFFICER.address],
  ]);
  deepEqual(links.map(({ days }) => days), [10, null]);
  match(letter.text, new RegExp(`/o/${links[0]?.id}/list\n`));
  deepEqual(await inquiries(), []);
});

Deno.test("R38 検索 finds cases of the own departments only", async () => {
  const { write, written, world } = await desk();
  await write({ text: "検索 令和8年12月1日", rcpt: BOT });
  const { letter: found } = await written();
  match(found.text, /「令和8年12月1日」に該当する案件は、1件です/);
  match(found.text, /\/list\?q=%E4%BB%A4%E5%92%8C8%E5%B9%B412%E6%9C%881%E6%97%A5\n/);
  const other = { ...(await desk()), world };
  await other.write({ from: "officer-doboku@pref.example.lg.jp", text: "検索 文書管理", rcpt: BOT });
  const { letter, links } = await other.written();
  match(letter.text, /該当する案件は、ありませんでした/);
  deepEqual(links.map(({ caseNumber }) => caseNumber), [null]);
});

Deno.test("a word that nobody knows is answered with what one can write; one about no case with the reason", async () => {
  const first = await desk();
  await first.write({ subject: "テスト", text: "テスト", rcpt: BOT });
  deepEqual(await first.letters(), [["help", OFFICER.address]]);
  match((await first.written()).letter.text, /「一覧」/);
  const second = await desk();
  await second.write({ text: "再送", rcpt: BOT });
  deepEqual(await second.letters(), [["refusal", OFFICER.address]]);
});

Deno.test("an officer's list is not written for who is none any more", async () => {
  const { world } = await desk();
  const order = {
    letter: "status",
    to: "left@pref.example.lg.jp",
    seq: null,
    party: null,
    about: { search: "" },
  } as const;
  equal(await letterFor(world, order, null), null);
});
