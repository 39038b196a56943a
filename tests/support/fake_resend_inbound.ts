/**
 * The receiving side of Resend as a server of its own that also misbehaves: keeps mails, tells of them, gives their
 * raw form from a place to download from, asks for a slower pace, and breaks off.
 *
 * @module
 */
import { createHmac } from "node:crypto";
import { cutAnswer, loopbackServer } from "./loopback_server.ts";

/** A mail that it keeps. */
export type KeptInbound = {
  readonly id: string;
  readonly at: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly receivedFor?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly subject?: string;
  readonly text?: string;
  /** Null: the raw form is not kept, files must be fetched one by one. */
  readonly raw: Uint8Array<ArrayBuffer> | null;
  readonly files?: readonly {
    readonly filename: string;
    readonly contentType: string;
    readonly content: Uint8Array<ArrayBuffer>;
  }[];
};

/** How the next request is treated. */
export type InboundMood = "slower" | "fail" | "missing" | "cut" | "nonsense" | "elsewhere";

/** The server. */
export type FakeInbound = {
  readonly url: string;
  /** The newest first. */
  readonly mails: KeptInbound[];
  /** Moods of the next requests to the interface, and of downloads. */
  readonly moods: InboundMood[];
  readonly downloadMoods: InboundMood[];
  /** Paths asked for. */
  readonly asked: string[];
  close(): Promise<void>;
};

/** Where a mood "elsewhere" sends whoever asks for a mail. */
const ELSEWHERE = "http://127.0.0.1:1/secret";

/** An event as Resend posts it, signed. */
export function signedEvent(
  secret: string,
  { id, at, body }: { readonly id: string; readonly at: string; readonly body: unknown },
): { readonly headers: Record<string, string>; readonly body: string } {
  const text = JSON.stringify(body);
  const timestamp = String(Math.floor(Date.parse(at) / 1000));
  const key = Uint8Array.fromBase64(secret.replace(/^whsec_/, ""));
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${text}`).digest("base64");
  const headers = { "svix-id": id, "svix-timestamp": timestamp, "svix-signature": `v1,${signature}` };
  return { headers: { ...headers, "content-type": "application/json" }, body: text };
}

function failing(mood: InboundMood | undefined): Response | null {
  if (mood === "slower") return Response.json({ name: "rate_limit_exceeded" }, { status: 429 });
  if (mood === "fail") return Response.json({ name: "application_error" }, { status: 500 });
  if (mood === "missing") return Response.json({ name: "not_found" }, { status: 404 });
  if (mood === "nonsense") return new Response("<html>");
  return null;
}

/** The bytes, or half of them and then an end that should not be. */
function content(bytes: Uint8Array<ArrayBuffer>, cut: boolean): Response {
  return cut ? cutAnswer(bytes.slice(0, bytes.length >> 1), bytes.length) : new Response(bytes);
}

/** Starts the server; it knows one key. */
export function fakeResendInbound(apiKey = "re_test"): FakeInbound {
  const mails: KeptInbound[] = [];
  const moods: InboundMood[] = [];
  const downloadMoods: InboundMood[] = [];
  const asked: string[] = [];
  let origin = "";

  const told = (mail: KeptInbound, elsewhere: boolean) => ({
    object: "email",
    id: mail.id,
    created_at: mail.at,
    from: mail.from,
    to: mail.to,
    cc: [],
    received_for: mail.receivedFor ?? [],
    subject: mail.subject ?? "",
    text: mail.text ?? null,
    html: null,
    message_id: `<${mail.id}@mail.example.jp>`,
    headers: mail.headers ?? {},
    raw: mail.raw &&
      { download_url: elsewhere ? ELSEWHERE : `${origin}/raw/${mail.id}`, expires_at: mail.at },
    attachments: [],
  });
  const files = (mail: KeptInbound) =>
    (mail.files ?? []).map(({ filename, contentType, content }, n) => ({
      id: String(n),
      filename,
      content_type: contentType,
      size: content.length,
      download_url: `${origin}/raw/${mail.id}/${n}`,
    }));

  function download(path: string): Response {
    const mood = downloadMoods.shift();
    const [id, n] = path.split("/");
    const mail = mails.find((each) => each.id === id);
    const bytes = n === undefined ? mail?.raw : mail?.files?.[Number(n)]?.content;
    return failing(mood) ?? (bytes ? content(bytes, mood === "cut") : new Response("gone", { status: 403 }));
  }

  function list(after: string | null): Response {
    const from = after === null ? 0 : mails.findIndex(({ id }) => id === after) + 1;
    const page = mails.slice(from, from + 100);
    const data = page.map((mail) => ({ id: mail.id, created_at: mail.at }));
    return Response.json({ object: "list", has_more: from + page.length < mails.length, data });
  }

  function answer(request: Request): Response {
    const { pathname, searchParams } = new URL(request.url);
    asked.push(pathname);
    if (pathname.startsWith("/raw/")) return download(pathname.slice("/raw/".length));
    if (request.headers.get("authorization") !== `Bearer ${apiKey}`) {
      return Response.json({ name: "validation_error" }, { status: 401 });
    }
    const mood = moods.shift();
    const failure = failing(mood);
    if (failure) return failure;
    if (pathname === "/emails/receiving") return list(searchParams.get("after"));
    const [id, part] = pathname.slice("/emails/receiving/".length).split("/");
    const mail = mails.find((each) => each.id === id);
    if (!mail) return Response.json({ name: "not_found" }, { status: 404 });
    return Response.json(
      part === "attachments" ? { object: "list", data: files(mail) } : told(mail, mood === "elsewhere"),
    );
  }

  const server = loopbackServer(answer);
  origin = server.url;
  return { ...server, mails, moods, downloadMoods, asked };
}
