import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { departmentAddress } from "../../lib/mail/bot_address.ts";
import { paperWorld } from "../support/paper_world.ts";
import { APPROVER, OFFICER } from "../support/sample_case.ts";

import { BOT, FORM_MAIL, json, kinds, VENDOR, withCase } from "../support/inbox_case.ts";

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
  const reasons = (await orders()).flatMap(({ about }) =>
    (about as { reasons: readonly { code: string; about: string | null }[] }).reasons
  );
  deepEqual(reasons.map(({ code }) => code), ["unknown_case", "unknown_case"]);
  deepEqual(reasons.map(({ about }) => about ?? "").sort(), ["", "R8-999999"]);
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

Deno.test("an approver who writes is no officer", async () => {
  const { post, address, orders } = await withCase();
  const files = [{ filename: "契約書.pdf", content: "%PDF-" }];
  await post({ from: APPROVER.address, rcpt: address, files });
  const refusal = (await orders()).find((order) => order.letter === "refusal");
  equal(refusal?.to, APPROVER.address);
});
