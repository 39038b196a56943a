import { deepStrictEqual as deepEqual, doesNotMatch, match, strictEqual as equal } from "node:assert/strict";
import { readHistory } from "../../lib/flows/case_records.ts";
import type { PaperMail } from "../support/paper_world.ts";
import {
  approverAsked,
  askedWith,
  completed,
  CONTACT,
  draftedWith,
  FIRST_LINK_END,
  minute,
  OFFICER,
  opened,
} from "../support/sample_case.ts";
import { BOT, wordDesk } from "../support/word_desk.ts";

const JIRO = "jiro@vendor.example.jp";
const STRANGER = "someone@other.example.jp";
const late = askedWith({ contractDate: "2026-12-20" });

async function desk(events = askedWith()) {
  const paper = await wordDesk(events);
  const write = (mail: PaperMail) => paper.post({ from: JIRO, rcpt: BOT, ...mail });
  const written = async (kind: string) => {
    const order = (await paper.orders()).findLast(({ letter }) => letter === kind)!;
    return await paper.writtenOf(order);
  };
  const last = async () => (await paper.history()).at(-1)!;
  return { ...paper, write, written, last };
}

Deno.test("R19 再送 of whose turn it is brings the same request once more, which ends with the first", async () => {
  const { write, letters, written, state, number, last } = await desk(late);
  await write({ text: "再送をお願いします" });
  deepEqual(await letters(), [["request", JIRO]]);
  const { letter, links, party, issue } = await written("request");
  match(letter.subject, /の確認依頼が届いています$/);
  match(letter.text, /もう一度お送りするものです。有効期限は変わりません/);
  deepEqual([party, issue], ["Confirmer2", 1]);
  equal(links[0]?.endsAt, FIRST_LINK_END);
  const { issue: now, wrongCodes } = (await state(number)).parties[0]!;
  deepEqual([now, wrongCodes], [1, 0]);
  deepEqual(await last(), { did: "inquired", at: minute(40), word: "resend", by: JIRO });
});

Deno.test("R19 R24 a link that has ended, or was locked, is asked of the officer instead", async () => {
  const ended = await desk(late);
  ended.clock.set(FIRST_LINK_END);
  await ended.write({ text: "再送" });
  const locked = await desk([...late, { did: "codeLocked", at: minute(35), party: "Confirmer2" }]);
  await locked.write({ text: "再送" });
  for (const { letters, written, last } of [ended, locked]) {
    deepEqual((await letters()).sort(), [["link-requested", OFFICER.address], ["status", JIRO]]);
    const { letter, links } = await written("status");
    match(letter.text, /新しいリンクの送付を、担当課に依頼しました/);
    equal(links.length, 0);
    equal((await last()).did, "linkRequested");
  }
});

Deno.test("R19 the officer is asked for a new link once, however often its holder writes", async () => {
  const { clock, write, letters, number, world } = await desk(late);
  clock.set(FIRST_LINK_END);
  await write({ text: "再送" });
  await write({ text: "再送してください" });
  const kinds = (await letters()).map(([letter]) => letter).sort();
  deepEqual(kinds, ["link-requested", "status", "status"]);
  const history = await readHistory(world.store, number);
  deepEqual(history.slice(-2).map(({ event }) => event.did), ["linkRequested", "inquired"]);
});

Deno.test("再送 of who sent the form brings the answer to it once more, with a fresh link to the web form", async () => {
  const { write, letters, written, ofCase } = await desk(opened.slice());
  await write({ from: CONTACT.address, rcpt: ofCase, text: "再送をお願いします" });
  deepEqual(await letters(), [["receipt", CONTACT.address]]);
  const { letter, links } = await written("receipt");
  match(letter.text, /電話番号：028-000-0000/);
  deepEqual(links.map(({ purpose, address }) => [purpose, address]), [["form", CONTACT.address]]);
});

Deno.test("再送 out of turn tells where the case stands, and after completion brings a fresh download link", async () => {
  const early = await desk();
  await early.write({ from: "ichiro@vendor.example.jp", rcpt: early.ofCase, text: "再送" });
  deepEqual(await early.letters(), [["status", "ichiro@vendor.example.jp"]]);
  const done = await desk(completed());
  await done.write({ rcpt: done.ofCase, text: "再送" });
  deepEqual(await done.letters(), [["download-link", JIRO]]);
});

Deno.test("状況 tells who stands on the case how far it is, without links; it is on record", async () => {
  const { write, written, last, ofCase } = await desk(approverAsked());
  await write({ from: CONTACT.address, rcpt: ofCase, text: "状況を教えてください。" });
  const { letter, links } = await written("status");
  match(letter.text, /確認・承認の手続き中/);
  match(letter.text, /確認者１ 見本 一郎 様：.*同意済み/);
  // How the public body calls its people is its own matter.
  doesNotMatch(letter.text, /会計 花子/);
  doesNotMatch(letter.text, /officer@/);
  equal(links.length, 0);
  deepEqual(await last(), { did: "inquired", at: minute(40), word: "status", by: CONTACT.address });
});

Deno.test("状況 without a case means the only open one; of a draft nothing is told", async () => {
  const { write, written } = await desk(draftedWith({ title: "まだ秘密の名" }));
  await write({ subject: "状況", text: "" });
  const { letter } = await written("status");
  match(letter.text, /契約書を準備中/);
  doesNotMatch(letter.text, /まだ秘密の名/);
});

Deno.test("nothing about a contract goes to an address that is not on it", async () => {
  for (const text of ["状況", "再送", "一覧", "検索 文書管理", "書類", "PDFを紛失しました"]) {
    const { write, letters, written, ofCase, state, number } = await desk();
    await write({ from: STRANGER, rcpt: ofCase, subject: "R8-000123", text });
    deepEqual(await letters(), [["documents-link", STRANGER]], text);
    const { letter, links } = await written("documents-link");
    match(letter.text, /ありませんでした/);
    for (const part of [letter.subject, letter.text, letter.html]) {
      doesNotMatch(part, /R8-000123|見本 |文書管理シ/);
    }
    deepEqual(links.map(({ purpose, caseNumber, address }) => [purpose, caseNumber, address]), [
      ["documents", null, STRANGER],
    ]);
    equal((await state(number)).length, askedWith().length);
  }
});

Deno.test("R37 一覧 and 検索 list the contracts of the address, and bring the link to all", async () => {
  const { write, written } = await desk();
  await write({ text: "一覧をお願いします" });
  const all = (await written("documents-link")).letter;
  match(all.text, /R8-000123：文書管理システム保守業務委託/);
  const second = await desk();
  await second.write({ text: "検索 工事" });
  match((await second.written("documents-link")).letter.text, /「工事」に該当する契約は、ありませんでした/);
});

Deno.test("取消 of a vendor, and what says more than a word, are for the officer to read", async () => {
  for (
    const text of [
      "取消 中止のため",
      `状況を教えてください。${"先日の件で、社内の調整が続いております。".repeat(12)}`,
    ]
  ) {
    const { write, letters, ofCase } = await desk();
    await write({ rcpt: ofCase, text });
    deepEqual(await letters(), [["question", OFFICER.address]]);
  }
});

Deno.test("a word that nobody knows opens no case; a mail that wants more does", async () => {
  const { write, letters } = await desk();
  equal((await write({ from: STRANGER, subject: "テスト", text: "てすと" })).fate, "answered");
  deepEqual(await letters(), [["help", STRANGER]]);
  const second = await desk();
  equal((await second.write({ from: STRANGER, subject: "契約の件", text: "送ります" })).fate, "opened");
});

Deno.test("words are answered so often a day, and kept after that", async () => {
  const { write, clock } = await desk();
  for (let n = 0; n < 20; n++) equal((await write({ text: "一覧" })).fate, "answered");
  equal((await write({ text: "一覧" })).fate, "unanswerable");
  for (let n = 0; n < 5; n++) equal((await write({ text: "再送" })).fate, "answered");
  equal((await write({ text: "再送" })).fate, "unanswerable");
  clock.advance(86_400_000);
  equal((await write({ text: "一覧" })).fate, "answered");
});
