/**
 * Takes raw messages in over HTTP, from relays that can't speak SMTP to us.
 *
 * @module
 */
import { type Context, Hono } from "hono";
import { createHash, timingSafeEqual } from "node:crypto";
import { receiveMail } from "../lib/flows/receive_mail.ts";
import type { World } from "../lib/flows/world.ts";
import { chunksWithin, TooLargeError } from "../lib/mail/bounded_stream.ts";
import {
  isEnvelopeAddress,
  type MailEnvelope,
  type MailTransport,
  withoutBrackets,
} from "../lib/mail/envelope.ts";
import { PortError } from "../lib/ports.ts";

/** Who may hand messages in, and how large they may be. */
export type InboundOptions = {
  /** `INBOUND_TOKEN`. */
  readonly token: string;
  /** The largest message, in bytes. */
  readonly maxBytes: number;
};

/** Who wrote to the relay is the relay's knowledge. */
const BY_HTTP: MailTransport = { door: "http", clientIp: null, helo: null, encrypted: false };

/** Recipients of one message. */
const MAX_RECIPIENTS = 100;

/** Makes the router of `/inbound/mime`: 202 once the message is stored durably. */
export function inboundMime(world: World, options: InboundOptions): Hono {
  const app = new Hono();
  app.post("/inbound/mime", (c) => take(c, world, options));
  return app;
}

async function take(c: Context, world: World, { token, maxBytes }: InboundOptions): Promise<Response> {
  const given = /^Bearer +(\S+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
  if (given === undefined) return c.text("a bearer token is needed", 401, { "www-authenticate": "Bearer" });
  if (!sameSecret(given, token)) return c.text("not the right token", 403);
  if (!/^message\/rfc822\s*(?:;|$)/i.test(c.req.header("content-type") ?? "")) {
    return c.text("send one message as message/rfc822", 415);
  }
  const envelope = envelopeOf(c);
  if (envelope === null) return c.text("X-Envelope-From and X-Envelope-To are needed", 400);
  const body = c.req.raw.body;
  if (body === null) return c.text("the message is empty", 400);
  if (Number(c.req.header("content-length") ?? 0) > maxBytes) return await tooLarge(c, body, maxBytes);
  try {
    const content = ReadableStream.from(chunksWithin(body, maxBytes));
    await receiveMail(world, { envelope, content, transport: BY_HTTP });
    return c.text("stored", 202);
  } catch (error) {
    if (error instanceof TooLargeError) return await tooLarge(c, null, maxBytes);
    if (!(error instanceof PortError)) throw error;
    world.log.error("inbound_message_not_stored", error);
    return c.text("could not be stored just now", 503, { "retry-after": "60" });
  }
}

async function tooLarge(c: Context, unread: ReadableStream | null, maxBytes: number): Promise<Response> {
  await unread?.cancel();
  return c.text(`at most ${maxBytes} bytes`, 413);
}

/** The envelope; the null sender is written `<>` or as an empty value. */
function envelopeOf(c: Context): MailEnvelope | null {
  const from = c.req.header("x-envelope-from");
  if (from === undefined) return null;
  const sender = withoutBrackets(from);
  const recipients = (c.req.header("x-envelope-to") ?? "").split(",").map(withoutBrackets);
  const to = recipients.filter((address) => address !== "");
  const known = (sender === "" || isEnvelopeAddress(sender)) && to.every(isEnvelopeAddress);
  return known && to.length > 0 && to.length <= MAX_RECIPIENTS ? { from: sender, to } : null;
}

/** Compares hashes, so that neither content nor length shows in the time it takes. */
function sameSecret(given: string, expected: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(given), hash(expected));
}
