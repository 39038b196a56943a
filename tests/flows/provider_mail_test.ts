/**
 * Mail that a provider keeps for us: from its event or, when that was lost, from its list, into the same inbox as
 * any other mail, once.
 */
import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { resendInbox } from "../../lib/adapters/resend_inbox.ts";
import type { DueEntry } from "../../lib/due/due_index.ts";
import type { DueOutcome } from "../../lib/due/due_worker.ts";
import { handlersOf } from "../../lib/flows/handlers.ts";
import { beginPolling } from "../../lib/flows/poll_inbox.ts";
import type { InboxEntry } from "../../lib/flows/receive_mail.ts";
import { takeEvent } from "../../lib/flows/take_event.ts";
import { PortError } from "../../lib/ports.ts";
import { type FakeInbound, fakeResendInbound, type KeptInbound } from "../support/fake_resend_inbound.ts";
import { paperWorld } from "../support/paper_world.ts";

const RAW = new TextEncoder().encode("Subject: x\r\n\r\nx");
const NEVER = new AbortController().signal;

const mail = (id: string, at: string, more: Partial<KeptInbound> = {}): KeptInbound => ({
  id,
  at,
  from: "tanaka@example.co.jp",
  to: ["keiyaku@bot.example.lg.jp"],
  receivedFor: ["keiyaku@bot.example.lg.jp", "keiyaku@elsewhere.example"],
  raw: new Uint8Array([...RAW, ...new TextEncoder().encode(id)]),
  ...more,
});

/** A world with a provider. `run` carries out what is due of a kind. */
async function withProvider(body: (parts: Awaited<ReturnType<typeof make>>) => Promise<void>): Promise<void> {
  const parts = make();
  try {
    await body(parts);
  } finally {
    await parts.fake.close();
  }
}

function make() {
  const fake: FakeInbound = fakeResendInbound();
  const lookup = () => Promise.resolve([]);
  const options = { apiKey: "re_test", baseUrl: fake.url, maxBytes: 100_000, fetch, lookup };
  const paper = paperWorld({ providerInbox: resendInbox(options) });
  const { world, clock } = paper;
  const handlers = handlersOf(world);
  async function due(kind: string): Promise<DueEntry[]> {
    const entries = await Array.fromAsync(world.store.list<DueEntry>({ prefix: ["due"] }));
    return entries.map(({ value }) => value).filter((entry) => entry.kind === kind);
  }
  async function run(kind: string, attempts = 0): Promise<DueOutcome[]> {
    const outcomes: DueOutcome[] = [];
    for await (const { key, value } of world.store.list<DueEntry>({ prefix: ["due"] })) {
      if (value.kind !== kind) continue;
      outcomes.push(await handlers[kind]!({ ...value, attempts }, NEVER));
      if ("done" in outcomes.at(-1)!) await world.store.commit({ deletes: [key] });
    }
    return outcomes;
  }
  async function inbox(): Promise<InboxEntry[]> {
    const entries = await Array.fromAsync(world.store.list<InboxEntry>({ prefix: ["inbox"] }));
    return entries.map(({ value }) => value);
  }
  return { fake, world, clock, due, run, inbox };
}

Deno.test("an event orders the mail, which then lies in the inbox like any other, with the envelope's own recipients", async () => {
  await withProvider(async ({ fake, world, run, inbox }) => {
    fake.mails.push(mail("mail-0001", world.clock.now()));
    await takeEvent(world, "msg_1", { tells: "received", emailId: "mail-0001" });
    deepEqual(await inbox(), []);
    deepEqual(await run("fetch"), [{ done: true }]);
    const [entry, ...others] = await inbox();
    deepEqual(others, []);
    deepEqual(entry?.envelope, { from: "tanaka@example.co.jp", to: ["keiyaku@bot.example.lg.jp"] });
    equal(entry?.transport?.door, "resend");
    deepEqual(await world.blobs.get(entry!.raw), fake.mails[0]!.raw);
  });
});

Deno.test("an event that comes twice, and two events about one mail, fetch it once", async () => {
  await withProvider(async ({ fake, world, run, inbox, due }) => {
    fake.mails.push(mail("mail-0001", world.clock.now()));
    for (const id of ["msg_1", "msg_1", "msg_2"]) {
      await takeEvent(world, id, { tells: "received", emailId: "mail-0001" });
    }
    equal((await due("fetch")).length, 1);
    await run("fetch");
    await takeEvent(world, "msg_3", { tells: "received", emailId: "mail-0001" });
    deepEqual(await due("fetch"), []);
    equal((await inbox()).length, 1);
  });
});

Deno.test("what breaks on the way is tried again and lost in no case", async () => {
  await withProvider(async ({ fake, world, run, inbox, due }) => {
    fake.mails.push(mail("mail-0001", world.clock.now()));
    await takeEvent(world, "msg_1", { tells: "received", emailId: "mail-0001" });
    fake.moods.push("slower", "fail", "missing");
    for (let time = 0; time < 3; time++) await rejects(run("fetch"), PortError);
    fake.downloadMoods.push("cut");
    await rejects(run("fetch"), PortError);
    deepEqual(await inbox(), []);
    equal((await due("fetch")).length, 1);
    await run("fetch");
    equal((await inbox()).length, 1);
  });
});

Deno.test("a mail that the provider has not after many tries is given up", async () => {
  await withProvider(async ({ world, run, due }) => {
    await takeEvent(world, "msg_1", { tells: "received", emailId: "mail-0009" });
    await rejects(run("fetch", 7), PortError);
    deepEqual(await run("fetch", 8), [{ done: true }]);
    deepEqual(await due("fetch"), []);
  });
});

Deno.test("a mail to nobody here is not downloaded; one that is too large is taken without its files", async () => {
  await withProvider(async ({ fake, world, run, inbox }) => {
    fake.mails.push(
      mail("mail-0001", world.clock.now(), { receivedFor: ["else@bot.example.lg.jp"] }),
      mail("mail-0002", world.clock.now(), {
        raw: new Uint8Array(100_001),
        subject: "契約書",
        text: "送ります",
      }),
    );
    for (const { id } of fake.mails) await takeEvent(world, id, { tells: "received", emailId: id });
    deepEqual(await run("fetch"), [{ done: true }, { done: true }]);
    const [entry, ...others] = await inbox();
    deepEqual(others, []);
    const raw = new TextDecoder().decode(await world.blobs.get(entry!.raw));
    ok(raw.includes("Message-ID: <mail-0002@mail.example.jp>"));
    ok(raw.includes(Buffer.from("（このメールは大きすぎたため、").toString("base64").slice(0, 40)));
    ok(!fake.asked.includes("/raw/mail-0001"));
  });
});

Deno.test("mails whose events were lost are found in the list, among and behind others that were taken", async () => {
  await withProvider(async ({ fake, world, run, inbox, due }) => {
    for (let n = 0; n < 250; n++) fake.mails.push(mail(`mail-${1000 + n}`, world.clock.now()));
    for (const { id } of fake.mails.slice(0, 120)) {
      await takeEvent(world, id, { tells: "received", emailId: id });
    }
    await run("fetch");
    equal((await inbox()).length, 120);
    await beginPolling(world);
    const [outcome] = await run("poll");
    deepEqual(outcome, { again: "2026-11-24T01:05:00.000Z" });
    equal((await due("fetch")).length, 130);
    await run("fetch");
    equal((await inbox()).length, 250);
    await run("poll");
    deepEqual(await due("fetch"), []);
  });
});

Deno.test("a look goes an hour behind the last that came to its end, and a week at most", async () => {
  const DAY = 86_400_000;
  await withProvider(async ({ fake, world, clock, run, due }) => {
    fake.mails.push(mail("mail-old1", "2026-11-10T00:00:00.000Z"));
    await beginPolling(world);
    await run("poll");
    deepEqual(await due("fetch"), [], "older than a week");
    clock.advance(3 * DAY);
    fake.mails.unshift(
      mail("mail-new1", "2026-11-25T00:00:00.000Z"),
      mail("mail-new2", "2026-11-24T00:30:00.000Z"),
    );
    fake.moods.push("slower");
    await rejects(run("poll"), PortError);
    await run("poll");
    deepEqual((await due("fetch")).map(({ id }) => id).sort(), ["fetch/mail-new1", "fetch/mail-new2"]);
    clock.advance(DAY);
    fake.mails.push(mail("mail-late", "2026-11-26T00:00:00.000Z"));
    await run("poll");
    equal((await due("fetch")).length, 2, "a mail of before the last look is looked for no more");
  });
});

Deno.test("polling begins once, and ends when no provider is set any longer", async () => {
  await withProvider(async ({ world, due }) => {
    await beginPolling(world);
    await beginPolling(world);
    const [entry, ...others] = await due("poll");
    deepEqual(others, []);
    const { providerInbox: _, ...without } = world;
    await beginPolling(without);
    deepEqual(await handlersOf(without)["poll"]!(entry!, NEVER), { done: true });
    await beginPolling(without);
    equal((await due("poll")).length, 1);
    await beginPolling(world);
    equal((await due("poll")).length, 1);
  });
});

Deno.test("what was taken is forgotten after a month, so that the memory does not grow for ever", async () => {
  await withProvider(async ({ world, clock, run, due }) => {
    await beginPolling(world);
    const remembered = async () => (await Array.fromAsync(world.store.list({ prefix: ["seen"] }))).length;
    for (let n = 0; n < 250; n++) {
      await takeEvent(world, `msg_${n}`, { tells: "received", emailId: `mail-${n}` });
    }
    await run("poll");
    equal(await remembered(), 250);
    clock.advance(31 * 86_400_000);
    await takeEvent(world, "msg_new", { tells: "received", emailId: "mail-new" });
    await run("poll");
    equal(await remembered(), 1);
    equal((await due("fetch")).length, 251);
  });
});
