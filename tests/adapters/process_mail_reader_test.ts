import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import { createHash } from "node:crypto";
import { memoryBlobs } from "../../lib/adapters/memory_blobs.ts";
import { MailReading } from "../../lib/adapters/mail_reading.ts";
import type { ReaderCommand } from "../../lib/adapters/mail_reader_messages.ts";
import { processMailReader, type ReaderLimits } from "../../lib/adapters/process_mail_reader.ts";
import { UnreadableError } from "../../lib/domain/unreadable.ts";
import type { MailReader } from "../../lib/mail/read_mail.ts";
import { DEFAULT_MESSAGE_LIMITS } from "../../lib/mail/message_limits.ts";
import { memorySource } from "../../lib/pdf/byte_source.ts";
import { type Blobs, PortError } from "../../lib/ports.ts";
import { fakeClock } from "../support/fake_clock.ts";
import { rawMail } from "../support/raw_mail.ts";

async function reading(
  options: Partial<ReaderLimits>,
  body: (reader: MailReader, blobs: Blobs) => Promise<void>,
  blobs: Blobs = memoryBlobs(fakeClock()),
): Promise<void> {
  const reader = processMailReader(blobs, options);
  try {
    await body(reader, blobs);
  } finally {
    await reader.close();
  }
}

const MAIL = {
  from: "tanaka@example.co.jp",
  to: "keiyaku@bot.example.lg.jp",
  subject: "契約書",
  text: "本文です。",
};
const content = (size: number) => new Uint8Array(size).map((_, n) => (n * 13) & 255);
const put = async (blobs: Blobs, raw: Uint8Array) => (await blobs.put(raw)).sha256;
const unreadable = (code: string) => (error: unknown) =>
  error instanceof UnreadableError && error.code === code;

Deno.test("a mail is read, its files are in the blobs when it is", async () => {
  await reading({}, async (reader, blobs) => {
    const files = [{ filename: "契約書.pdf", content: content(1_500_000) }, {
      filename: "空.txt",
      content: new Uint8Array(),
    }];
    const mail = await reader.read(await put(blobs, rawMail({ ...MAIL, files })), MAIL.from);
    equal(mail.subject, MAIL.subject);
    equal(mail.text, MAIL.text);
    deepEqual(mail.attachments.map(({ filename, size }) => [filename, size]), [["契約書.pdf", 1_500_000], [
      "空.txt",
      0,
    ]]);
    const expected = createHash("sha256").update(files[0]!.content).digest("hex");
    equal(mail.attachments[0]?.blob, expected);
    deepEqual(await blobs.get(expected), files[0]!.content);
  });
});

Deno.test("many mails at once are read one after the other, each its own", async () => {
  await reading({ messagesPerProcess: 3 }, async (reader, blobs) => {
    const mails = await Promise.all(Array.from({ length: 8 }, async (_, n) => {
      const files = [{ filename: `${n}.pdf`, content: content(300_000 + n) }];
      return await reader.read(
        await put(blobs, rawMail({ ...MAIL, subject: `mail ${n}`, files })),
        MAIL.from,
      );
    }));
    mails.forEach((mail, n) => {
      equal(mail.subject, `mail ${n}`);
      deepEqual(mail.attachments.map(({ filename, size }) => [filename, size]), [[`${n}.pdf`, 300_000 + n]]);
    });
  });
});

Deno.test("the envelope's sender counts", async () => {
  await reading({}, async (reader, blobs) => {
    equal((await reader.read(await put(blobs, rawMail(MAIL)), "")).automatic, "null-sender");
    equal((await reader.read(await put(blobs, rawMail(MAIL)), MAIL.from)).automatic, null);
  });
});

Deno.test("a mail over the limits is unreadable, and the next one is read", async () => {
  const message = { ...DEFAULT_MESSAGE_LIMITS, files: 1 };
  await reading({ message }, async (reader, blobs) => {
    const files = [{ filename: "a", content: content(400_000) }, { filename: "b", content: content(10) }];
    await rejects(
      reader.read(await put(blobs, rawMail({ ...MAIL, files })), MAIL.from),
      unreadable("mail_too_many_files"),
    );
    equal((await reader.read(await put(blobs, rawMail(MAIL)), MAIL.from)).subject, MAIL.subject);
  });
});

Deno.test("a mail that takes too long is unreadable, and costs the worker only", async () => {
  await reading({ wholeMs: 1 }, async (reader, blobs) => {
    const raw = await put(blobs, rawMail(MAIL)); // No worker starts within a millisecond.
    for (let again = 0; again < 2; again++) {
      await rejects(reader.read(raw, MAIL.from), unreadable("mail_too_slow"));
    }
  });
});

Deno.test("a raw message that isn't there can't be read", async () => {
  await reading({}, async (reader) => {
    await rejects(
      reader.read("0".repeat(64), MAIL.from),
      (error) => error instanceof PortError && error.code === "not_found",
    );
  });
});

Deno.test("a store that fails fails the reading, and the next one works", async () => {
  const blobs = memoryBlobs(fakeClock());
  let full = true;
  const failing: Blobs = {
    ...blobs,
    async put(given) {
      if (given instanceof Uint8Array || !full) return await blobs.put(given);
      for await (const _ of given) break;
      throw new PortError("unavailable", "Cannot store a blob: the disk is full", { retryable: true });
    },
  };
  await reading({}, async (reader) => {
    const raw = await put(
      blobs,
      rawMail({ ...MAIL, files: [{ filename: "a.pdf", content: content(3_000_000) }] }),
    );
    await rejects(
      reader.read(raw, MAIL.from),
      (error) => error instanceof PortError && error.message.includes("disk"),
    );
    full = false;
    equal((await reader.read(raw, MAIL.from)).attachments.length, 1);
  }, failing);
});

Deno.test("closing ends what is being read and what waits", async () => {
  const blobs = memoryBlobs(fakeClock());
  const reader = processMailReader(blobs);
  const raw = await put(
    blobs,
    rawMail({ ...MAIL, files: [{ filename: "a.pdf", content: content(3_000_000) }] }),
  );
  const both = [reader.read(raw, MAIL.from), reader.read(raw, MAIL.from)];
  const outcomes = Promise.allSettled(both);
  await Promise.resolve();
  await reader.close();
  for (const outcome of await outcomes) {
    ok(outcome.status === "rejected" && outcome.reason instanceof PortError && outcome.reason.retryable);
  }
});

Deno.test("no more pieces come than the store takes", async () => {
  const blobs = memoryBlobs(fakeClock());
  const gate = Promise.withResolvers<void>();
  const slow: Blobs = {
    ...blobs,
    async put(given) {
      if (!(given instanceof Uint8Array)) await gate.promise;
      return await blobs.put(given);
    },
  };
  const told: ReaderCommand[] = [];
  const source = memorySource(new Uint8Array());
  const times = { silenceMs: 30, wholeMs: 10_000 };
  const ongoing = new MailReading({ postMessage: (command) => void told.push(command) }, source, slow, times);
  ongoing.start({ tell: "read", envelopeFrom: "", limits: DEFAULT_MESSAGE_LIMITS, wish: { html: false } });
  ongoing.hear({ say: "file" });
  await Promise.resolve();
  for (let piece = 0; piece < 6; piece++) ongoing.hear({ say: "piece", bytes: new Uint8Array(10) });
  await new Promise((resolve) => setTimeout(resolve, 100)); // Far longer than a worker may say nothing.
  ok(told.filter(({ tell }) => tell === "go-on").length <= 4, "pieces were asked for that nobody took");
  gate.resolve();
  ongoing.hear({ say: "file-end" });
  await ongoing.settled();
  ongoing.hear({ say: "unreadable", code: "x", message: "y" });
  await rejects(ongoing.outcome, unreadable("x"));
});
