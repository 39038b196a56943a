import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import { Buffer } from "node:buffer";
import fc from "fast-check";
import { UnreadableError } from "../../lib/domain/unreadable.ts";
import { DEFAULT_MESSAGE_LIMITS, type MessageLimits } from "../../lib/mail/message_limits.ts";
import type { ReadMail } from "../../lib/mail/read_mail.ts";
import { readMessage } from "../../lib/mail/read_message.ts";

type Raw = string | Uint8Array;

/** Reads a message; a text is taken as UTF-8 with `\n` for CRLF. */
async function read(
  raw: Raw,
  limits: Partial<MessageLimits> = {},
): Promise<ReadMail & { contents: string[] }> {
  const bytes = typeof raw === "string" ? new TextEncoder().encode(raw.replaceAll("\n", "\r\n")) : raw;
  const contents: string[] = [];
  const mail = await readMessage(
    ReadableStream.from([bytes]),
    "a@example.jp",
    async (content) => {
      const whole = Buffer.concat(await Array.fromAsync(content));
      contents.push(whole.toString("latin1"));
      return { blob: String(contents.length), size: whole.length };
    },
    { ...DEFAULT_MESSAGE_LIMITS, ...limits },
  );
  return { ...mail, contents };
}

const unreadable = (code: string) => (error: unknown) =>
  error instanceof UnreadableError && error.code === code;

const multipart = (type: string, parts: readonly string[], boundary = "B") =>
  `Content-Type: multipart/${type}; boundary=${boundary}\n\n` +
  parts.map((part) => `--${boundary}\n${part}\n`).join("") + `--${boundary}--\n`;
const HEADER = "From: a@example.jp\nTo: b@example.jp\nSubject: x\n";
const binary = (...pieces: (string | readonly number[])[]): Uint8Array =>
  Buffer.concat(pieces.map((piece) => typeof piece === "string" ? Buffer.from(piece) : Buffer.from(piece)));

Deno.test("a name in bare Shift_JIS keeps characters whose second byte is a backslash", async () => {
  const name = [0x90, 0x5c, 0x8d, 0x9e, 0x8f, 0x91]; // 申込書
  const raw = binary(
    `${HEADER}Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: application/pdf; name="`
      .replaceAll("\n", "\r\n"),
    name,
    '.pdf"\nContent-Disposition: attachment\n\nx\n--B--\n'.replaceAll("\n", "\r\n"),
  );
  deepEqual((await read(raw)).attachments.map((file) => file.filename), ["申込書.pdf"]);
});

Deno.test("a subject in bare Shift_JIS is read", async () => {
  const raw = binary("From: a@example.jp\r\nSubject: ", [0x8c, 0x5f, 0x96, 0xf1, 0x8f, 0x91], "\r\n\r\nx");
  equal((await read(raw)).subject, "契約書");
});

Deno.test("a text part with a name that is no attachment is the text; a named one is a file", async () => {
  const body = "Content-Type: text/plain; charset=utf-8; name=body\n\n本文";
  const file =
    "Content-Type: text/plain; charset=utf-8\nContent-Disposition: inline; filename=memo.txt\n\n覚え";
  const mail = await read(HEADER + multipart("mixed", [body, file]));
  equal(mail.text, "本文");
  deepEqual(mail.attachments.map(({ filename }) => filename), ["memo.txt"]);
});

Deno.test("images that the HTML shows are no attachments; a PDF beside them is", async () => {
  const html = "Content-Type: text/html\n\n<p>hi</p><img src=cid:logo>";
  const image = "Content-Type: image/png; name=logo.png\nContent-ID: <logo>\n\nPNG";
  const pdf = "Content-Type: application/pdf; name=a.pdf\nContent-ID: <pdf>\n\nPDF";
  const mail = await read(HEADER + multipart("related", [html, image, pdf]));
  deepEqual(mail.attachments.map(({ filename }) => filename), ["a.pdf"]);
  equal(mail.text, "hi");
});

Deno.test("messages within messages are opened, encoded ones too", async () => {
  const inner = `From: c@example.jp\nSubject: inner\n${
    multipart("mixed", [
      "Content-Type: text/plain\n\ninner text",
      "Content-Type: application/pdf; name=in.pdf\n\nPDF",
    ], "C")
  }`;
  const encoded = Buffer.from(inner.replaceAll("\n", "\r\n")).toString("base64");
  for (
    const part of [
      `Content-Type: message/rfc822\n\n${inner}`,
      `Content-Type: message/rfc822\nContent-Disposition: inline\n\n${inner}`,
      `Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n${encoded}`,
    ]
  ) {
    const mail = await read(HEADER + multipart("mixed", ["Content-Type: text/plain\n\nouter", part]));
    deepEqual(mail.attachments.map(({ filename }) => filename), ["in.pdf"], part.slice(0, 90));
    ok(mail.text.includes("inner text"));
    equal(mail.newText, "outer");
    equal(mail.subject, "x");
  }
});

Deno.test("the mail that a report returns is not read as a mail to us", async () => {
  const original = `Message-ID: <our-1@bot.example>\nSubject: y\n${
    multipart("mixed", ["Content-Type: application/pdf; name=contract.pdf\n\nPDF"], "C")
  }`;
  const mail = await read(
    `From: MAILER-DAEMON@mx.example.jp\n${
      multipart("report; report-type=delivery-status", [
        "Content-Type: text/plain\n\nsorry",
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nFinal-Recipient: rfc822;a@b.jp\nAction: failed\nStatus: 5.1.1",
        `Content-Type: message/rfc822\n\n${original}`,
      ])
    }`,
  );
  deepEqual(mail.attachments, []);
  equal(mail.bounce?.originalMessageId, "our-1@bot.example");
  equal(mail.automatic, "report");
});

Deno.test("mailboxes of groups count, and the domain is not decoded into look-alikes", async () => {
  const mail = await read(
    "From: Team: a@example.jp, b@example.jp;\nTo: =?utf-8?B?55Sw5Lit?= <t@xn--fiqs8s.example>\nCc: c@example.jp\n\nx",
  );
  deepEqual(mail.from.map(({ address }) => address), ["a@example.jp", "b@example.jp"]);
  deepEqual(mail.to, [{ name: "田中", address: "t@xn--fiqs8s.example" }]);
  deepEqual(mail.cc, [{ name: "", address: "c@example.jp" }]);
});

Deno.test("PGP is closed, a signature beside is no file", async () => {
  const mail = await read(
    HEADER + multipart("encrypted", [
      "Content-Type: application/pgp-encrypted\n\nVersion: 1",
      "Content-Type: application/octet-stream; name=encrypted.asc\n\nx",
    ]),
  );
  deepEqual(mail.closed, ["pgp_encrypted"]);
  const signed = await read(
    HEADER +
      multipart("signed", ["Content-Type: text/plain\n\nx", "Content-Type: application/pgp-signature\n\ny"]),
  );
  deepEqual(signed.attachments, []);
});

Deno.test("more parts, files, depth, addresses or header than allowed end the reading", async () => {
  const parts = (count: number) =>
    HEADER + multipart("mixed", Array.from({ length: count }, () => "Content-Type: application/pdf\n\nx"));
  equal((await read(parts(20))).attachments.length, 20);
  await rejects(read(parts(250)), unreadable("mail_too_many_parts"));
  await rejects(read(parts(20), { files: 10 }), unreadable("mail_too_many_files"));
  const deep = Array.from({ length: 8 }).reduce<string>(
    (inner) => `Content-Type: message/rfc822\n\n${inner}`,
    "x",
  );
  await rejects(read(HEADER + deep), unreadable("mail_too_deep"));
  const many = Array.from({ length: 1_200 }, (_, n) => `a${n}@b.jp`).join(",\n ");
  await rejects(read(`From: a@b.jp\nTo: ${many}\n\nx`), unreadable("mail_too_many_addresses"));
  await rejects(read(`${HEADER}X-Long: ${"a".repeat(300_000)}\n\nx`), unreadable("mail_too_many_parts"));
});

Deno.test("text above the limit is cut, and what follows is still read", async () => {
  const long = `Content-Type: text/plain\n\n${"a".repeat(50_000)}`;
  const mail = await read(HEADER + multipart("mixed", [long, "Content-Type: application/pdf\n\nPDF"]), {
    textBytes: 1_000,
  });
  equal(mail.text.length, 1_000);
  equal(mail.attachments.length, 1);
});

Deno.test("a container above the limit is unreadable", async () => {
  const part = `Content-Type: application/ms-tnef; name=winmail.dat\n\n${"a".repeat(5_000)}`;
  await rejects(
    read(HEADER + multipart("mixed", [part]), { containerBytes: 1_000 }),
    unreadable("mail_container_too_large"),
  );
});

Deno.test("content comes through byte for byte", async () => {
  const content = Buffer.from(Uint8Array.from({ length: 100_000 }, (_, n) => (n * 31) & 255));
  const base64 = content.toString("base64").replace(/.{76}/g, "$&\n");
  const part = `Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n${base64}`;
  const mail = await read(HEADER + multipart("mixed", [part]));
  equal(mail.contents[0], content.toString("latin1"));
});

Deno.test("what fails while a file is stored fails the reading", async () => {
  const raw = new TextEncoder().encode(
    (HEADER + multipart("mixed", ["Content-Type: application/pdf\n\nx"])).replaceAll("\n", "\r\n"),
  );
  const store = () => Promise.reject(new RangeError("full"));
  await rejects(readMessage(ReadableStream.from([raw]), "a@b.jp", store, DEFAULT_MESSAGE_LIMITS), RangeError);
});

Deno.test("a raw message that breaks off fails the reading", async () => {
  const raw = (async function* () {
    yield await Promise.resolve(new TextEncoder().encode("From: a@b.jp\r\n\r\nhalf"));
    throw new RangeError("gone");
  })();
  await rejects(readMessage(raw, "a@b.jp", () => Promise.reject(), DEFAULT_MESSAGE_LIMITS), RangeError);
});

Deno.test("any bytes are read or unreadable, nothing else", async () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "From: a@b.jp\n",
      "Subject: ",
      "Content-Type: multipart/mixed; boundary=B\n",
      "\n",
      "--B\n",
      "--B--\n",
    ),
    fc.constantFrom(
      "Content-Type: message/rfc822\n\n",
      "Content-Type: application/pkcs7-mime\n\n",
      "=?iso-2022-jp?B?",
    ),
    fc.constantFrom(
      "Content-Transfer-Encoding: base64\n",
      "Content-Disposition: attachment; filename*0*=x''%",
      "\x1b$B",
    ),
    fc.string({ unit: "binary" }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
      try {
        equal(typeof (await read(pieces.join(""))).text, "string");
      } catch (error) {
        ok(error instanceof UnreadableError, String(error));
      }
    }),
    { numRuns: 150 },
  );
});
