/**
 * Takes what was written in the composer in as mail, by the same way as any other.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { type Context, Hono } from "hono";
import { receiveMail } from "../../lib/flows/receive_mail.ts";
import { caseAddress, departmentAddress } from "../../lib/mail/bot_address.ts";
import { isEnvelopeAddress } from "../../lib/mail/envelope.ts";
import { type MessageDraft, type MessageFile, writeMessage } from "../../lib/mail/write_message.ts";
import { type AddressChoice, ComposePage } from "./compose_page.tsx";
import { draftFor } from "./drafts.ts";
import { allMails } from "./mail_list.ts";
import type { MailboxDesk } from "./mailbox_desk.ts";
import { mailboxPath } from "./mailbox_frame.tsx";
import { mailboxPeople } from "./mailbox_people.ts";
import { SAMPLE_FILES } from "./sample_files.ts";
import { sampleMails } from "./sample_mails.ts";
import { SAMPLE_VENDORS } from "./sample_people.ts";

/** Cases whose addresses are offered: the newest. */
const MAX_CASES = 10;

/** Whether another site's form was posted: none of ours holds a secret here, so the browser's word counts. */
export const fromElsewhere = (c: Context): boolean =>
  !["same-origin", "none", undefined].includes(c.req.header("sec-fetch-site"));

/** Makes the router of `/dev/mailbox/compose`. */
export function composing(desk: MailboxDesk): Hono {
  const app = new Hono();
  app.get("/dev/mailbox/compose", (c) => compose(c, desk));
  app.post("/dev/mailbox/compose", (c) => send(c, desk));
  return app;
}

async function compose(c: Context, desk: MailboxDesk): Promise<Response> {
  const wished = (name: string) => c.req.query(name)?.trim() ?? "";
  const draft = await draftFor(desk, {
    reply: wished("reply"),
    again: wished("again"),
    sample: wished("sample"),
    word: wished("word"),
    from: wished("from"),
  });
  const choices = await choicesOf(desk);
  return desk.show(<ComposePage draft={draft} samples={sampleMails(desk.world.settings)} {...choices} />);
}

async function choicesOf(
  desk: MailboxDesk,
): Promise<Record<"writers" | "places", readonly AddressChoice[]>> {
  const { settings, keys } = desk.world;
  const mails = await allMails(desk);
  const people = await mailboxPeople(desk.world, mails, new Set());
  const writers = new Map(
    [
      ...people.map(({ address, name, role }) => [address, `${name}（${role || "その他"}）`] as const),
      ...Object.values(SAMPLE_VENDORS).map(({ address, name, company }) =>
        [address, `${name}（${company}）`] as const
      ),
    ],
  );
  const numbers = [...new Set(mails.flatMap(({ caseNumber }) => caseNumber ?? []))].slice(0, MAX_CASES);
  const bot = settings.bot.address;
  return {
    writers: [...writers].map(([address, words]) => ({ address, words })),
    places: [
      { address: bot, words: "サービスの代表アドレス" },
      ...settings.departments.map(({ id, name }) => ({ address: departmentAddress(bot, id), words: name })),
      ...numbers.map((number) => ({ address: caseAddress(bot, number, keys), words: `案件 ${number}` })),
    ],
  };
}

async function send(c: Context, desk: MailboxDesk): Promise<Response> {
  if (fromElsewhere(c)) return c.text("only from this page", 403);
  const { world } = desk;
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
    references: value("references").split(/\s+/).filter((id) => id !== ""),
    files: [...await samplesOf(form, desk), ...await filesOf(form)],
  };
  await receiveMail(world, { envelope, content: ReadableStream.from(writeMessage(draft)) });
  return c.redirect(mailboxPath(envelope.from), 303);
}

async function samplesOf(form: FormData, { world }: MailboxDesk): Promise<MessageFile[]> {
  const names = form.getAll("samples");
  return await Promise.all(
    SAMPLE_FILES.filter(({ name }) => names.includes(name)).map(({ make }) => make(world)),
  );
}

async function filesOf(form: FormData): Promise<MessageFile[]> {
  const files = form.getAll("files").filter((file): file is File => file instanceof File && file.size > 0);
  return await Promise.all(files.map(async (file) => ({
    filename: file.name,
    contentType: file.type || "application/octet-stream",
    content: await file.bytes(),
  })));
}
