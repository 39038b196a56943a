/**
 * The built-in mailbox on the web: in development only, where letters are kept instead of sent.
 *
 * @module
 */
import { type Context, Hono } from "hono";
import type { VNode } from "preact";
import { type InboxEntry, inboxKey } from "../lib/flows/receive_mail.ts";
import type { World } from "../lib/flows/world.ts";
import type { MailboxMailer } from "../lib/mail/kept_mail.ts";
import type { ReadMail } from "../lib/mail/read_mail.ts";
import { UnreadableError } from "../lib/domain/unreadable.ts";
import { composing } from "./dev/composing.tsx";
import { letterJson, sizeOf } from "./dev/letter_json.ts";
import type { MailboxDesk } from "./dev/mailbox_desk.ts";
import { ArrivedPage, LetterPage, ListPage } from "./dev/mailbox_pages.tsx";
import { fileAnswer } from "./file_answer.ts";
import { makePages, type Pages } from "./render.tsx";
import type { Assets } from "./site.ts";

/** Own pages with the frame that shows the HTML part of a letter. */
const MAILBOX_POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-src 'self'; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** The HTML part: it may look like itself and do nothing. */
const LETTER_POLICY = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; " +
  "style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

/** Makes the router of `/dev/mailbox`. */
export function devMailbox(world: World, site: { readonly assets: Assets }, mailbox: MailboxMailer): Hono {
  const pages: Pages = makePages({ assets: site.assets, settings: world.settings });
  const show = (page: VNode) => pages.html(page, { headers: { "content-security-policy": MAILBOX_POLICY } });
  const desk: MailboxDesk = { world, mailbox, show };
  const app = new Hono();
  app.get("/dev/mailbox", (c) => list(c, desk));
  app.get("/dev/mailbox/messages", async (c) => c.json(await mailbox.kept(c.req.query("to") || undefined)));
  app.get("/dev/mailbox/messages/:id", (c) => json(c, desk));
  app.get("/dev/mailbox/messages/:id/attachments/:index", (c) => attachment(c, desk));
  app.get("/dev/mailbox/letters/:id", (c) => letterPage(c, desk));
  app.get("/dev/mailbox/letters/:id/html", (c) => letterHtml(c, desk));
  app.get("/dev/mailbox/arrived/:id", (c) => arrivedPage(c, desk));
  app.get("/dev/mailbox/arrived/:id/:what{raw|[0-9]+}", (c) => arrivedFile(c, desk));
  app.route("/", composing(desk));
  return app;
}

async function list(c: Context, { world, mailbox, show }: MailboxDesk): Promise<Response> {
  const arrived: InboxEntry[] = [];
  for await (const { value } of world.store.list<InboxEntry>({ prefix: ["inbox"] })) {
    if (typeof value?.receivedAt === "string") arrived.push(value);
  }
  arrived.sort((a, b) => b.receivedAt.localeCompare(a.receivedAt));
  return show(<ListPage letters={await mailbox.kept()} arrived={arrived} to={c.req.query("to") ?? ""} />);
}

const letterAt = (c: Context, { mailbox }: MailboxDesk) => mailbox.letter(c.req.param("id") ?? "");

async function json(c: Context, desk: MailboxDesk): Promise<Response> {
  const found = await letterAt(c, desk);
  return found ? c.json(await letterJson(desk.world.blobs, found.entry, found.mail)) : c.notFound();
}

async function letterPage(c: Context, desk: MailboxDesk): Promise<Response> {
  const found = await letterAt(c, desk);
  if (!found) return c.notFound();
  const letter = await letterJson(desk.world.blobs, found.entry, found.mail);
  return desk.show(<LetterPage entry={found.entry} letter={letter} />);
}

async function letterHtml(c: Context, desk: MailboxDesk): Promise<Response> {
  const found = await letterAt(c, desk);
  if (!found) return c.notFound();
  // Links of the letter open beside the mailbox, not within its frame.
  const html = found.mail.html.replace(/<head[^>]*>/i, '$&<base target="_blank">');
  return c.html(html, 200, { "content-security-policy": LETTER_POLICY, "x-frame-options": "SAMEORIGIN" });
}

async function attachment(c: Context, desk: MailboxDesk): Promise<Response> {
  const attachment = (await letterAt(c, desk))?.mail.attachments[Number(c.req.param("index"))];
  if (!attachment) return c.notFound();
  return await fileAnswer(desk.world.blobs, c.req.raw, {
    filename: attachment.filename,
    contentType: attachment.contentType,
    size: await sizeOf(desk.world.blobs, attachment),
    tag: attachment.parts.join("-"),
    parts: attachment.parts,
    download: true,
  });
}

async function arrivedMail(c: Context, { world }: MailboxDesk) {
  const entry = (await world.store.get<InboxEntry>(inboxKey(c.req.param("id") ?? "")))?.value;
  if (!entry) return null;
  return { entry, read: () => readOrNull(world, entry) };
}

async function readOrNull(world: World, entry: InboxEntry): Promise<ReadMail | null> {
  try {
    return await world.reader.read(entry.raw, entry.envelope.from);
  } catch (error) {
    if (error instanceof UnreadableError) return null;
    throw error;
  }
}

async function arrivedPage(c: Context, desk: MailboxDesk): Promise<Response> {
  const found = await arrivedMail(c, desk);
  if (!found) return c.notFound();
  const mail = await found.read();
  const files = (mail?.attachments ?? []).map(({ filename, size }, index) => ({
    filename,
    size,
    url: `/dev/mailbox/arrived/${found.entry.id}/${index}`,
  }));
  return desk.show(<ArrivedPage entry={found.entry} mail={mail} files={files} />);
}

/** The message as it came, or one of its files. */
async function arrivedFile(c: Context, desk: MailboxDesk): Promise<Response> {
  const found = await arrivedMail(c, desk);
  if (!found) return c.notFound();
  const { entry } = found;
  const what = c.req.param("what") ?? "";
  const file = what === "raw"
    ? { filename: `${entry.id}.eml`, contentType: "message/rfc822", size: entry.size, blob: entry.raw }
    : (await found.read())?.attachments[Number(what)];
  if (!file) return c.notFound();
  const { filename, contentType, size, blob } = file;
  return await fileAnswer(desk.world.blobs, c.req.raw, {
    filename,
    contentType,
    size,
    tag: blob,
    parts: [blob],
    download: true,
  });
}
