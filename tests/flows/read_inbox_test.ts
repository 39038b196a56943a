import { deepStrictEqual as deepEqual, match, ok, rejects, strictEqual as equal } from "node:assert/strict";
import type { ConsentForm } from "../../lib/domain/consent_form.ts";
import { readHistory } from "../../lib/flows/case_records.ts";
import { READ_TRIES } from "../../lib/flows/inbox_filing.ts";
import { PortError } from "../../lib/ports.ts";
import type { World } from "../../lib/flows/world.ts";
import { caseAddress, departmentAddress } from "../../lib/mail/bot_address.ts";
import { type PaperMail, paperWorld } from "../support/paper_world.ts";
import { APPROVER, FORM, OFFICER } from "../support/sample_case.ts";

const VENDOR = "jimu@vendor.example.jp";
const BOT = "keiyaku@bot.example.lg.jp";
const json = (form: ConsentForm = FORM) => ({ filename: "同意書.docx", content: JSON.stringify(form) });
const FORM_MAIL: PaperMail = { from: VENDOR, subject: "同意書", text: "送ります。", files: [json()] };

/** A world in which a form has opened a case. */
async function withCase(form: ConsentForm = FORM) {
  const paper = paperWorld();
  const entry = await paper.post({ ...FORM_MAIL, files: [json(form)] });
  const number = entry.caseNumber!;
  return { ...paper, number, address: caseAddress(BOT, number, paper.world.keys) };
}
/** The text of a mail that was written anew. */
async function textShown({ blobs }: World, mail: string): Promise<string> {
  const shown = new TextDecoder().decode(await blobs.get(mail));
  return new TextDecoder().decode(Uint8Array.fromBase64(shown.split("\r\n\r\n")[2]!.split("\r\n--")[0]!));
}
const kinds = (orders: readonly { letter: string; to: string }[]) =>
  orders.map(({ letter, to }) => `${letter} ${to}`).sort();

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

Deno.test("a contract of someone who is no officer is refused", async () => {
  const { post, orders, number, state, address } = await withCase();
  const pdf = { filename: "契約書.pdf", content: "%PDF-" };
  const named = await post({ from: "x@other.example.jp", subject: `契約書 ${number}`, files: [pdf] });
  equal(named.fate, "answered");
  await post({ from: "y@other.example.jp", rcpt: address, files: [pdf] });
  const refusals = (await orders()).filter((order) => order.letter === "refusal");
  deepEqual(refusals.map((order) => order.to).sort(), ["x@other.example.jp", "y@other.example.jp"]);
  for (const { about } of refusals) {
    deepEqual((about as { reasons: unknown }).reasons, [{ code: "not_officer", about: null }]);
  }
  equal((await state(number)).draft, null);
});

Deno.test("an officer of another department can't hand a contract in", async () => {
  const { post, orders, address, number } = await withCase();
  const files = [{ filename: "契約書.pdf", content: "%PDF-" }];
  const entry = await post({ from: "officer-zaisan@pref.example.lg.jp", rcpt: address, files });
  deepEqual([entry.fate, entry.caseNumber], ["answered", number]);
  const refusal = (await orders()).find((order) => order.letter === "refusal");
  deepEqual((refusal?.about as { reasons: unknown }).reasons, [{ code: "not_officer", about: null }]);
});

Deno.test("where mail must be authenticated, no mail acts as an officer's on its address alone", async () => {
  const { post, orders, state } = paperWorld({ mailAuth: "enforce" });
  const { caseNumber } = await post(FORM_MAIL);
  const files = [{ filename: "契約書.pdf", content: "%PDF-" }];
  const entry = await post({ from: OFFICER.address, subject: `契約書 ${caseNumber}`, files });
  deepEqual([entry.fate, entry.caseNumber], ["answered", caseNumber]);
  equal((await state(caseNumber!)).draft, null);
  const refusal = (await orders()).find((order) => order.letter === "refusal");
  equal(refusal?.to, OFFICER.address);
  deepEqual((refusal?.about as { reasons: unknown }).reasons, [{ code: "not_authenticated", about: null }]);
});

Deno.test("an officer's contract for a number that no case has is refused", async () => {
  const { post, orders } = paperWorld();
  const files = [{ filename: "契約書.pdf", content: "%PDF-" }];
  await post({ from: OFFICER.address, subject: "R8-999999 契約書", files });
  await post({ from: OFFICER.address, subject: "契約書", files, text: "お願いします。" });
  const reasons = (await orders()).map(({ about }) => (about as { reasons: unknown }).reasons);
  deepEqual(reasons.flat(), [
    { code: "unknown_case", about: "R8-999999" },
    { code: "unknown_case", about: null },
  ]);
});

Deno.test("an officer's reply without a PDF is answered with what is missing", async () => {
  const { post, orders, address } = await withCase();
  await post({ from: OFFICER.address, rcpt: address, text: "よろしくお願いします。" });
  await post({ from: OFFICER.address, rcpt: address, files: [{ filename: "契約書.docx", content: "PK" }] });
  const refusals = (await orders()).filter((order) => order.letter === "refusal");
  const reasons = refusals.flatMap(({ about }) => (about as { reasons: readonly unknown[] }).reasons);
  deepEqual(reasons, [{ code: "no_pdf", about: null }, { code: "not_pdf", about: "契約書.docx" }]);
});

Deno.test("a mail with two writers acts for nobody", async () => {
  const { post, orders, address } = await withCase();
  const before = (await orders()).length;
  const files = [{ filename: "契約書.pdf", content: "%PDF-" }];
  const entry = await post({ from: [OFFICER.address, VENDOR], rcpt: address, files });
  equal(entry.fate, "answered");
  const [answer] = (await orders()).filter((order) => order.letter === "refusal");
  equal((await orders()).length, before + 1);
  deepEqual((answer?.about as { reasons: unknown }).reasons, [{ code: "several_writers", about: null }]);
});

Deno.test("one with two writers comes twice: it is answered once", async () => {
  const { post, orders } = paperWorld();
  const mail = { from: [VENDOR, OFFICER.address], messageId: "two@vendor.example.jp", text: "a" };
  equal((await post(mail)).fate, "answered");
  equal((await post({ ...mail, rcpt: departmentAddress(BOT, "zaisan") })).fate, "duplicate");
  equal((await orders()).length, 1);
});

Deno.test("one whose writers are not its sender is only kept", async () => {
  const { post, orders } = paperWorld();
  equal((await post({ from: [], text: "a" })).fate, "unanswerable");
  deepEqual(await orders(), []);
});

Deno.test("automatic mail is never answered, but shown when it belongs to a case", async () => {
  const { post, orders, address } = await withCase();
  const before = (await orders()).length;
  equal((await post({ from: VENDOR, automatic: "auto-submitted", files: [json()] })).fate, "automatic");
  equal((await post({ from: OFFICER.address, automatic: "subject", rcpt: address })).fate, "automatic");
  equal((await orders()).length, before);
  equal(
    (await post({ from: VENDOR, automatic: "subject", rcpt: address, text: "休暇中" })).fate,
    "automatic",
  );
  const [question] = (await orders()).filter((order) => order.letter === "question");
  equal(question?.to, OFFICER.address);
});

Deno.test("the bot never answers itself", async () => {
  const { post, orders } = paperWorld();
  equal((await post({ ...FORM_MAIL, from: BOT })).fate, "automatic");
  deepEqual(await orders(), []);
});

Deno.test("a mail that can't be taken apart is kept, answered and shown to the default desk", async () => {
  const { postUnreadable, orders } = paperWorld();
  equal((await postUnreadable(VENDOR)).fate, "answered");
  deepEqual(kinds(await orders()), [`question ${OFFICER.address}`, `refusal ${VENDOR}`]);
});

Deno.test("one that has no sender either is only shown", async () => {
  const { postUnreadable, orders } = paperWorld();
  equal((await postUnreadable("")).fate, "passed_on");
  deepEqual(kinds(await orders()), [`question ${OFFICER.address}`]);
});

Deno.test("a file that kills its reader every time is called damaged in the end", async () => {
  const consents = {
    read: () =>
      Promise.reject(new PortError("unavailable", "Cannot read: the worker died", { retryable: true })),
    close() {},
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
    close() {},
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

Deno.test("an approver who writes is no officer", async () => {
  const { post, address, orders } = await withCase();
  const files = [{ filename: "契約書.pdf", content: "%PDF-" }];
  await post({ from: APPROVER.address, rcpt: address, files });
  const refusal = (await orders()).find((order) => order.letter === "refusal");
  equal(refusal?.to, APPROVER.address);
});
