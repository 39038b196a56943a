/**
 * Mails that no program writes: each was found by damaging mails at random (`tests/fuzz`).
 *
 * @module
 */
import { rejects } from "node:assert/strict";
import { latin1Bytes } from "../../lib/pdf/characters.ts";
import { DEFAULT_MESSAGE_LIMITS } from "../../lib/mail/message_limits.ts";
import { readMessage } from "../../lib/mail/read_message.ts";

async function* pieces(text: string): AsyncGenerator<Uint8Array> {
  yield latin1Bytes(text);
  await Promise.resolve();
}

const store = () => Promise.reject(new TypeError("Cannot store: there are no files"));

Deno.test("a mail whose parts grow too many while one is read is refused, not waited for", async () => {
  const part = "--d\r\nContent-Type: text/plain\r\n\r\nThis is the mail system.\r\n\r\n";
  for (let parts = 1; parts < 8; parts++) {
    const mail = `Content-Type: text/plain; boundary="d"\r\n${part.repeat(parts)}--d\r\nX: y\r\nd--`;
    const read = readMessage(pieces(mail), "a@example.jp", store, {
      ...DEFAULT_MESSAGE_LIMITS,
      parts: parts - 1,
    });
    if (parts > 1) await rejects(read, { name: "UnreadableError", code: "mail_too_many_parts" });
    else await read;
  }
});
