import {
  deepStrictEqual as deepEqual,
  match,
  notStrictEqual as notEqual,
  ok,
  rejects,
  strictEqual as equal,
} from "node:assert/strict";
import type { CaseEvent } from "../../lib/domain/case_event.ts";
import { DAY_MS, plusMs } from "../../lib/domain/instant.ts";
import { caseOfReferences, outboxOfMessageId } from "../../lib/flows/outbox.ts";
import { linkKey, type LinkRecord } from "../../lib/link/link_token.ts";
import { classifyAddress } from "../../lib/mail/bot_address.ts";
import { PortError } from "../../lib/ports.ts";
import { letterDesk } from "../support/letter_desk.ts";
import { completed, minute, OFFICER, opened, PARTIES } from "../support/sample_case.ts";

import { BUSY, linkOf, LOST, REQUESTED, SECOND, tokenIn, withRequest } from "../support/letter_request.ts";

Deno.test("a request is handed over with links that work, and the ten days begin (R18, R19)", async () => {
  const { desk, number, entry } = await withRequest();
  deepEqual(await desk.post(entry), { done: true });
  equal(desk.sent.length, 1);
  const [mail] = desk.sent;
  const token = tokenIn(mail!.text, "c");
  equal(tokenIn(mail!.text, "s"), token);
  ok(mail!.html.includes(`/c/${token}`));
  const link = await linkOf(desk, token);
  const expiresAt = plusMs(minute(31), 10 * DAY_MS);
  deepEqual({ ...link, id: "" }, {
    id: "",
    purpose: "request",
    caseNumber: number,
    party: "Confirmer2",
    issue: 1,
    address: SECOND.address,
    issuedAt: minute(31),
    expiresAt,
  });
  const [party] = (await desk.state(number)).parties;
  equal(party?.handedOverAt, minute(31));
  equal(party?.expiresAt, expiresAt);
  match(mail!.text, /令和8年12月4日 10時31分/);
});

Deno.test("a mail has the headers that interface.md names", async () => {
  const { desk, number, entry } = await withRequest();
  await desk.post(entry);
  const mail = desk.sent[0]!;
  equal(mail.subject, "見本県会計局会計管理課様から「文書管理システム保守業務委託」の確認依頼が届いています");
  equal(mail.to, SECOND.address);
  deepEqual(mail.from, { name: "見本県電子契約", address: "keiyaku@bot.example.lg.jp" });
  equal(mail.headers["Auto-Submitted"], "auto-generated");
  equal(mail.headers["X-Auto-Response-Suppress"], "All");
  equal(mail.headers["X-Warifu-Case"], number);
  equal(mail.headers["X-Warifu-Kind"], "request");
  match(mail.messageId, /^<[0-9a-f]{40}@bot\.example\.lg\.jp>$/);
  match(mail.headers["References"]!, /^<[0-9a-f]{40}@bot\.example\.lg\.jp>$/);
  const identity = { botAddress: "keiyaku@bot.example.lg.jp", keys: desk.world.keys };
  deepEqual(classifyAddress(mail.replyTo!, identity), { to: "case", number });
});

Deno.test("neither outbox nor blobs hold the token", async () => {
  const { desk, entry } = await withRequest();
  await desk.post(entry);
  const token = tokenIn(desk.sent[0]!.text, "c");
  let stored = "";
  for await (const { key, value } of desk.store.list({ prefix: [] })) stored += JSON.stringify([key, value]);
  for await (const { sha256 } of desk.world.blobs.list()) {
    stored += new TextDecoder().decode(await desk.world.blobs.get(sha256));
  }
  ok(stored.includes("Confirmer2"));
  ok(!stored.includes(token));
});

Deno.test("a retry within the day sends the very same letter under the same id", async () => {
  const { desk, entry } = await withRequest();
  const tried: unknown[] = [];
  desk.fault = (mail) => (tried.push(mail), BUSY);
  await rejects(desk.post(entry), PortError);
  desk.clock.advance(3_600_000);
  desk.fault = null;
  await desk.post(entry);
  deepEqual(desk.sent[0], tried[0]);
  // The link lives ten days from the hand-over, which is not before the time that the letter states.
  const link = await linkOf(desk, tokenIn(desk.sent[0]!.text, "c"));
  equal(link?.expiresAt, plusMs(minute(31), 10 * DAY_MS + 3_600_000));
});

Deno.test("the link works while the letter is on its way, and the stated day follows a late hand-over", async () => {
  const { desk, entry } = await withRequest();
  const tried: string[] = [];
  desk.fault = (mail) => (tried.push(mail.text), BUSY);
  await rejects(desk.post(entry), PortError);
  const token = tokenIn(tried[0]!, "c");
  // Compared as objects: an absent link would pass for one without an end.
  const underway = await linkOf(desk, token);
  ok(underway);
  deepEqual({ expiresAt: underway.expiresAt }, { expiresAt: null });
  desk.clock.advance(DAY_MS);
  desk.fault = null;
  await desk.post(entry);
  equal(tokenIn(desk.sent[0]!.text, "c"), token);
  match(tried[0]!, /令和8年12月4日/);
  match(desk.sent[0]!.text, /令和8年12月5日/);
});

Deno.test("what a relay may have taken is tried as the very same letter for a day, whatever day it states", async () => {
  const { desk, entry } = await withRequest();
  const tried: unknown[] = [];
  for (const [fault, advance] of [[LOST, DAY_MS / 2], [BUSY, DAY_MS / 2 - 1], [LOST, 1]] as const) {
    desk.fault = (mail) => (tried.push(mail), fault);
    await rejects(desk.post(entry), PortError);
    desk.clock.advance(advance);
  }
  deepEqual(tried[1], tried[0]);
  deepEqual(tried[2], tried[0]);
  desk.fault = null;
  await desk.post(entry);
  match(desk.sent[0]!.text, /令和8年12月5日/);
});

Deno.test("a letter that was handed over is not sent again, though the case had not heard of it", async () => {
  const { desk, number, entry } = await withRequest();
  await desk.post(entry);
  await desk.put(REQUESTED);
  desk.clock.advance(60_000);
  deepEqual(await desk.post(entry), { done: true });
  equal(desk.sent.length, 1);
  equal((await desk.state(number)).parties[0]?.handedOverAt, minute(31));
});

Deno.test("the case notice brings the original mail, the receipt the prefilled form (R4, R5)", async () => {
  const desk = letterDesk();
  const { sha256 } = await desk.world.blobs.put(new TextEncoder().encode("From: vendor\r\n\r\nform"));
  const [event] = opened;
  const number = await desk.put([{ ...event, mail: sha256 } as CaseEvent]);
  await desk.post(desk.entry("case-notice", OFFICER.address, { seq: 0 }));
  await desk.post(desk.entry("receipt", "jimu@vendor.example.jp", { seq: 0 }));
  const [notice, receipt] = desk.sent;
  deepEqual(notice?.attachments, [
    { filename: `${number}.eml`, contentType: "message/rfc822", parts: [sha256] },
  ]);
  equal((await linkOf(desk, tokenIn(notice!.text, "o")))?.purpose, "officer");
  equal(receipt?.headers["Auto-Submitted"], "auto-replied");
  const form = await linkOf(desk, tokenIn(receipt!.text, "f"));
  equal(form?.purpose, "form");
  equal(form?.expiresAt, plusMs(desk.clock.now(), 60 * DAY_MS));
});

Deno.test("executed files are attached below the limit, else there is the link alone (R30)", async () => {
  const sizes = async (attachBelowBytes: number) => {
    const plain = letterDesk();
    const settings = {
      ...plain.world.settings,
      limits: { ...plain.world.settings.limits, attachBelowBytes },
    };
    const desk = letterDesk({ settings });
    await desk.put(completed());
    await desk.post(desk.entry("completion", SECOND.address, { seq: completed().length - 1 }));
    const mail = desk.sent[0]!;
    equal((await linkOf(desk, tokenIn(mail.text, "d")))?.purpose, "download");
    match(mail.text, /見本 二郎 様/);
    return mail.attachments.map((file) => file.filename);
  };
  // 100,000 of the contract, seven seals of 11,000, and 200,000 of the certificate.
  const names = ["契約書（締結済）.pdf", "合意締結証明書_R8-000123.pdf"];
  deepEqual(await sizes(377_001), names);
  deepEqual(await sizes(377_000), []);
});

Deno.test("answers and bounces find their case and letter by the ids of our letters", async () => {
  const { desk, number, entry } = await withRequest();
  await desk.post(entry);
  const bare = (id: string) => id.slice(1, -1);
  const mail = desk.sent[0]!;
  const own = bare(mail.messageId);
  const root = bare(mail.headers["References"]!);
  equal(await caseOfReferences(desk.store, ["other@example.jp", own]), number);
  equal(await caseOfReferences(desk.store, [root]), number);
  equal(
    await caseOfReferences(desk.store, Array.from({ length: 25 }, (_, n) => `${n}@x`).concat(root)),
    number,
  );
  equal(await caseOfReferences(desk.store, ["other@example.jp"]), null);
  equal(await caseOfReferences(desk.store, []), null);
  equal((await outboxOfMessageId(desk.store, own))?.id, entry.id);
  equal(await outboxOfMessageId(desk.store, root), null);
});

Deno.test("a letter too long for the store lies in a blob and is sent whole", async () => {
  const desk = letterDesk();
  await desk.put(opened);
  const names = Array.from({ length: 60 }, (_, n) => `契約書${n}${"長".repeat(100)}.pdf`);
  const reasons = names.map((about) => ({ code: "javascript", about } as const));
  await desk.post(desk.entry("refusal", OFFICER.address, { about: { reasons, subject: "契約書" } }));
  for (const name of names) ok(desk.sent[0]!.text.includes(name) && desk.sent[0]!.html.includes(name));
  const [outbox] = await Array.fromAsync(desk.store.list<{ letter: object }>({ prefix: ["outbox"] }));
  deepEqual(Object.keys(outbox!.value.letter), ["blob"]);
});

Deno.test("a mail without a case goes to the desk without links", async () => {
  const desk = letterDesk();
  const about = { question: "教えてください", from: "someone@example.jp", mail: "0".repeat(64) };
  await desk.post(desk.entry("question", OFFICER.address, { about }, { subject: "", id: "-/mail/1" }));
  const mail = desk.sent[0]!;
  match(mail.text, /^> 教えてください$/m);
  equal(mail.replyTo, "keiyaku@bot.example.lg.jp");
  equal(mail.headers["X-Warifu-Case"], undefined);
  deepEqual(mail.attachments.map((file) => file.filename), ["original.eml"]);
  deepEqual(await Array.fromAsync(desk.store.list({ prefix: ["link"] })), []);
});

Deno.test("each recipient has a link of their own", async () => {
  const desk = letterDesk();
  await desk.put(completed());
  const tokens: string[] = [];
  for (const { address } of PARTIES) {
    await desk.post(
      desk.entry("completion", address, { seq: completed().length - 1 }, { id: `x/${address}` }),
    );
    tokens.push(tokenIn(desk.sent.at(-1)!.text, "d"));
  }
  equal(new Set(tokens).size, PARTIES.length);
  const first = await desk.store.get<LinkRecord>(linkKey(tokens[0]!));
  equal(first?.value.address, SECOND.address);
  notEqual(tokens[0], tokens[1]);
});
