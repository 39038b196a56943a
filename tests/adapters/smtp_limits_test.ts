import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import type { SmtpIntakeOptions } from "../../lib/adapters/smtp_intake.ts";
import { PortError } from "../../lib/ports.ts";
import { fakeClock } from "../support/fake_clock.ts";
import { smtpDialogue } from "../support/smtp_dialogue.ts";
import { begin, envelope, listening, text } from "../support/smtp_listening.ts";

const MANY = { connections: 100, connectionsAMinute: 100, mailsAMinute: 100, bytesAMinute: 1e9 };

Deno.test("one client has only so many connections, and one more when it ends one", async () => {
  await listening({ rates: { ...MANY, connections: 1 } }, async (intake) => {
    const first = await begin(intake);
    const second = await smtpDialogue(intake.address);
    ok(/^421 .*from your host/.test(second.greeting), second.greeting);
    second.leave();
    await first.say("QUIT");
    first.leave();
    // The server hears of the end a moment later than the client.
    for (let tries = 0; tries < 50; tries++) {
      const third = await smtpDialogue(intake.address);
      third.leave();
      if (third.greeting.startsWith("220")) return;
    }
    ok(false, "its place was never free again");
  });
});

Deno.test("where it is crowded, whoever is idle for longest makes room; nobody in the midst of a message", async () => {
  const clock = fakeClock();
  await listening({ clock, maxClients: 3, rates: MANY }, async (intake, received) => {
    const busy = await begin(intake);
    await envelope(busy);
    await busy.say("DATA");
    const idle = await begin(intake);
    clock.advance(61_000);
    const third = await begin(intake);
    ok(/^421 .*room for others/.test(await idle.hear()));
    ok((await busy.say("Subject: x\r\n\r\nx\r\n.")).startsWith("250"));
    ok((await third.say("NOOP")).startsWith("250"), "who has just come stays");
    equal(received.length, 1);
    for (const dialogue of [busy, idle, third]) dialogue.leave();
  });
});

Deno.test("one client connects only so often a minute", async () => {
  const clock = fakeClock();
  await listening({ clock, rates: { ...MANY, connectionsAMinute: 2 } }, async (intake) => {
    const greetings: string[] = [];
    for (let time = 0; time < 4; time++) {
      if (time === 3) clock.advance(60_000);
      const dialogue = await smtpDialogue(intake.address);
      greetings.push(dialogue.greeting.slice(0, 3));
      dialogue.leave();
    }
    deepEqual(greetings, ["220", "220", "421", "220"]);
  });
});

Deno.test("one client sends only so many mails a minute, and may go on after it", async () => {
  const clock = fakeClock();
  await listening({ clock, rates: { ...MANY, mailsAMinute: 1 } }, async (intake, received) => {
    const dialogue = await begin(intake);
    await envelope(dialogue);
    await dialogue.say("DATA");
    ok((await dialogue.say("Subject: x\r\n\r\nx\r\n.")).startsWith("250"));
    const refused = await dialogue.say("MAIL FROM:<a@example.jp>");
    ok(/^451 .*from your host/.test(refused), refused);
    clock.advance(60_000);
    await envelope(dialogue);
    equal(received.length, 1);
    dialogue.leave();
  });
});

Deno.test("one client sends only so many bytes a minute", async () => {
  await listening({ rates: { ...MANY, bytesAMinute: 10_000 } }, async (intake, received) => {
    const dialogue = await begin(intake);
    await envelope(dialogue);
    await dialogue.say("DATA");
    ok((await dialogue.say(`Subject: x\r\n\r\n${`${"x".repeat(98)}\r\n`.repeat(200)}.`)).startsWith("250"));
    ok((await dialogue.say("MAIL FROM:<a@example.jp>")).startsWith("451"));
    equal(received.length, 1);
    dialogue.leave();
  });
});

Deno.test("where the disk has no room for a mail of the size that is said, it is not begun", async () => {
  const hasRoom = (bytes: number) => Promise.resolve(bytes <= 500);
  await listening({ hasRoom }, async (intake) => {
    const dialogue = await begin(intake);
    const refused = await dialogue.say("MAIL FROM:<a@example.jp> SIZE=501");
    ok(/^452 .*no room/.test(refused), refused);
    ok((await dialogue.say("MAIL FROM:<a@example.jp> SIZE=500")).startsWith("250"));
    ok((await dialogue.say("RSET")).startsWith("250"));
    ok((await dialogue.say("MAIL FROM:<a@example.jp>")).startsWith("250"));
    dialogue.leave();
  });
});

Deno.test("the operator's own relays hand over everybody's mail, so they are not counted", async () => {
  const rates = { connections: 1, connectionsAMinute: 1, mailsAMinute: 1, bytesAMinute: 1 };
  await listening({ rates, relays: ["127.0.0.1"] }, async (intake) => {
    const dialogues = [await begin(intake), await begin(intake)];
    for (const dialogue of dialogues) {
      for (let mail = 0; mail < 2; mail++) {
        await envelope(dialogue);
        await dialogue.say("RSET");
      }
      dialogue.leave();
    }
  });
});

Deno.test("who gathers addresses is shown the door", async () => {
  await listening({}, async (intake) => {
    const dialogue = await begin(intake);
    await dialogue.say("MAIL FROM:<a@example.jp>");
    const replies: string[] = [];
    for (let guess = 0; guess < 21; guess++) {
      replies.push((await dialogue.say(`RCPT TO:<staff${guess}@pref.example.lg.jp>`)).slice(0, 3));
    }
    deepEqual(new Set(replies.slice(0, 20)), new Set(["550"]));
    equal(replies.at(-1), "421");
    equal(await dialogue.hear(), "closed");
    dialogue.leave();
  });
});

Deno.test("more recipients than one mail may have are to be tried again, the others are taken", async () => {
  await listening({}, async (intake, received) => {
    const dialogue = await begin(intake);
    await dialogue.say("MAIL FROM:<a@example.jp>");
    const replies: string[] = [];
    for (let count = 0; count < 101; count++) {
      replies.push((await dialogue.say(`RCPT TO:<keiyaku+${count}@bot.example.lg.jp>`)).slice(0, 3));
    }
    equal(replies.filter((code) => code === "250").length, 100);
    equal(replies.at(-1), "452"); // RFC 5321 §4.5.3.1.10
    await dialogue.say("DATA");
    ok((await dialogue.say("Subject: x\r\n\r\nx\r\n.")).startsWith("250"));
    equal(received[0]?.envelope.to.length, 100);
    dialogue.leave();
  });
});

Deno.test("who only errs is shown the door", async () => {
  await listening({}, async (intake) => {
    const dialogue = await begin(intake);
    const replies: string[] = [];
    for (let error = 0; error < 10; error++) replies.push((await dialogue.say("FETCH 1")).slice(0, 3));
    equal(replies[0], "500");
    equal(replies.at(-1), "421");
    dialogue.leave();
  });
});

const WORDS = [
  "EHLO",
  "MAIL FROM:",
  "RCPT TO:",
  "DATA",
  "RSET",
  "NOOP",
  "STARTTLS",
  "AUTH",
  "BDAT 5",
  ".",
] as const;

Deno.test("property: whatever a client says, each line is answered or the door shut, and the next client is served", async () => {
  await listening({ rates: MANY }, async (intake) => {
    const line = fc.tuple(fc.constantFrom(...WORDS), fc.string({ unit: "binary", maxLength: 40 }))
      .map(([word, more]) => `${word} ${more.replace(/[\r\n]/g, "")}`);
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 20 }), async (lines) => {
        const dialogue = await smtpDialogue(intake.address);
        for (const each of lines) {
          const reply = await dialogue.say(each);
          ok(/^[2-5]\d\d[ -]/.test(reply) || reply === "closed", reply);
          if (reply === "closed" || reply.startsWith("421")) break;
          if (reply.startsWith("354")) await dialogue.say(".");
        }
        dialogue.leave();
      }),
      { numRuns: 10 },
    );
    const after = await begin(intake);
    await envelope(after);
    after.leave();
  });
});

Deno.test("a command without end is cut off", async () => {
  await listening({}, async (intake) => {
    const dialogue = await begin(intake);
    await dialogue.write("MAIL FROM:<".padEnd(40_000, "a"));
    ok((await dialogue.hear()).startsWith("421"));
    dialogue.leave();
  });
});

Deno.test("a message that takes too long on the wire is cut off and not stored", async () => {
  const torn = Promise.withResolvers<unknown>();
  const receive: SmtpIntakeOptions["receive"] = async (_envelope, content) => {
    await text(content).catch((error) => {
      torn.resolve(error);
      throw error;
    });
  };
  await listening({ messageMs: 20, receive }, async (intake) => {
    const dialogue = await begin(intake);
    await envelope(dialogue);
    await dialogue.say("DATA");
    await dialogue.write("Subject: x\r\n\r\nslow");
    const reply = await dialogue.hear();
    ok(reply.startsWith("421"), reply);
    dialogue.leave();
    ok((await torn.promise) instanceof Error);
  });
});

Deno.test("a message that is all here may take its time to be stored", async () => {
  const stored = Promise.withResolvers<void>();
  const receive: SmtpIntakeOptions["receive"] = async (_envelope, content) => {
    await text(content);
    setTimeout(stored.resolve, 60);
    await stored.promise;
  };
  await listening({ messageMs: 20, receive }, async (intake) => {
    const dialogue = await begin(intake);
    await envelope(dialogue);
    await dialogue.say("DATA");
    ok((await dialogue.say("Subject: x\r\n\r\nx\r\n.")).startsWith("250"));
    dialogue.leave();
  });
});

/** What the system says when there is no room. */
async function noRoom(): Promise<unknown> {
  using full = await Deno.open("/dev/full", { write: true });
  return await full.write(new Uint8Array(1)).then(() => null, (error) => error);
}

Deno.test("a full disk is told apart: keep the mail and come again, whichever part is full", async () => {
  const faults = [await noRoom(), new Error("database or disk is full")];
  for (const cause of faults) {
    ok(cause instanceof Error);
    for (const lmtp of [false, true]) {
      const receive: SmtpIntakeOptions["receive"] = async (_envelope, content) => {
        await text(content);
        throw new PortError("unavailable", "Cannot store a blob: the file system failed", {
          retryable: true,
          cause,
        });
      };
      await listening({ lmtp, receive }, async (intake) => {
        const dialogue = await begin(intake, lmtp ? "LHLO relay.example.jp" : "EHLO client.example.jp");
        await envelope(dialogue);
        if (lmtp) await dialogue.say("RCPT TO:<keiyaku+bukken@bot.example.lg.jp>");
        await dialogue.say("DATA");
        const replies = [await dialogue.say("Subject: x\r\n\r\nx\r\n.")];
        if (lmtp) replies.push(await dialogue.hear());
        for (const reply of replies) ok(/^452 .*no room/.test(reply), reply);
        dialogue.leave();
      });
    }
  }
});

Deno.test("LMTP refuses too large a message for each recipient (RFC 2033 §4.2)", async () => {
  await listening({ lmtp: true, maxBytes: 100_000 }, async (intake) => {
    const dialogue = await begin(intake, "LHLO relay.example.jp");
    await envelope(dialogue);
    await dialogue.say("RCPT TO:<keiyaku+bukken@bot.example.lg.jp>");
    await dialogue.say("DATA");
    await dialogue.write(`Subject: x\r\n\r\n${`${"x".repeat(98)}\r\n`.repeat(1_200)}`);
    for (const reply of [await dialogue.say("."), await dialogue.hear()]) ok(reply.startsWith("552"), reply);
    ok((await dialogue.say("NOOP")).startsWith("250"), "a reply too many or too few");
    dialogue.leave();
  });
});
