import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import { resendInbox, type ResendInboxOptions } from "../../lib/adapters/resend_inbox.ts";
import { TooLargeError } from "../../lib/mail/bounded_stream.ts";
import type { ProviderInbox } from "../../lib/mail/provider_inbox.ts";
import { PortError, type PortFault } from "../../lib/ports.ts";
import {
  type FakeInbound,
  fakeResendInbound,
  type InboundMood,
  type KeptInbound,
} from "../support/fake_resend_inbound.ts";

const RAW = new TextEncoder().encode("Subject: x\r\n\r\n契約");
const MAIL: KeptInbound = {
  id: "56761188-7520-42d8-8898-ff6fc54ce618",
  at: "2026-11-24T01:00:00.000Z",
  from: "田中 <tanaka@example.co.jp>",
  to: ["Bot <keiyaku@bot.example.lg.jp>"],
  receivedFor: ["keiyaku+bukken@bot.example.lg.jp"],
  raw: RAW,
};
const NEVER = new AbortController().signal;
const whole = async (inbox: ProviderInbox) => await bytesOf((await inbox.fetch(MAIL.id, NEVER)).content);

async function withFake(
  options: Partial<ResendInboxOptions>,
  body: (inbox: ReturnType<typeof resendInbox>, fake: FakeInbound) => Promise<void>,
): Promise<void> {
  const fake = fakeResendInbound();
  fake.mails.push(MAIL);
  const inbox = resendInbox({
    apiKey: "re_test",
    baseUrl: fake.url,
    maxBytes: 1_000_000,
    fetch,
    lookup: () => Promise.resolve([]),
    ...options,
  });
  try {
    await body(inbox, fake);
  } finally {
    await fake.close();
  }
}

const bytesOf = async (content: ReadableStream<Uint8Array>) =>
  new Uint8Array(await new Response(content).arrayBuffer());
const fault = (code: PortFault) => (error: unknown) =>
  error instanceof PortError && error.code === code && error.retryable &&
  !/@|secret|re_test/.test(error.message);

Deno.test("a mail comes raw, with the envelope's recipients and not those of its header", async () => {
  await withFake({}, async (inbox) => {
    const { envelope, content } = await inbox.fetch(MAIL.id, NEVER);
    deepEqual(envelope, { from: "tanaka@example.co.jp", to: ["keiyaku+bukken@bot.example.lg.jp"] });
    deepEqual(await bytesOf(content), RAW);
  });
});

Deno.test("Return-Path tells the envelope's sender, the null sender too; without recipients the header's count", async () => {
  await withFake({}, async (inbox, fake) => {
    fake.mails[0] = { ...MAIL, receivedFor: [], headers: { "return-path": "<>" } };
    const { envelope, content } = await inbox.fetch(MAIL.id, NEVER);
    deepEqual(envelope, { from: "", to: ["keiyaku@bot.example.lg.jp"] });
    await content.cancel();
  });
});

const MOODS: readonly (readonly [InboundMood, PortFault])[] = [
  ["slower", "unavailable"],
  ["fail", "unavailable"],
  ["missing", "not_found"],
  ["nonsense", "unavailable"],
  ["elsewhere", "unavailable"],
];

for (const [mood, code] of MOODS) {
  Deno.test(`an answer "${mood}" is tried again as ${code}`, async () => {
    await withFake({}, async (inbox, fake) => {
      fake.moods.push(mood);
      await rejects(whole(inbox), fault(code));
      deepEqual(await whole(inbox), RAW);
    });
  });
}

Deno.test("a download that breaks off or has run out is no mail", async () => {
  await withFake({}, async (inbox, fake) => {
    fake.downloadMoods.push("cut");
    await rejects(whole(inbox), fault("unavailable"));
    fake.downloadMoods.push("missing");
    await rejects(whole(inbox), fault("unavailable"));
  });
});

Deno.test("a wrong key can be mended", async () => {
  await withFake(
    { apiKey: "re_wrong" },
    (inbox) => rejects(inbox.fetch(MAIL.id, NEVER), fault("misconfigured")),
  );
});

Deno.test("a larger mail than agreed ends as such", async () => {
  await withFake({ maxBytes: 5 }, async (inbox) => {
    await rejects(whole(inbox), TooLargeError);
  });
});

const PLACES: readonly (readonly [string, readonly string[], boolean])[] = [
  ["https://inbound-cdn.resend.com/raw/1?signature=s", ["104.18.1.1"], true],
  ["https://inbound-cdn.resend.com/raw/1", ["104.18.1.1", "10.0.0.1"], false],
  ["https://internal.example/raw", ["169.254.169.254"], false],
  ["https://nowhere.example/raw", [], false],
  ["https://[::1]/raw", ["::1"], false],
  ["https://127.0.0.1/raw", ["127.0.0.1"], false],
  ["http://inbound-cdn.resend.com/raw/1", ["104.18.1.1"], false],
  ["https://inbound-cdn.resend.com:8443/raw/1", ["104.18.1.1"], false],
  ["https://user:secret@inbound-cdn.resend.com/raw/1", ["104.18.1.1"], false],
  ["file:///etc/passwd", ["104.18.1.1"], false],
  ["nonsense", ["104.18.1.1"], false],
];

for (const [place, addresses, allowed] of PLACES) {
  Deno.test(`${place.replace("secret", "…")} at ${addresses}: ${allowed ? "downloaded" : "not asked"}`, async () => {
    const asked: string[] = [];
    const answer = { ...MAIL, created_at: MAIL.at, raw: { download_url: place } };
    const inbox = resendInbox({
      apiKey: "re_test",
      baseUrl: null,
      maxBytes: 1_000,
      fetch: (url, init) => {
        asked.push(url);
        equal(init.redirect, "manual");
        return Promise.resolve(
          url.startsWith("https://api.resend.com/") ? Response.json(answer) : new Response(RAW),
        );
      },
      lookup: () => Promise.resolve(addresses),
    });
    if (allowed) deepEqual(await whole(inbox), RAW);
    else await rejects(whole(inbox), fault("unavailable"));
    equal(asked.length, allowed ? 2 : 1);
  });
}

Deno.test("where the raw form is not kept, the mail is put together again from its parts", async () => {
  const pdf = new TextEncoder().encode("%PDF-1.7 契約");
  await withFake({}, async (inbox, fake) => {
    fake.mails[0] = {
      ...MAIL,
      raw: null,
      subject: "同意書の提出",
      text: "よろしくお願いします。",
      headers: { "In-Reply-To": "<1@bot.example.lg.jp>", "auto-submitted": "no", "X-Evil": "1" },
      files: [{ filename: "同意書.pdf", contentType: "application/pdf", content: pdf }],
    };
    const { content } = await inbox.fetch(MAIL.id, NEVER);
    const text = new TextDecoder().decode(await bytesOf(content));
    ok(text.includes(`Message-ID: <${MAIL.id}@mail.example.jp>`));
    ok(text.includes("In-Reply-To: <1@bot.example.lg.jp>"));
    ok(text.includes("Auto-Submitted: no"));
    ok(!text.includes("X-Evil"));
    ok(text.includes(`filename*=utf-8''${encodeURIComponent("同意書.pdf")}`));
    ok(text.includes(pdf.toBase64()));
  });
});

Deno.test("the list comes by pages", async () => {
  await withFake({}, async (inbox, fake) => {
    for (let n = 0; n < 150; n++) fake.mails.push({ ...MAIL, id: `mail-${n}` });
    const first = await inbox.list(null, NEVER);
    deepEqual([first.mails.length, first.more, first.mails[0]], [100, true, { id: MAIL.id, at: MAIL.at }]);
    const second = await inbox.list(first.mails.at(-1)!.id, NEVER);
    deepEqual([second.mails.length, second.more, second.mails.at(-1)?.id], [51, false, "mail-149"]);
  });
});
