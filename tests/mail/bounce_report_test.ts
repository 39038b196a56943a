import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { bounceReport, plainBounce } from "../../lib/mail/bounce_report.ts";
import { headerOf } from "../../lib/mail/header_fields.ts";

const original = headerOf("Message-ID:\n <letter-1@bot.example.lg.jp>\nSubject: x");

Deno.test("the first recipient that failed counts, with the address that was written to", () => {
  const status = [
    "Reporting-MTA: dns; mx.example.jp",
    "Final-Recipient: rfc822; a@example.jp\nAction: delivered\nStatus: 2.0.0",
    "Original-Recipient: rfc822;b@example.jp\nFinal-Recipient: rfc822; b2@example.jp\nAction: Failed\n" +
    "Status: 5.2.2 (mailbox full)\nDiagnostic-Code: smtp; 552 5.2.2\n  <b@example.jp>: over quota",
  ].join("\r\n\r\n").replaceAll("\n", "\r\n").replaceAll("\r\r", "\r");
  deepEqual(bounceReport({ status, original }), {
    originalMessageId: "letter-1@bot.example.lg.jp",
    recipient: "b@example.jp",
    action: "failed",
    status: "5.2.2",
    diagnostic: "552 5.2.2 <b@example.jp>: over quota",
  });
});

Deno.test("a delay is no failure", () => {
  const report = bounceReport({
    status: "x: y\n\nFinal-Recipient: rfc822;a@b.jp\nAction: delayed\nStatus: 4.4.7",
    original: null,
  });
  equal(report?.action, "delayed");
  equal(report?.originalMessageId, null);
});

Deno.test("what is no report gives none", () => {
  equal(bounceReport({ status: null, original }), null);
  equal(bounceReport({ status: "nothing of the kind", original }), null);
});

Deno.test("an old report in words is understood", () => {
  const text = "Hi. This is the qmail-send program at mx.example.jp.\n\n<x@example.jp>:\n" +
    "Sorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n" +
    "Message-ID: <letter-2@bot.example.lg.jp>\n";
  deepEqual(plainBounce(text, null), {
    originalMessageId: "letter-2@bot.example.lg.jp",
    recipient: "x@example.jp",
    action: "failed",
    status: "5.1.1",
    diagnostic: "Sorry, no mailbox here by that name. (#5.1.1)",
  });
});

Deno.test("an answer of somebody who is away is no bounce", () => {
  equal(plainBounce("12月1日まで不在にしております。急ぎの方は 550-1234 まで", null), null);
});
