import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { Buffer } from "node:buffer";
import fc from "fast-check";
import { DEFAULT_MESSAGE_LIMITS } from "../../lib/mail/message_limits.ts";
import { readMessage } from "../../lib/mail/read_message.ts";
import { type MessageDraft, writeMessage } from "../../lib/mail/write_message.ts";

const draft: MessageDraft = {
  messageId: "one@mailbox.example",
  date: new Date("2026-11-24T01:00:00Z"),
  from: "tanaka@example.co.jp",
  to: "keiyaku@bot.example.lg.jp",
  subject: "電子契約同意書の提出について（𠮷野）",
  text: "本文です。\n.\n二行目",
  inReplyTo: "letter@bot.example.lg.jp",
  files: [{
    filename: "契約書 '1'(表).pdf",
    contentType: "application/pdf",
    content: new Uint8Array(200_000).fill(7),
  }],
};

async function readBack(given: MessageDraft) {
  const files: Uint8Array[] = [];
  const raw = ReadableStream.from(writeMessage(given));
  const mail = await readMessage(raw, given.from, async (content) => {
    const pieces = await Array.fromAsync(content);
    files.push(new Uint8Array(Buffer.concat(pieces)));
    return { blob: String(files.length), size: files.at(-1)!.length };
  }, DEFAULT_MESSAGE_LIMITS);
  return { mail, files };
}

Deno.test("what is written is read back", async () => {
  const { mail, files } = await readBack(draft);
  equal(mail.subject, draft.subject);
  equal(mail.text, draft.text);
  equal(mail.messageId, draft.messageId);
  deepEqual(mail.references, [draft.inReplyTo]);
  deepEqual(mail.from, [{ name: "", address: draft.from }]);
  deepEqual(mail.attachments, [{
    filename: "契約書 '1'(表).pdf",
    contentType: "application/pdf",
    size: 200_000,
    blob: "1",
  }]);
  equal(Buffer.compare(files[0]!, draft.files[0]!.content), 0);
});

Deno.test("no field begins a header line of its own, and no line is too long", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    const nasty = `${text}\r\nBcc: x@example.jp`;
    const written = Buffer.concat([
      ...writeMessage({ ...draft, subject: nasty, from: nasty, messageId: nasty }),
    ]).toString();
    const header = written.split("\r\n\r\n", 1)[0]!;
    ok(!/^Bcc:/im.test(header));
    ok(written.split("\r\n").every((line) => line.length <= 998));
  }));
});
