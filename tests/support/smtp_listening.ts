/**
 * An SMTP server of ours at work for a test, and the first words to it.
 *
 * @module
 */
import { ok } from "node:assert/strict";
import { type SmtpIntake, smtpIntake, type SmtpIntakeOptions } from "../../lib/adapters/smtp_intake.ts";
import type { MailEnvelope } from "../../lib/mail/envelope.ts";
import { fakeClock } from "./fake_clock.ts";
import { SILENT } from "./silent_log.ts";
import { type SmtpDialogue, smtpDialogue } from "./smtp_dialogue.ts";

/** A mail as it was taken. */
export type Received = { readonly envelope: MailEnvelope; readonly content: string };

/** All of a stream as text. */
export async function text(content: ReadableStream<Uint8Array>): Promise<string> {
  return await new Response(content).text();
}

/** Listens on a free port, keeps what it takes, and closes in the end. */
export async function listening(
  options: Partial<SmtpIntakeOptions>,
  body: (intake: SmtpIntake, received: Received[]) => Promise<void>,
): Promise<void> {
  const received: Received[] = [];
  const intake = await smtpIntake({
    listen: "127.0.0.1:0",
    maxBytes: 1_000_000,
    accepts: (address) => address.toLowerCase().endsWith("@bot.example.lg.jp"),
    receive: async (envelope, content) => void received.push({ envelope, content: await text(content) }),
    clock: fakeClock(),
    log: SILENT,
    ...options,
  });
  try {
    await body(intake, received);
  } finally {
    await intake.close();
  }
}

/** Connects and says hello. */
export async function begin(intake: SmtpIntake, hello = "EHLO client.example.jp"): Promise<SmtpDialogue> {
  const dialogue = await smtpDialogue(intake.address);
  await dialogue.say(hello);
  return dialogue;
}

/** Names a sender and a recipient that is ours. */
export async function envelope(dialogue: SmtpDialogue): Promise<void> {
  ok((await dialogue.say("MAIL FROM:<a@example.jp>")).startsWith("250"));
  ok((await dialogue.say("RCPT TO:<keiyaku@bot.example.lg.jp>")).startsWith("250"));
}
