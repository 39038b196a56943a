/**
 * Mails that no program writes: each was found by damaging mails at random (`tests/fuzz`).
 *
 * @module
 */
import { ok, rejects, strictEqual as equal } from "node:assert/strict";
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

const HEAD = "From: a@example.jp\r\nTo: b@example.jp\r\nSubject: x\r\nMIME-Version: 1.0\r\n";
const MIXED = `${HEAD}Content-Type: multipart/mixed; boundary="b"\r\n\r\n`;
const ADDRESSES = Array.from({ length: 200_000 }, (_, n) => `a${n}@b.jp`).join(",\r\n ");
const REPORT = `${HEAD}Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n` +
  "--b\r\nContent-Type: message/delivery-status\r\n\r\n";

/** Mails that ask for far more work than they are long; null where they are read all the same. */
const BOMBS: readonly (readonly [name: string, mail: string, code: string | null])[] = [
  ["50,000 parts", `${MIXED}${"--b\r\n\r\nx\r\n".repeat(50_000)}--b--`, "mail_too_many_parts"],
  ["200,000 addresses", HEAD.replace("b@example.jp", ADDRESSES), "mail_too_many_parts"],
  ["1,001 addresses", HEAD.replace("b@example.jp", "a@b.jp,".repeat(1_001)), "mail_too_many_addresses"],
  ["120,000 names without addresses", HEAD.replace("b@example.jp", "a,".repeat(120_000)), null],
  [
    "multiparts 1,000 deep",
    HEAD +
    Array.from(
      { length: 1_000 },
      (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`,
    )
      .join(""),
    "mail_too_many_parts",
  ],
  [
    "messages 1,000 deep",
    `${HEAD}${"Content-Type: message/rfc822\r\n\r\nSubject: x\r\n".repeat(1_000)}`,
    "mail_too_deep",
  ],
  ["a header of 1 MB", `X: ${"y".repeat(1_000_000)}\r\n${HEAD}`, "mail_too_many_parts"],
  ["a report on 60,000 recipients", REPORT + "Final-Recipient: rfc822; a@b.jp\r\n".repeat(60_000), null],
  ["80,000 encoded words", HEAD.replace("Subject: x", `Subject: ${"=?".repeat(120_000)}`), null],
  [
    "a name of 12,000 words",
    `${MIXED}--b\r\nContent-Type: a/b; name="${"=?utf-8?Q?=41?= ".repeat(12_000)}"\r\n\r\nx`,
    null,
  ],
  ["HTML 300,000 deep", `${HEAD}Content-Type: text/html\r\n\r\n${"<div>".repeat(300_000)}`, null],
];

const keep = async (content: AsyncIterable<Uint8Array>) => {
  let size = 0;
  for await (const piece of content) size += piece.length;
  return { blob: "0", size };
};

for (const [name, mail, code] of BOMBS) {
  Deno.test(`${name}: ${code ?? "read"}, in no time`, async () => {
    const begun = performance.now();
    const read = readMessage(pieces(mail), "a@example.jp", keep, DEFAULT_MESSAGE_LIMITS);
    if (code === null) equal((await read).from.length, 1);
    else await rejects(read, { name: "UnreadableError", code });
    // Work that grows with the square of the length takes minutes.
    ok(performance.now() - begun < 10_000);
  });
}
