/**
 * Takes the events of Resend: 200 once what follows from one is durable; the provider repeats what got another
 * answer.
 *
 * @module
 */
import { type Context, Hono } from "hono";
import { UnreadableError } from "../lib/domain/unreadable.ts";
import { takeEvent } from "../lib/flows/take_event.ts";
import { now, type World } from "../lib/flows/world.ts";
import { chunksWithin, TooLargeError } from "../lib/mail/bounded_stream.ts";
import { readResendEvent } from "../lib/mail/resend_event.ts";
import { isSignedEvent } from "../lib/mail/webhook_signature.ts";
import { PortError } from "../lib/ports.ts";

/** Largest event in bytes: names of many attachments are in it. */
const MAX_EVENT_BYTES = 1024 * 1024;

/** Makes the router of `/webhooks/resend`. `secret` is `RESEND_WEBHOOK_SECRET`. */
export function resendWebhook(world: World, secret: string): Hono {
  const app = new Hono();
  app.post("/webhooks/resend", (c) => take(c, world, secret));
  return app;
}

async function take(c: Context, world: World, secret: string): Promise<Response> {
  try {
    const body = await bodyOf(c);
    const id = c.req.header("svix-id") ?? "";
    const timestamp = c.req.header("svix-timestamp");
    const signatures = c.req.header("svix-signature");
    if (id.length > 200 || !isSignedEvent(secret, { id, timestamp, signatures, body }, now(world))) {
      return c.text("not signed by Resend just now", 401);
    }
    await takeEvent(world, id, readResendEvent(body));
    return c.text("taken", 200);
  } catch (error) {
    if (error instanceof TooLargeError) return c.text(`at most ${MAX_EVENT_BYTES} bytes`, 413);
    if (error instanceof UnreadableError) {
      world.log.warn("event_unreadable", { code: error.code, message: error.message });
      return c.text("not an event", 400);
    }
    if (!(error instanceof PortError)) throw error;
    world.log.error("event_not_stored", error);
    return c.text("could not be stored just now", 503, { "retry-after": "60" });
  }
}

/** The very bytes, since the signature is over them. */
async function bodyOf(c: Context): Promise<Uint8Array> {
  const { body } = c.req.raw;
  if (body === null) return new Uint8Array();
  const length = Number(c.req.header("content-length") ?? 0);
  if (length > MAX_EVENT_BYTES) {
    await body.cancel();
    throw new TooLargeError(MAX_EVENT_BYTES);
  }
  return new Uint8Array(
    await new Response(ReadableStream.from(chunksWithin(body, MAX_EVENT_BYTES))).arrayBuffer(),
  );
}
