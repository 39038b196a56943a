/**
 * The built-in mailbox on the web: in development only, where letters are kept instead of sent.
 *
 * @module
 */
import { type Context, Hono } from "hono";
import type { VNode } from "preact";
import { recordDelivery } from "../lib/flows/record_delivery.ts";
import { isOfficer } from "../lib/flows/staff.ts";
import { now, type World } from "../lib/flows/world.ts";
import type { MailboxMailer } from "../lib/mail/kept_mail.ts";
import { arrivedOf, subjectsOf } from "./dev/arrived_mail.ts";
import { ArrivedPage } from "./dev/arrived_page.tsx";
import { composing, fromElsewhere } from "./dev/composing.tsx";
import { harmlessHtml } from "./dev/harmless_html.ts";
import { letterJson, sizeOf } from "./dev/letter_json.ts";
import { LetterPage } from "./dev/letter_page.tsx";
import { ListPage } from "./dev/list_page.tsx";
import type { BodyView } from "./dev/mail_body.tsx";
import { arrivedMail, type ListedMail } from "./dev/mail_list.ts";
import type { MailboxDesk } from "./dev/mailbox_desk.ts";
import { deliveriesById, mailboxView, threadView } from "./dev/mailbox_views.ts";
import { replyWords } from "./dev/reply_words.ts";
import { markSeen } from "./dev/seen_mails.ts";
import { StylesPage } from "./dev/styles_page.tsx";
import { fileAnswer } from "./file_answer.ts";
import { makePages, type Pages } from "./render.tsx";
import type { Assets } from "./site.ts";

/** Own pages with the frame that shows the HTML part of a letter. */
const MAILBOX_POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-src 'self'; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** The HTML part: it may look like itself and do nothing. */
const HTML_HEADERS = {
  "content-security-policy": "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; " +
    "style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'",
  "x-frame-options": "SAMEORIGIN",
  "referrer-policy": "no-referrer",
};

/** What another server says of an address that it does not know (RFC 5321 §4.2.3, RFC 3463 §3.2). */
const NO_SUCH_ADDRESS = "550 5.1.1 User unknown";

/** Makes the router of `/dev/mailbox`. */
export function devMailbox(world: World, site: { readonly assets: Assets }, mailbox: MailboxMailer): Hono {
  const pages: Pages = makePages({ assets: site.assets, settings: world.settings });
  const show = (page: VNode) => pages.html(page, { headers: { "content-security-policy": MAILBOX_POLICY } });
  const desk: MailboxDesk = { world, mailbox, show, subjectOf: subjectsOf(world) };
  const app = new Hono();
  app.get("/dev/styles", () => pages.html(<StylesPage />));
  app.get("/dev/mailbox", (c) => list(c, desk));
  app.get("/dev/mailbox/messages", async (c) => c.json(await mailbox.kept(c.req.query("to") || undefined)));
  app.get("/dev/mailbox/messages/:id", (c) => json(c, desk));
  app.get("/dev/mailbox/messages/:id/attachments/:index", (c) => attachment(c, desk));
  app.get("/dev/mailbox/letters/:id", (c) => letterPage(c, desk));
  app.get("/dev/mailbox/letters/:id/html", (c) => letterHtml(c, desk));
  app.post("/dev/mailbox/letters/:id/bounce", (c) => bounce(c, desk));
  app.get("/dev/mailbox/arrived/:id", (c) => arrivedPage(c, desk));
  app.get("/dev/mailbox/arrived/:id/html", (c) => arrivedHtml(c, desk));
  app.get("/dev/mailbox/arrived/:id/:what{raw|[0-9]+}", (c) => arrivedFile(c, desk));
  app.route("/", composing(desk));
  return app;
}

const viewIn = (c: Context): BodyView => c.req.query("view") === "text" ? "text" : "html";

const personIn = (c: Context): string => c.req.query("to")?.trim() ?? "";

async function list(c: Context, desk: MailboxDesk): Promise<Response> {
  const person = personIn(c);
  const view = await mailboxView(desk, person);
  return desk.show(<ListPage {...view} person={person} now={now(desk.world)} />);
}

const letterAt = (c: Context, { mailbox }: MailboxDesk) => mailbox.letter(c.req.param("id") ?? "");

async function json(c: Context, desk: MailboxDesk): Promise<Response> {
  const found = await letterAt(c, desk);
  return found ? c.json(await letterJson(desk.world.blobs, found.entry, found.mail)) : c.notFound();
}

async function letterPage(c: Context, desk: MailboxDesk): Promise<Response> {
  const found = await letterAt(c, desk);
  if (!found) return c.notFound();
  const { entry, mail } = found;
  await markSeen(desk.world.store, entry.id);
  const listed: ListedMail = { ...entry, way: "out", from: mail.from.address, to: [entry.to], entry: null };
  return desk.show(
    <LetterPage
      entry={entry}
      letter={await letterJson(desk.world.blobs, entry, mail)}
      delivery={(await deliveriesById(desk.world, entry.caseNumber)).get(entry.id) ?? null}
      words={replyWords(entry.caseNumber !== null, isOfficer(desk.world.settings, entry.to))}
      view={viewIn(c)}
      thread={await threadView(desk, listed, personIn(c))}
    />,
  );
}

async function letterHtml(c: Context, desk: MailboxDesk): Promise<Response> {
  const found = await letterAt(c, desk);
  if (!found) return c.notFound();
  // Links of the letter open beside the mailbox, not within its frame.
  const html = found.mail.html.replace(/<head[^>]*>/i, '$&<base target="_blank">');
  return c.html(html, 200, HTML_HEADERS);
}

/** Plays the server of a recipient who does not exist. */
async function bounce(c: Context, desk: MailboxDesk): Promise<Response> {
  if (fromElsewhere(c)) return c.text("only from this page", 403);
  const found = await letterAt(c, desk);
  if (!found) return c.notFound();
  const letter = { outboxId: found.mail.id };
  await recordDelivery(desk.world, { letter, state: "failed", why: NO_SUCH_ADDRESS, at: now(desk.world) });
  return c.redirect(`/dev/mailbox/letters/${found.entry.id}`, 303);
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

async function arrivedPage(c: Context, desk: MailboxDesk): Promise<Response> {
  const found = await arrivedOf(desk.world, c.req.param("id") ?? "");
  if (!found) return c.notFound();
  const { entry, mail } = found;
  const files = (mail?.attachments ?? []).map(({ filename, size }, index) => ({
    filename,
    size,
    url: `/dev/mailbox/arrived/${entry.id}/${index}`,
  }));
  const thread = await threadView(desk, arrivedMail(entry), personIn(c));
  return desk.show(<ArrivedPage entry={entry} mail={mail} files={files} view={viewIn(c)} thread={thread} />);
}

async function arrivedHtml(c: Context, desk: MailboxDesk): Promise<Response> {
  const html = (await arrivedOf(desk.world, c.req.param("id") ?? ""))?.mail?.html;
  return html ? c.html(harmlessHtml(html), 200, HTML_HEADERS) : c.notFound();
}

/** The message as it came, or one of its files. */
async function arrivedFile(c: Context, desk: MailboxDesk): Promise<Response> {
  const found = await arrivedOf(desk.world, c.req.param("id") ?? "");
  if (!found) return c.notFound();
  const { entry, mail } = found;
  const what = c.req.param("what") ?? "";
  const file = what === "raw"
    ? { filename: `${entry.id}.eml`, contentType: "message/rfc822", size: entry.size, blob: entry.raw }
    : mail?.attachments[Number(what)];
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
