import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import type { SmtpIntakeOptions } from "../../lib/adapters/smtp_intake.ts";
import type { MailEnvelope, MailTransport } from "../../lib/mail/envelope.ts";
import { smtpDialogue } from "../support/smtp_dialogue.ts";
import { begin, envelope, listening, text } from "../support/smtp_listening.ts";

Deno.test("a message is taken with its envelope, dots and bytes as they were", async () => {
  await listening({}, async (intake, received) => {
    const dialogue = await begin(intake);
    await dialogue.say("MAIL FROM:<a@example.jp> BODY=8BITMIME");
    await dialogue.say("RCPT TO:<keiyaku@bot.example.lg.jp>");
    await dialogue.say("RCPT TO:<keiyaku+c.R8-000123.abcdefghijklmnop@bot.example.lg.jp>");
    ok((await dialogue.say("DATA")).startsWith("354"));
    ok((await dialogue.say("Subject: 契約\r\n\r\n..one dot\r\n.")).startsWith("250"));
    deepEqual(received, [{
      envelope: {
        from: "a@example.jp",
        to: ["keiyaku@bot.example.lg.jp", "keiyaku+c.R8-000123.abcdefghijklmnop@bot.example.lg.jp"],
      },
      content: "Subject: 契約\r\n\r\n.one dot\r\n",
    }]);
    ok((await dialogue.say("QUIT")).startsWith("221"));
    dialogue.leave();
  });
});

Deno.test("what is offered: size, eight bits, Unicode addresses; neither login nor TLS of its own", async () => {
  await listening({ maxBytes: 72_000_000 }, async (intake) => {
    const dialogue = await smtpDialogue(intake.address);
    const offered = await dialogue.say("EHLO client.example.jp");
    for (const word of ["SIZE 72000000", "8BITMIME", "SMTPUTF8", "PIPELINING"]) {
      ok(offered.includes(word), word);
    }
    for (const word of ["AUTH", "STARTTLS"]) ok(!offered.includes(word), word);
    for (
      const command of ["AUTH PLAIN AGEAYg==", "WIZ x", "SHELL ls", "KILL mom", "XCLIENT ADDR=192.0.2.1"]
    ) {
      ok(/^5/.test(await dialogue.say(command)), command);
    }
    dialogue.leave();
  });
});

Deno.test("nothing is relayed: only recipients that are ours are taken", async () => {
  await listening({}, async (intake) => {
    const dialogue = await begin(intake);
    await dialogue.say("MAIL FROM:<a@example.jp>");
    const reply = await dialogue.say("RCPT TO:<somebody@elsewhere.example>");
    ok(reply.startsWith("550") && reply.includes("relays for nobody"), reply);
    ok((await dialogue.say("DATA")).startsWith("503"));
    dialogue.leave();
  });
});

Deno.test("a report has no sender", async () => {
  await listening({}, async (intake, received) => {
    const dialogue = await begin(intake);
    await dialogue.say("MAIL FROM:<>");
    await dialogue.say("RCPT TO:<keiyaku@bot.example.lg.jp>");
    await dialogue.say("DATA");
    await dialogue.say("Subject: x\r\n\r\nx\r\n.");
    equal(received[0]?.envelope.from, "");
    dialogue.leave();
  });
});

Deno.test("250 comes only after the message was stored", async () => {
  const order: string[] = [];
  const stored = Promise.withResolvers<void>();
  const receive = async (_envelope: MailEnvelope, content: ReadableStream<Uint8Array>) => {
    await text(content);
    await stored.promise;
    order.push("stored");
  };
  await listening({ receive }, async (intake) => {
    const dialogue = await begin(intake);
    await envelope(dialogue);
    await dialogue.say("DATA");
    await dialogue.write("Subject: x\r\n\r\nx\r\n.\r\n");
    const reply = dialogue.hear().then((line) => order.push(line.slice(0, 3)));
    stored.resolve();
    await reply;
    deepEqual(order, ["stored", "250"]);
    dialogue.leave();
  });
});

Deno.test("what can't be stored is to be sent again, and the conversation goes on", async () => {
  let broken = true;
  const receive = async (_envelope: MailEnvelope, content: ReadableStream<Uint8Array>) => {
    if (broken) throw new Error("disk");
    await text(content);
  };
  await listening({ receive }, async (intake) => {
    const dialogue = await begin(intake);
    for (const code of ["451", "250"]) {
      await envelope(dialogue);
      await dialogue.say("DATA");
      const reply = await dialogue.say(`Subject: x\r\n\r\n${"x".repeat(70)}\r\n.`);
      ok(reply.startsWith(code), reply);
      ok(!reply.includes("disk"));
      broken = false;
    }
    dialogue.leave();
  });
});

Deno.test("a message above the limit is refused with the limit in words, and the next one is taken", async () => {
  await listening({ maxBytes: 1_000_000 }, async (intake, received) => {
    const dialogue = await begin(intake);
    await envelope(dialogue);
    await dialogue.say("DATA");
    const line = `${"x".repeat(998)}\r\n`;
    await dialogue.write(`Subject: x\r\n\r\n${line.repeat(1_200)}`);
    const reply = await dialogue.say(".");
    ok(reply.startsWith("552") && reply.includes("1 MB (1000000 bytes)"), reply);
    deepEqual(received, []);
    await envelope(dialogue);
    await dialogue.say("DATA");
    ok((await dialogue.say("Subject: y\r\n\r\ny\r\n.")).startsWith("250"));
    equal(received.length, 1);
    ok((await dialogue.say("RSET")).startsWith("250"));
    const declared = await dialogue.say("MAIL FROM:<a@example.jp> SIZE=1000001");
    ok(declared.startsWith("552") && declared.includes("1000000"), declared);
    dialogue.leave();
  });
});

Deno.test("a client that leaves in the middle leaves nothing behind", async () => {
  const torn = Promise.withResolvers<unknown>();
  const receive = (_envelope: MailEnvelope, content: ReadableStream<Uint8Array>) =>
    text(content).then(() => torn.resolve(null), (error) => {
      torn.resolve(error);
      throw error;
    });
  await listening({ receive }, async (intake) => {
    const dialogue = await begin(intake);
    await envelope(dialogue);
    await dialogue.say("DATA");
    await dialogue.write("Subject: x\r\n\r\nhalf a mess");
    dialogue.leave();
    ok((await torn.promise) instanceof Error, "half a message counted as a whole one");
  });
});

Deno.test("a mail comes with what its door knows of the client", async () => {
  const known: MailTransport[] = [];
  const receive: SmtpIntakeOptions["receive"] = async (_envelope, content, transport) => {
    await text(content);
    known.push(transport);
  };
  for (const [lmtp, hello] of [[false, "EHLO Client.example.jp"], [true, "LHLO relay.example.jp"]] as const) {
    await listening({ lmtp, receive }, async (intake) => {
      const dialogue = await begin(intake, hello);
      await envelope(dialogue);
      await dialogue.say("DATA");
      await dialogue.say("Subject: x\r\n\r\nx\r\n.");
      dialogue.leave();
    });
  }
  deepEqual(known, [
    { door: "smtp", clientIp: "127.0.0.1", helo: "client.example.jp", encrypted: false },
    { door: "lmtp", clientIp: "127.0.0.1", helo: "relay.example.jp", encrypted: false },
  ]);
});

Deno.test("LMTP answers for each recipient", async () => {
  await listening({ lmtp: true }, async (intake, received) => {
    const dialogue = await begin(intake, "LHLO relay.example.jp");
    await envelope(dialogue);
    await dialogue.say("RCPT TO:<keiyaku+bukken@bot.example.lg.jp>");
    await dialogue.say("DATA");
    ok((await dialogue.say("Subject: x\r\n\r\nx\r\n.")).startsWith("250"));
    ok((await dialogue.hear()).startsWith("250"));
    equal(received[0]?.envelope.to.length, 2);
    dialogue.leave();
  });
});

Deno.test("more clients than allowed are asked to come again", async () => {
  await listening({ maxClients: 1 }, async (intake) => {
    const first = await begin(intake);
    const second = await smtpDialogue(intake.address);
    ok(second.greeting.startsWith("421"), second.greeting);
    first.leave();
    second.leave();
  });
});

Deno.test("closing waits for the message under way and shuts idle connections", async () => {
  const stored = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const receive = async (_envelope: MailEnvelope, content: ReadableStream<Uint8Array>) => {
    await text(content);
    begun.resolve();
    await stored.promise;
  };
  await listening({ receive }, async (intake) => {
    const idle = await begin(intake);
    const busy = await begin(intake);
    await envelope(busy);
    await busy.say("DATA");
    await busy.write("Subject: x\r\n\r\nx\r\n.\r\n");
    await begun.promise;
    const closed = intake.close();
    stored.resolve();
    ok((await busy.hear()).startsWith("250"));
    ok(/^421|closed/.test(await idle.hear()));
    busy.leave();
    idle.leave();
    await closed;
    await rejects(smtpDialogue(intake.address));
  });
});

Deno.test("what nobody reads isn't taken off the wire without end", async () => {
  const reading = Promise.withResolvers<void>();
  const receive = async (_envelope: MailEnvelope, content: ReadableStream<Uint8Array>) => {
    await reading.promise;
    await text(content);
  };
  await listening({ receive, maxBytes: 200_000_000 }, async (intake) => {
    const dialogue = await begin(intake);
    await envelope(dialogue);
    await dialogue.say("DATA");
    const line = `${"x".repeat(998)}\r\n`;
    let sent = 0;
    const sending = (async () => {
      for (; sent < 100; sent++) await dialogue.write(line.repeat(1_000));
    })();
    const stuck = await Promise.race([
      sending.then(() => false),
      new Promise<boolean>((resolve) => setTimeout(() => resolve(true), 1_500)),
    ]);
    ok(stuck && sent < 50, `${sent} MB were taken`);
    reading.resolve();
    await sending;
    ok((await dialogue.say(".")).startsWith("250"));
    dialogue.leave();
  });
});
