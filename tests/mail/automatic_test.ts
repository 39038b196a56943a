import { strictEqual as equal } from "node:assert/strict";
import { automaticReason } from "../../lib/mail/automatic.ts";
import { headerOf } from "../../lib/mail/header_fields.ts";

const reason = (header: string, { from = "a@example.jp", subject = "契約書" } = {}) =>
  automaticReason(headerOf(header), from, subject);

Deno.test("a person's mail is not automatic", () => {
  for (
    const header of [
      "From: a@example.jp",
      "From: tanaka@example.jp\nAuto-Submitted: no\nPrecedence: first-class",
      "From: noreplying@example.jp",
      "From: =?utf-8?B?44GC?= <uketsuke@example.jp>\nX-Mailer: Becky",
    ]
  ) equal(reason(header), null, header);
  equal(reason("From: a@example.jp", { subject: "Re: 自動車の借入契約" }), null);
  equal(reason("From: a@example.jp", { subject: "自動ドア保守" }), null);
});

Deno.test("each mark of a machine is known", () => {
  const table: readonly (readonly [string, string])[] = [
    ["Return-Path: <>", "null-sender"],
    ["Content-Type: multipart/report; report-type=delivery-status", "report"],
    ["Auto-Submitted: auto-generated", "auto-submitted"],
    ["Auto-Submitted: AUTO-REPLIED; owner-email=a@b", "auto-submitted"],
    ["Precedence: bulk", "precedence"],
    ["Precedence: auto_reply", "precedence"],
    ["Precedence: list", "list"],
    ["List-Unsubscribe: <mailto:x@y>", "list"],
    ["X-ML-Name: keiyaku", "list"],
    ["X-Autoreply: yes", "auto-submitted"],
    ["X-Warifu-Kind: request", "auto-submitted"],
    ["From: MAILER-DAEMON@mx.example.jp", "no-reply-sender"],
    ['From: "Keiyaku" <no-reply@example.jp>', "no-reply-sender"],
    ["From: do_not_reply@example.jp", "no-reply-sender"],
  ];
  for (const [header, expected] of table) equal(reason(header), expected, header);
  equal(reason("From: a@example.jp", { from: "" }), "null-sender");
});

Deno.test("subjects of automatic answers are known in any width and with marks before them", () => {
  for (
    const subject of [
      "【自動返信】受付",
      "自動応答: x",
      "Re: 不在通知",
      "［自動送信］x",
      "Out of Office: x",
      "Automatic reply: x",
    ]
  ) {
    equal(reason("From: a@example.jp", { subject }), "subject", subject);
  }
});
