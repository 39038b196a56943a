/**
 * Our fakes of Resend as one place, as the service has one address: letters go out there and mails come in.
 *
 * @module
 */
import { type FakeResend, fakeResend, type TakenLetter } from "../support/fake_resend.ts";
import { type FakeInbound, fakeResendInbound } from "../support/fake_resend_inbound.ts";
import { loopbackServer } from "../support/loopback_server.ts";
import type { PeerLetter } from "./received_letter.ts";

/** The place. */
export type ResendPlace = {
  readonly url: string;
  readonly letters: FakeResend;
  readonly inbound: FakeInbound;
  close(): Promise<void>;
};

/** Opens it; it knows one key. */
export function resendPlace(apiKey = "re_test"): ResendPlace {
  const letters = fakeResend(apiKey);
  const inbound = fakeResendInbound(apiKey);
  let url = "";

  async function pass(request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    const receives = /^\/(?:emails\/receiving|raw)\b/.test(pathname);
    const { method, headers } = request;
    const body = method === "POST" ? await request.bytes() : null;
    const target = (receives ? inbound : letters).url;
    const response = await fetch(target + pathname + search, { method, headers, body });
    if (!receives || pathname.startsWith("/raw/")) return response;
    // What it names as the place of a download is here, too.
    const text = (await response.text()).replaceAll(inbound.url, url);
    return new Response(text, { status: response.status });
  }

  const server = loopbackServer(pass);
  url = server.url;
  return {
    url,
    letters,
    inbound,
    async close() {
      await server.close();
      await letters.close();
      await inbound.close();
    },
  };
}

/** A letter that was taken, as its recipient has it; `order` is its place among all. */
export function letterTaken({ headers, reply_to, ...taken }: TakenLetter, order: number): PeerLetter {
  const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  const all: Record<string, string> = { ...Object.fromEntries(named), "reply-to": reply_to ?? "" };
  const files = taken.attachments ?? [];
  return {
    id: taken.id,
    to: taken.to[0] ?? "",
    subject: taken.subject,
    kind: all["x-warifu-kind"] ?? "",
    caseNumber: all["x-warifu-case"] ?? null,
    at: String(order).padStart(6, "0"),
    headers: all,
    text: taken.text,
    html: taken.html,
    attachments: files.map(({ filename, content_type, content }, at) => ({
      filename,
      contentType: content_type,
      size: content.length,
      url: `${taken.id}#${at}`,
    })),
    contents: files.map(({ content }) => Uint8Array.fromBase64(content)),
  };
}
