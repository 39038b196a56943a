import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { memoryBlobs } from "../../lib/adapters/memory_blobs.ts";
import { memoryStore } from "../../lib/adapters/memory_store.ts";
import type { InboxEntry } from "../../lib/flows/receive_mail.ts";
import type { World } from "../../lib/flows/world.ts";
import { PortError } from "../../lib/ports.ts";
import { inboundMime } from "../../routes/inbound_mime.ts";
import { fakeClock } from "../support/fake_clock.ts";
import { rawMail } from "../support/raw_mail.ts";
import { SILENT } from "../support/silent_log.ts";

const TOKEN = "inbound-token-of-the-test";
const RAW = rawMail({
  from: "tanaka@example.co.jp",
  to: "keiyaku@bot.example.lg.jp",
  subject: "契約書",
  text: "本文",
});

/** The parts of the world that taking mail in needs. */
function inbound(overrides: Partial<World> = {}) {
  const clock = fakeClock();
  const store = memoryStore();
  const blobs = memoryBlobs(clock);
  let woken = 0;
  const parts: Partial<World> = { store, blobs, clock, log: SILENT, wake: () => void woken++, ...overrides };
  const app = inboundMime(parts as World, { token: TOKEN, maxBytes: 100_000 });
  const post = (headers: Record<string, string>, body: BodyInit = RAW) =>
    app.request("/inbound/mime", {
      method: "POST",
      body,
      headers: {
        "authorization": `Bearer ${TOKEN}`,
        "content-type": "message/rfc822",
        "x-envelope-from": "tanaka@example.co.jp",
        "x-envelope-to": "keiyaku@bot.example.lg.jp",
        ...headers,
      },
    });
  const arrived = async () =>
    (await Array.fromAsync(store.list<InboxEntry>({ prefix: ["inbox"] }))).map(({ value }) => value);
  return { blobs, post, arrived, woken: () => woken };
}

Deno.test("a message is stored with its envelope before it is answered", async () => {
  const { post, arrived, blobs, woken } = inbound();
  const answer = await post({ "x-envelope-to": "keiyaku@bot.example.lg.jp, <keiyaku+a@bot.example.lg.jp>" });
  equal(answer.status, 202);
  const [entry, ...others] = await arrived();
  deepEqual(others, []);
  deepEqual(entry?.envelope, {
    from: "tanaka@example.co.jp",
    to: ["keiyaku@bot.example.lg.jp", "keiyaku+a@bot.example.lg.jp"],
  });
  deepEqual(await blobs.get(entry!.raw), RAW);
  equal(woken(), 1);
});

Deno.test("a message handed in twice is one", async () => {
  const { post, arrived } = inbound();
  for (let again = 0; again < 2; again++) equal((await post({})).status, 202);
  equal((await arrived()).length, 1);
});

Deno.test("the null sender is written in either way", async () => {
  for (const from of ["<>", ""]) {
    const { post, arrived } = inbound();
    equal((await post({ "x-envelope-from": from })).status, 202);
    equal((await arrived())[0]?.envelope.from, "");
  }
});

const REFUSALS: readonly (readonly [string, number, Record<string, string>])[] = [
  ["no token", 401, { authorization: "" }],
  ["another scheme", 401, { authorization: `Basic ${TOKEN}` }],
  ["a wrong token", 403, { authorization: "Bearer inbound-token-of-the-tesT" }],
  ["a longer token", 403, { authorization: `Bearer ${TOKEN}x` }],
  ["another content type", 415, { "content-type": "application/json" }],
  ["no recipient", 400, { "x-envelope-to": " " }],
  ["a recipient that is none", 400, { "x-envelope-to": "keiyaku" }],
  ["a sender that is none", 400, { "x-envelope-from": "a b@example.jp" }],
  ["too many recipients", 400, {
    "x-envelope-to": Array.from({ length: 101 }, (_, n) => `a${n}@b.jp`).join(","),
  }],
  ["a length above the limit", 413, { "content-length": "100001" }],
];

for (const [name, status, headers] of REFUSALS) {
  Deno.test(`${name}: ${status}, nothing is stored`, async () => {
    const { post, arrived } = inbound();
    const answer = await post(headers);
    equal(answer.status, status);
    ok(!(await answer.text()).includes("@"));
    deepEqual(await arrived(), []);
  });
}

Deno.test("a message that grows above the limit while it comes is refused", async () => {
  const { post, arrived } = inbound();
  const endless = ReadableStream.from((async function* () {
    for (let piece = 0; piece < 20; piece++) yield await Promise.resolve(new Uint8Array(10_000));
  })());
  equal((await post({}, endless)).status, 413);
  deepEqual(await arrived(), []);
});

Deno.test("what can't be stored just now is to be handed in again", async () => {
  const blobs = memoryBlobs(fakeClock());
  const failing = () =>
    Promise.reject(new PortError("unavailable", "Cannot store a blob", { retryable: true }));
  const { post } = inbound({ blobs: { ...blobs, put: failing } });
  const answer = await post({});
  equal(answer.status, 503);
  equal(answer.headers.get("retry-after"), "60");
});
