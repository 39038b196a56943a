import { deepStrictEqual as deepEqual, match, ok, rejects, strictEqual as equal } from "node:assert/strict";
import { readHistory } from "../../lib/flows/case_records.ts";
import { READ_TRIES } from "../../lib/flows/inbox_filing.ts";
import { PortError } from "../../lib/ports.ts";
import { departmentAddress } from "../../lib/mail/bot_address.ts";
import { paperWorld } from "../support/paper_world.ts";
import { FORM, OFFICER } from "../support/sample_case.ts";

import { BOT, FORM_MAIL, json, kinds, textShown, VENDOR, withCase } from "../support/inbox_case.ts";

Deno.test("a form opens a case, is read back to its sender and shown to the department", async () => {
  const { post, orders, state } = paperWorld();
  const entry = await post(FORM_MAIL);
  equal(entry.fate, "opened");
  match(entry.caseNumber!, /^R8-\d{6}$/);
  const opened = await state(entry.caseNumber!);
  equal(opened.departmentId, "bukken");
  equal(opened.contact.address, VENDOR);
  deepEqual(kinds(await orders()), [`case-notice ${OFFICER.address}`, `receipt ${VENDOR}`]);
});

Deno.test("a form with the same address twice opens the case and asks", async () => {
  const [vendor] = FORM.vendors;
  const [one] = vendor!.confirmers;
  const form = {
    ...FORM,
    vendors: [{ ...vendor!, confirmers: [one!, { name: "二郎", address: one!.address }] }],
  };
  const { orders } = await withCase(form);
  deepEqual(kinds(await orders()), [`case-notice ${OFFICER.address}`, `form-problem ${VENDOR}`]);
});

Deno.test("a form that can't be read is kept, answered and shown", async () => {
  const { post, orders, state } = paperWorld();
  const entry = await post({ from: VENDOR, files: [{ filename: "同意書.zip", content: "locked" }] });
  equal(entry.fate, "opened");
  equal((await state(entry.caseNumber!)).form, null);
  deepEqual(kinds(await orders()), [`case-notice ${OFFICER.address}`, `form-problem ${VENDOR}`]);
});

Deno.test("R4 forms of several contracts in one mail: one is taken, the sender hears of the others", async () => {
  const { post, orders } = paperWorld();
  const other = { ...json({ ...FORM, contractName: "別の契約" }), filename: "別.docx" };
  const copy = { ...json({ ...FORM, phone: "028" }), filename: "同じ.docx" };
  const { fate } = await post({ ...FORM_MAIL, files: [json(), copy, other] });
  equal(fate, "opened");
  const letters = await orders();
  deepEqual(kinds(letters), [
    `case-notice ${OFFICER.address}`,
    `receipt ${VENDOR}`,
    `refusal ${VENDOR}`,
  ]);
  deepEqual(letters.find(({ letter }) => letter === "refusal")?.about, {
    reasons: [{ code: "several_forms", about: "別.docx" }],
    subject: FORM_MAIL.subject,
  });
});

Deno.test("an encrypted mail is called encrypted", async () => {
  const { post, world } = paperWorld();
  const { caseNumber } = await post({ from: VENDOR, text: "", closed: ["smime_encrypted"] });
  const [opened] = await readHistory(world.store, caseNumber!);
  equal(opened?.event.did === "opened" && opened.event.unreadable, "encrypted");
});

Deno.test("the address written to names the department", async () => {
  const { post, state } = paperWorld();
  const { caseNumber } = await post({ ...FORM_MAIL, rcpt: departmentAddress(BOT, "doboku") });
  equal((await state(caseNumber!)).departmentId, "doboku");
});

Deno.test("an unknown department's address is as good as the bot's", async () => {
  const { post, state } = paperWorld();
  const { caseNumber } = await post({ ...FORM_MAIL, rcpt: departmentAddress(BOT, "nobody") });
  equal((await state(caseNumber!)).departmentId, "bukken");
});

Deno.test("the same Message-ID twice makes one case", async () => {
  const { post, orders } = paperWorld();
  const first = await post({ ...FORM_MAIL, messageId: "a@vendor.example.jp" });
  const second = await post({
    ...FORM_MAIL,
    messageId: "a@vendor.example.jp",
    rcpt: departmentAddress(BOT, "zaisan"),
  });
  equal(second.fate, "duplicate");
  equal(second.caseNumber, first.caseNumber);
  equal((await orders()).length, 2);
});

Deno.test("the same content under another Message-ID makes one case", async () => {
  const { post, orders } = paperWorld();
  const first = await post(FORM_MAIL);
  const second = await post(FORM_MAIL);
  deepEqual([second.fate, second.caseNumber], ["duplicate", first.caseNumber]);
  equal((await orders()).length, 2);
});

Deno.test("another sender's mail of the same Message-ID is another mail", async () => {
  const { post } = paperWorld();
  await post({ ...FORM_MAIL, messageId: "a@vendor.example.jp" });
  const other = await post({ ...FORM_MAIL, from: "x@other.example.jp", messageId: "a@vendor.example.jp" });
  equal(other.fate, "opened");
});

Deno.test("a second form from the same sender for the same contract is a proposal", async () => {
  const { post, state, number } = await withCase();
  const entry = await post({
    ...FORM_MAIL,
    text: "訂正です。",
    files: [json({ ...FORM, phone: "028-000-1111" })],
  });
  deepEqual([entry.fate, entry.caseNumber], ["proposed", number]);
  const { form, proposal } = await state(number);
  equal(form?.phone, FORM.phone);
  equal(proposal?.form.phone, "028-000-1111");
});

Deno.test("a form for another contract of the same sender is another case", async () => {
  const { post, number } = await withCase();
  const entry = await post({ ...FORM_MAIL, files: [json({ ...FORM, contractName: "清掃業務委託" })] });
  equal(entry.fate, "opened");
  ok(entry.caseNumber !== number);
});

Deno.test("a stranger's form counts for a case only through its address", async () => {
  const { post, number, address } = await withCase();
  const form = json({ ...FORM, phone: "028-000-2222" });
  equal((await post({ ...FORM_MAIL, from: "x@other.example.jp", files: [form] })).fate, "opened");
  const through = await post({ from: "y@other.example.jp", rcpt: address, files: [form] });
  deepEqual([through.fate, through.caseNumber], ["proposed", number]);
});

Deno.test("words of the vendor are shown to the officer, with links masked", async () => {
  const { post, orders, world, address } = await withCase();
  const token = `${"a".repeat(50)}b`;
  const text = `来週は不在です。\n> http://localhost:8000/f/${token}\n`;
  const entry = await post({ from: VENDOR, rcpt: address, text, references: ["x@bot.example.lg.jp"] });
  equal(entry.fate, "passed_on");
  const question = (await orders()).find((order) => order.letter === "question");
  equal(question?.to, OFFICER.address);
  const about = question?.about as { question: string; from: string; mail: string };
  match(about.question, /来週は不在です/);
  equal(about.question.includes(token), false);
  equal(await textShown(world, about.mail), "来週は不在です。\n> http://localhost:8000/f/…\n");
});

Deno.test("an access code in a quoted mail is masked before others see it", async () => {
  const { post, orders, world, address } = await withCase();
  await post({
    from: VENDOR,
    rcpt: address,
    text: "了解です。\n> アクセスコード： 2468\n> 契約日: 令和8年12月1日",
  });
  const question = (await orders()).find((order) => order.letter === "question");
  const about = question?.about as { question: string; mail: string };
  match(about.question, /アクセスコード： …\n> 契約日: 令和8年12月1日/);
  match(await textShown(world, about.mail), /アクセスコード： …/);
});

Deno.test("a mail finds its case by a number in the subject only from an address that is on it", async () => {
  const { post, number } = await withCase();
  const subject = `Re: ${number} について`;
  const known = await post({ from: VENDOR, subject, text: "質問です。" });
  deepEqual([known.fate, known.caseNumber], ["passed_on", number]);
  const stranger = await post({ from: "x@other.example.jp", subject, text: "質問です。" });
  equal(stranger.fate, "opened");
  ok(stranger.caseNumber !== number);
});

Deno.test("a file that kills its reader every time is called damaged in the end", async () => {
  const consents = {
    read: () =>
      Promise.reject(new PortError("unavailable", "Cannot read: the worker died", { retryable: true })),
    close: () => Promise.resolve(),
  };
  const { post, state, attempt } = paperWorld({ consents });
  await rejects(post(FORM_MAIL), PortError);
  await rejects(attempt(READ_TRIES - 1), PortError);
  const entry = await attempt(READ_TRIES);
  equal(entry.fate, "opened");
  equal((await state(entry.caseNumber!)).form, null);
});

Deno.test("a mail that kills its reader every time is called unreadable in the end", async () => {
  const reader = {
    read: () =>
      Promise.reject(new PortError("unavailable", "Cannot read: the worker died", { retryable: true })),
    close: () => Promise.resolve(),
  };
  const { post, attempt } = paperWorld({ reader });
  await rejects(post(FORM_MAIL), PortError);
  equal((await attempt(READ_TRIES)).fate, "answered");
});

Deno.test("the password that follows an encrypted form belongs to its case", async () => {
  const { post, orders, state } = paperWorld();
  const first = await post({ from: VENDOR, files: [{ filename: "同意書.zip", content: "locked" }] });
  const second = await post({ from: VENDOR, subject: "パスワード", text: "パスワードは 1234 です。" });
  deepEqual([second.fate, second.caseNumber], ["passed_on", first.caseNumber]);
  const third = await post(FORM_MAIL);
  deepEqual([third.fate, third.caseNumber], ["proposed", first.caseNumber]);
  equal((await state(first.caseNumber!)).proposal?.form.contractName, FORM.contractName);
  equal((await orders()).filter((order) => order.letter === "form-problem").length, 1);
});

Deno.test("an address gets its share of answers a day and no more", async () => {
  const { post, orders, clock } = paperWorld();
  const files = [{ filename: "契約書.pdf", content: "%PDF-" }];
  const mail = { from: VENDOR, subject: "R8-999999", files };
  for (let n = 0; n < 60; n++) equal((await post(mail)).fate, "answered");
  equal((await post(mail)).fate, "unanswerable");
  equal((await orders()).length, 60);
  equal((await post({ ...mail, from: "z@other.example.jp" })).fate, "answered");
  clock.advance(86_400_000);
  equal((await post(mail)).fate, "answered");
});

Deno.test("an officer hears of each contract that was not taken, however many there are in a day", async () => {
  const { post } = paperWorld();
  const mail = { from: OFFICER.address, subject: "R8-999999", text: "" };
  for (let n = 0; n < 80; n++) equal((await post({ ...mail, text: `${n}` })).fate, "answered");
});

Deno.test("officers are not flooded by one address", async () => {
  const { post, orders, address } = await withCase();
  for (let n = 0; n < 101; n++) await post({ from: VENDOR, rcpt: address, text: `${n}` });
  equal((await orders()).filter((order) => order.letter === "question").length, 100);
});
