/**
 * Takes what was written in the composer in as mail, by the same way as any other.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { type Context, Hono } from "hono";
import { receiveMail } from "../../lib/flows/receive_mail.ts";
import { isEnvelopeAddress } from "../../lib/mail/envelope.ts";
import { type MessageDraft, writeMessage } from "../../lib/mail/write_message.ts";
import { ComposePage, type Draft } from "./compose_page.tsx";
import type { MailboxDesk } from "./mailbox_desk.ts";
import { sampleMails } from "./sample_mails.ts";

/** Makes the router of `/dev/mailbox/compose`. */
export function composing(desk: MailboxDesk): Hono {
  const app = new Hono();
  const samples = sampleMails(desk.world.settings);
  app.get("/dev/mailbox/compose", async (c) => {
    const draft = await draftFor(c, desk);
    return desk.show(<ComposePage draft={draft} samples={samples} />);
  });
  app.post("/dev/mailbox/compose", (c) => send(c, desk));
  return app;
}

/** An answer to a letter, a sample, or an empty mail to the bot. */
async function draftFor(c: Context, { world, mailbox }: MailboxDesk): Promise<Draft> {
  const found = await mailbox.letter(c.req.query("reply") ?? "");
  if (found) {
    const { to, replyTo, from, subject, messageId } = found.mail;
    const inReplyTo = messageId.replace(/^<|>$/g, "");
    return { from: to, to: replyTo ?? from.address, subject: `Re: ${subject}`, text: "", inReplyTo };
  }
  const sample = sampleMails(world.settings).find(({ name }) => name === c.req.query("sample"));
  const empty = { from: "", to: world.settings.bot.address, subject: "", text: "" };
  return { ...(sample ?? empty), inReplyTo: "" };
}

async function send(c: Context, { world }: MailboxDesk): Promise<Response> {
  // No form of ours holds a secret here; another site's form is told apart by what the browser says of it.
  if (!["same-origin", "none", undefined].includes(c.req.header("sec-fetch-site"))) {
    return c.text("only from this page", 403);
  }
  const form = await c.req.formData();
  const value = (name: string) => String(form.get(name) ?? "").trim();
  const envelope = { from: value("from"), to: value("to").split(/[\s,]+/) };
  if (![envelope.from, ...envelope.to].every(isEnvelopeAddress)) return c.text("addresses are needed", 400);
  const draft: MessageDraft = {
    messageId: `${Buffer.from(world.chance.bytes(12)).toString("hex")}@mailbox.example`,
    date: new Date(world.clock.now()),
    from: envelope.from,
    to: envelope.to.join(", "),
    subject: value("subject"),
    text: String(form.get("text") ?? ""),
    inReplyTo: value("inReplyTo"),
    files: await filesOf(form),
  };
  await receiveMail(world, { envelope, content: ReadableStream.from(writeMessage(draft)) });
  return c.redirect("/dev/mailbox", 303);
}

async function filesOf(form: FormData): Promise<MessageDraft["files"]> {
  const files = form.getAll("files").filter((file): file is File => file instanceof File && file.size > 0);
  return await Promise.all(files.map(async (file) => ({
    filename: file.name,
    contentType: file.type || "application/octet-stream",
    content: await file.bytes(),
  })));
}
