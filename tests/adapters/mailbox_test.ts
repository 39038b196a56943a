import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { isMailbox, mailboxMailer } from "../../lib/adapters/mailbox.ts";
import { memoryBlobs } from "../../lib/adapters/memory_blobs.ts";
import { memoryStore } from "../../lib/adapters/memory_store.ts";
import { type Delivered, LETTER, mailerConformance } from "../conformance/mailer.ts";
import { fakeClock } from "../support/fake_clock.ts";

function openMailbox() {
  const clock = fakeClock();
  const store = memoryStore();
  const blobs = memoryBlobs(clock);
  return { clock, store, blobs, mailer: mailboxMailer(store, blobs, clock) };
}

mailerConformance("mailbox", () => {
  const { store, blobs, mailer } = openMailbox();
  async function delivered(): Promise<Delivered[]> {
    const letters = await Promise.all((await mailer.kept()).map(({ id }) => mailer.letter(id)));
    return await Promise.all(letters.map(async (letter) => {
      const { mail } = letter!;
      const attachments = await Promise.all(mail.attachments.map(async ({ filename, contentType, parts }) => {
        const pieces = await Promise.all(parts.map((part) => blobs.get(part)));
        return { filename, contentType, content: await new Blob(pieces).bytes() };
      }));
      const headers = new Map(
        Object.entries(mail.headers).map(([name, value]) => [name.toLowerCase(), value]),
      );
      const { to, from, replyTo = null, subject, text, html, messageId } = mail;
      return {
        to,
        fromName: from.name,
        fromAddress: from.address,
        replyTo,
        subject,
        text,
        html,
        messageId,
        headers,
        attachments,
      };
    }));
  }
  return Promise.resolve({ mailer, blobs, delivered, remove: () => Promise.resolve(store.close()) });
});

Deno.test("the same letter is kept once, even when it is sent twice at once", async () => {
  const { mailer } = openMailbox();
  await Promise.all([mailer.send(LETTER), mailer.send(LETTER)]);
  await mailer.send(LETTER);
  equal((await mailer.kept()).length, 1);
});

Deno.test("letters are listed in order, by recipient on demand", async () => {
  const { mailer, clock } = openMailbox();
  await mailer.send({ ...LETTER, id: "z" });
  clock.advance(1_000);
  await mailer.send({ ...LETTER, id: "a", to: "Suzuki@Example.co.jp", headers: {} });
  deepEqual((await mailer.kept()).map(({ to }) => to), ["tanaka@example.co.jp", "Suzuki@Example.co.jp"]);
  const [entry, ...others] = await mailer.kept("suzuki@example.co.jp");
  deepEqual(others, []);
  ok(/^[0-9a-f]{24}$/.test(entry!.id));
  deepEqual({ ...entry, id: "" }, {
    id: "",
    to: "Suzuki@Example.co.jp",
    subject: LETTER.subject,
    kind: null,
    caseNumber: null,
    at: clock.now(),
  });
});

Deno.test("a letter that isn't there is none", async () => {
  equal(await openMailbox().mailer.letter("0".repeat(24)), null);
});

Deno.test("the mailbox is known from other mailers", () => {
  const { mailer } = openMailbox();
  equal(isMailbox(mailer), true);
  equal(isMailbox({ send: mailer.send, ready: mailer.ready, close: mailer.close }), false);
});
