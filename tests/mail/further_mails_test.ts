/**
 * Mails with the habits of further programs, against what a person reads in them. `make.py` beside them says which.
 */
import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { DEFAULT_MESSAGE_LIMITS } from "../../lib/mail/message_limits.ts";
import type { ReadMail } from "../../lib/mail/read_mail.ts";
import { readMessage } from "../../lib/mail/read_message.ts";

type Truth = {
  readonly subject?: string;
  readonly text?: string;
  readonly files?: readonly string[];
  /** Files that are among others. */
  readonly includes?: readonly string[];
  readonly from?: readonly (readonly [name: string, address: string])[];
};

const FOLDER = new URL("../fixtures/mails_further/", import.meta.url);
const truths = JSON.parse(Deno.readTextFileSync(new URL("truth.json", FOLDER))) as Record<string, Truth>;

/** Reads a mail in pieces of an odd size, so that every mark is cut somewhere. */
async function read(name: string): Promise<ReadMail> {
  const raw = await Deno.readFile(new URL(name, FOLDER));
  const pieces = async function* () {
    for (let at = 0; at < raw.length; at += 61) yield await Promise.resolve(raw.subarray(at, at + 61));
  };
  return await readMessage(
    pieces(),
    "tanaka@vendor.example.jp",
    async (content) => {
      let size = 0;
      for await (const piece of content) size += piece.length;
      return { blob: "0", size };
    },
    DEFAULT_MESSAGE_LIMITS,
  );
}

for (const [name, truth] of Object.entries(truths)) {
  Deno.test(`further mail ${name}`, async () => {
    const mail = await read(name);
    const files = mail.attachments.map(({ filename }) => filename);
    if (truth.subject !== undefined) equal(mail.subject, truth.subject);
    if (truth.text !== undefined) ok(mail.text.includes(truth.text), mail.text);
    if (truth.files !== undefined) deepEqual(files, truth.files);
    for (const file of truth.includes ?? []) ok(files.includes(file), files.join());
    if (truth.from !== undefined) {
      deepEqual(mail.from.map(({ name, address }) => [name, address]), truth.from);
    }
  });
}
