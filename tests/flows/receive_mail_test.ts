import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import { memoryBlobs } from "../../lib/adapters/memory_blobs.ts";
import { type InboxEntry, receiveMail } from "../../lib/flows/receive_mail.ts";
import { PortError } from "../../lib/ports.ts";
import { fakeClock } from "../support/fake_clock.ts";
import { paperWorld } from "../support/paper_world.ts";

const ENVELOPE = { from: "a@vendor.example.jp", to: ["keiyaku@bot.example.lg.jp"] };
const content = (text: string) => new Blob([text]).stream();

async function kept(world: ReturnType<typeof paperWorld>["world"]) {
  const entries: InboxEntry[] = [];
  for await (const { value } of world.store.list<InboxEntry>({ prefix: ["inbox"] })) entries.push(value);
  return entries;
}

Deno.test("a mail is stored with the order to read it, and the worker is woken", async () => {
  let woken = 0;
  const { world } = paperWorld({ wake: () => woken++ });
  const transport = { door: "smtp", clientIp: "192.0.2.1", helo: "mx.example.jp", encrypted: true } as const;
  await receiveMail(world, { envelope: ENVELOPE, content: content("mail"), transport });
  const [entry] = await kept(world);
  deepEqual([entry?.fate, entry?.size, entry?.envelope], ["waiting", 4, ENVELOPE]);
  deepEqual(entry?.transport, transport);
  equal(await world.blobs.has(entry!.raw), true);
  equal(woken, 1);
});

Deno.test("the very same mail from the same envelope is stored once", async () => {
  const { world } = paperWorld();
  for (const text of ["mail", "mail", "other"]) {
    await receiveMail(world, { envelope: ENVELOPE, content: content(text) });
  }
  equal((await kept(world)).length, 2);
});

Deno.test("a mail that can't be stored is not taken", async () => {
  const inner = memoryBlobs(fakeClock());
  const full = () =>
    Promise.reject(new PortError("unavailable", "Cannot store: the disk is full", { retryable: true }));
  const { world } = paperWorld({ blobs: { ...inner, put: full } });
  await rejects(receiveMail(world, { envelope: ENVELOPE, content: content("mail") }), PortError);
  deepEqual(await kept(world), []);
});
