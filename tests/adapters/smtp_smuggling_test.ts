/**
 * Ends of messages that are none: a server that takes one for the end lets its sender smuggle in a second message,
 * past what the relay before it has checked (SMTP smuggling, 2023).
 *
 * @module
 */
import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { begin, envelope, listening } from "../support/smtp_listening.ts";

const SECOND = "MAIL FROM:<officer@pref.example.lg.jp>\r\nRCPT TO:<keiyaku@bot.example.lg.jp>\r\nDATA\r\n" +
  "Subject: smuggled\r\n\r\nsmuggled";

const FALSE_ENDS: Readonly<Record<string, string>> = {
  "LF.LF": "\n.\n",
  "LF.CRLF": "\n.\r\n",
  "CRLF.LF": "\r\n.\n",
  "CR.CR": "\r.\r",
  "CR.CRLF": "\r.\r\n",
  "CRLF.CR": "\r\n.\r",
  "CRLFCR.CRLF": "\r\n\r.\r\n",
  "CRLF.CRCRLF": "\r\n.\r\r\n",
  "CRLF, NUL, .CRLF": "\r\n\0.\r\n",
  "CRLF..CRLF": "\r\n..\r\n",
  "CRLF.blank CRLF": "\r\n. \r\n",
  "LFCR.LFCR": "\n\r.\n\r",
};

for (const [name, end] of Object.entries(FALSE_ENDS)) {
  Deno.test(`${name} does not end a message`, async () => {
    await listening({}, async (intake, received) => {
      const dialogue = await begin(intake);
      await envelope(dialogue);
      await dialogue.say("DATA");
      await dialogue.write(`Subject: x\r\n\r\nfirst${end}`);
      const reply = await dialogue.say(`${SECOND}\r\n.`);
      ok(reply.startsWith("250"), reply);
      ok((await dialogue.say("NOOP")).startsWith("250"));
      equal(received.length, 1);
      equal(received[0]?.envelope.from, "a@example.jp");
      ok(received[0]?.content.endsWith("smuggled\r\n"));
      dialogue.leave();
    });
  });
}

Deno.test("a true end counts wherever the wire cuts it", async () => {
  await listening({}, async (intake, received) => {
    const dialogue = await begin(intake);
    const message = "Subject: x\r\n\r\nlast\r\n.\r\n";
    for (let cut = message.length - 6; cut < message.length; cut++) {
      await envelope(dialogue);
      await dialogue.say("DATA");
      await dialogue.write(message.slice(0, cut));
      await dialogue.write(message.slice(cut));
      ok((await dialogue.hear()).startsWith("250"));
    }
    deepEqual(new Set(received.map(({ content }) => content)), new Set(["Subject: x\r\n\r\nlast\r\n"]));
    dialogue.leave();
  });
});

Deno.test("commands in one go are answered one by one (RFC 2920)", async () => {
  await listening({}, async (intake, received) => {
    const dialogue = await begin(intake);
    await dialogue.write(
      "MAIL FROM:<a@example.jp> BODY=8BITMIME SMTPUTF8\r\nRCPT TO:<nobody@elsewhere.example>\r\n" +
        "RCPT TO:<keiyaku@bot.example.lg.jp>\r\nDATA\r\n",
    );
    const codes: string[] = [];
    for (let reply = 0; reply < 4; reply++) codes.push((await dialogue.hear()).slice(0, 3));
    await dialogue.write("Subject: x\r\n\r\nx\r\n.\r\nMAIL FROM:<b@example.jp>\r\nQUIT\r\n");
    for (let reply = 0; reply < 3; reply++) codes.push((await dialogue.hear()).slice(0, 3));
    deepEqual(codes, ["250", "550", "250", "354", "250", "250", "221"]);
    deepEqual(received[0]?.envelope.to, ["keiyaku@bot.example.lg.jp"]);
    dialogue.leave();
  });
});

Deno.test("an address in Unicode is taken as it is written (RFC 6531)", async () => {
  await listening({}, async (intake, received) => {
    const dialogue = await begin(intake);
    await dialogue.say("MAIL FROM:<契約@例え.jp> SMTPUTF8");
    await dialogue.say("RCPT TO:<keiyaku@bot.example.lg.jp>");
    await dialogue.say("DATA");
    ok((await dialogue.say("Subject: x\r\n\r\nx\r\n.")).startsWith("250"));
    equal(received[0]?.envelope.from, "契約@例え.jp");
    dialogue.leave();
  });
});
