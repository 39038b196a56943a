import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { bounceReport, plainBounce } from "../../lib/mail/bounce_report.ts";
import { deliveryReason } from "../../lib/mail/delivery_reason.ts";
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

/** Reports in words, as they are met, with what must be understood. */
const IN_WORDS: readonly (readonly [said: string, action: string, reason: string])[] = [
  [
    "This Message was undeliverable due to the following reason:\n\nEach of the following recipients was rejected " +
    "by a remote mail server.\n\n    Recipient: <x@docomo.ne.jp>\n    Reason:    550 Unknown user x@docomo.ne.jp",
    "failed",
    "no_such_address",
  ],
  [
    "次の宛先へのメールを配信できませんでした。\n<x@example.jp>: 宛先不明（User unknown）",
    "failed",
    "no_such_address",
  ],
  [
    "<x@ezweb.ne.jp>:\n222.0.2.1 failed after I sent the message.\nRemote host said: 552 5.3.4 message size exceeds limit",
    "failed",
    "too_large",
  ],
  [
    "Hi. This is the qmail-send program.\n<x@example.jp>:\nThe users mailfolder is over the allowed quota (size). (#5.2.2)",
    "failed",
    "mailbox_full",
  ],
  [
    "**      THIS IS A WARNING MESSAGE ONLY      **\n** YOU DO NOT NEED TO RESEND YOUR MESSAGE **\n" +
    "The original message was received at ...\n451 4.4.1 reply: read error from mx.example.jp",
    "delayed",
    "unreachable",
  ],
  [
    "メールの配信が遅延しています。引き続き再送を試みます。\n<x@example.jp>: connection timed out",
    "delayed",
    "unreachable",
  ],
];

Deno.test("reports in words of carriers and old servers are understood, delays apart", () => {
  for (const [said, action, reason] of IN_WORDS) {
    const report = plainBounce(`${said}\n\n`, original);
    equal(report?.action, action, said);
    equal(report?.originalMessageId, "letter-1@bot.example.lg.jp");
    equal(deliveryReason(`${report?.status ?? ""} ${report?.diagnostic ?? ""}`), reason, said);
  }
});
