/**
 * Resend's own SDK against our fake of its service: what the fake proves of our side is worth something only if the
 * SDK finds in it what it expects, and sends it what we send.
 */
import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { memoryBlobs } from "../../lib/adapters/memory_blobs.ts";
import { resendMailer } from "../../lib/adapters/resend_mailer.ts";
import { instantOf } from "../../lib/domain/instant.ts";
import { letterTag } from "../../lib/mail/letter_tag.ts";
import { isSignedEvent } from "../../lib/mail/webhook_signature.ts";
import { fakeClock } from "../support/fake_clock.ts";
import { fakeResend, type ResendMood } from "../support/fake_resend.ts";
import { fakeResendInbound, signedEvent } from "../support/fake_resend_inbound.ts";
import { callSdk, type SdkCall, signedBySvix } from "./resend_sdk.ts";

const LETTER = {
  from: '"見本県電子契約" <keiyaku@bot.example.lg.jp>',
  to: ["officer@pref.example.lg.jp"],
  subject: "【電子契約】締結のお知らせ",
  text: "本文",
  html: "<p>本文</p>",
};
const SECRET = `whsec_${btoa("0123456789abcdef01234567")}`;

Deno.test("what we send to Resend is what its SDK sends for the same letter", async () => {
  const fake = fakeResend();
  const clock = fakeClock();
  const blobs = memoryBlobs(clock);
  const content = crypto.getRandomValues(new Uint8Array(50_000));
  const file = { filename: "契約書（締結済）.pdf", contentType: "application/pdf" };
  const headers = { "X-Warifu-Kind": "completion", "References": "<case@bot.example.lg.jp>" };
  const messageId = "<0123@bot.example.lg.jp>";
  const replyTo = "keiyaku+c.R8-000001.abcdefghijklmnop@bot.example.lg.jp";
  const mailer = resendMailer(blobs, { apiKey: "re_test", baseUrl: fake.url, fetch });
  try {
    await mailer.send({
      id: "letter",
      messageId,
      from: { name: "見本県電子契約", address: "keiyaku@bot.example.lg.jp" },
      to: LETTER.to[0]!,
      replyTo,
      subject: LETTER.subject,
      text: LETTER.text,
      html: LETTER.html,
      headers,
      attachments: [{ ...file, parts: [(await blobs.put(content)).sha256] }],
    });
    const [result] = await callSdk(fake.url, [["emails.send", {
      ...LETTER,
      replyTo,
      headers: { ...headers, "Message-ID": messageId },
      tags: [{ name: "letter", value: letterTag(messageId) }],
      attachments: [{ ...file, content: content.toBase64() }],
    }, { idempotencyKey: fake.keys[0] + "-sdk" }]]);
    equal(result?.gave?.error, null);
    const [ours, theirs] = fake.taken.map(({ id: _, key: __, ...body }) => body);
    deepEqual(ours, theirs);
    equal(result?.gave?.data?.["id"], fake.taken[1]?.id);
    deepEqual(fake.keys, [fake.keys[0], `${fake.keys[0]}-sdk`]);
  } finally {
    mailer.close();
    await fake.close();
  }
});

Deno.test("the SDK understands each way in which the fake refuses, breaks off or remembers", async () => {
  const fake = fakeResend();
  const moods: ResendMood[] = ["take", "take", "take", { slower: 2 }, "fail", "cut_after_taking", {
    status: 422,
    name: "validation_error",
    message: "Invalid `to` field.",
  }];
  fake.moods.push(...moods);
  const send = (key: string, subject = LETTER.subject): SdkCall => [
    "emails.send",
    { ...LETTER, subject },
    { idempotencyKey: key },
  ];
  try {
    const results = await callSdk(fake.url, [
      send("a"),
      send("a"),
      send("a", "other"),
      send("b"),
      send("c"),
      send("d"),
      send("e"),
      send("d"),
    ]);
    const gave = results.map((each) => each.gave);
    deepEqual(gave.map((each) => each?.error && [each.error.name, each.error.statusCode]), [
      null,
      null,
      ["invalid_idempotent_request", 409],
      ["rate_limit_exceeded", 429],
      ["application_error", 500],
      ["application_error", null],
      ["validation_error", 422],
      null,
    ]);
    equal(gave[0]?.data?.["id"], gave[1]?.data?.["id"]);
    equal(gave[3]?.headers?.["retry-after"], "2");
    deepEqual(fake.taken.map(({ key }) => key), ["a", "d"]);
    equal(gave[7]?.data?.["id"], fake.taken[1]?.id, "cut off, but taken: the same key gives the same letter");
    const [wrong] = await callSdk(fake.url, [send("f")], "re_wrong");
    equal(wrong?.gave?.error?.statusCode, 401);
  } finally {
    await fake.close();
  }
});

Deno.test("the SDK reads received mails, their raw form, their files and their list from the fake", async () => {
  const inbound = fakeResendInbound();
  const raw = new TextEncoder().encode("From: a@example.jp\r\n\r\nhello\r\n");
  const file = { filename: "a.pdf", contentType: "application/pdf", content: new Uint8Array([1, 2, 3]) };
  const about = { at: "2026-11-24T01:00:00.000Z", from: "a@example.jp", to: ["keiyaku@bot.example.lg.jp"] };
  inbound.mails.push({ ...about, id: "mail-2", raw, files: [file] }, { ...about, id: "mail-1", raw: null });
  try {
    const [got, listed, after, files, missing] = await callSdk(inbound.url, [
      ["emails.receiving.get", "mail-2", { html_format: "cid" }],
      ["emails.receiving.list", { limit: 100 }],
      ["emails.receiving.list", { limit: 100, after: "mail-2" }],
      ["emails.receiving.attachments.list", { emailId: "mail-2" }],
      ["emails.receiving.get", "mail-0"],
    ]);
    const place = got?.gave?.data?.["raw"] as { download_url: string };
    deepEqual(await (await fetch(place.download_url)).bytes(), raw);
    deepEqual(got?.gave?.data?.["to"], about.to);
    const ids = (data: unknown) => (data as { id: string }[]).map(({ id }) => id);
    deepEqual(ids(listed?.gave?.data?.["data"]), ["mail-2", "mail-1"]);
    deepEqual(ids(after?.gave?.data?.["data"]), ["mail-1"]);
    const [only] = files?.gave?.data?.["data"] as { download_url: string; content_type: string }[];
    equal(only?.content_type, file.contentType);
    deepEqual(await (await fetch(only?.download_url ?? "")).bytes(), file.content);
    equal(missing?.gave?.error?.name, "not_found");
  } finally {
    await inbound.close();
  }
});

Deno.test("events that one side signs the other side takes, and neither takes what is changed or late", async () => {
  const ms = Math.floor(Date.now() / 1000) * 1000;
  const body = JSON.stringify({
    type: "email.delivered",
    created_at: instantOf(ms),
    data: { subject: "契約" },
  });
  const signature = await signedBySvix(SECRET, { id: "msg_1", ms, body });
  const ours = (text: string, at: number, secret = SECRET) =>
    isSignedEvent(secret, {
      id: "msg_1",
      timestamp: String(ms / 1000),
      signatures: signature,
      body: new TextEncoder().encode(text),
    }, instantOf(at));
  ok(ours(body, ms));
  ok(ours(body, ms + 299_000));
  equal(ours(body, ms + 301_000), false);
  equal(ours(`${body} `, ms), false);
  equal(ours(body, ms, `whsec_${btoa("another secret of length")}`), false);

  const verify = (at: number, change = ""): SdkCall => {
    const event = signedEvent(SECRET, { id: "msg_2", at: instantOf(at), body: JSON.parse(body) });
    const { "svix-id": id, "svix-timestamp": timestamp, "svix-signature": signature } = event.headers;
    const headers = { id, timestamp, signature };
    return ["webhooks.verify", { payload: event.body + change, headers, webhookSecret: SECRET }];
  };
  const [taken, changed, late] = await callSdk("http://127.0.0.1:9", [
    verify(ms),
    verify(ms, " "),
    verify(ms - 301_000),
  ]);
  deepEqual(taken?.gave as unknown, JSON.parse(body));
  match(changed?.threw ?? "", /signature/i);
  match(late?.threw ?? "", /timestamp/i);
});
