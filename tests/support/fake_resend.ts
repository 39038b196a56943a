/**
 * Resend as a server of its own that also misbehaves: it asks for a slower pace, breaks off after it took a letter,
 * fails, and never answers. As the real one it remembers idempotency keys: the same key and body give the same
 * answer and no second letter, the same key and another body are refused.
 *
 * @module
 */
import { cutAnswer, loopbackServer } from "./loopback_server.ts";

/** How the next request for a letter is treated, in turn; "take" when nothing is left. */
export type ResendMood =
  | "take"
  /** 429; nothing is taken. `retryAfter` in seconds. */
  | { readonly slower: number | null }
  /** Takes the letter, then breaks off instead of answering. */
  | "cut_after_taking"
  /** Takes the letter, then answers 500. */
  | "fail_after_taking"
  /** Answers 500 and takes nothing. */
  | "fail"
  /** Never answers, until `close`. */
  | "silent"
  /** Refuses with a status and an error as the service writes it. */
  | { readonly status: number; readonly name: string; readonly message: string };

/** A letter as it was taken. */
export type TakenLetter = {
  readonly id: string;
  readonly key: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly reply_to?: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly tags: readonly { readonly name: string; readonly value: string }[];
  readonly attachments?: readonly {
    readonly filename: string;
    readonly content_type: string;
    readonly content: string;
  }[];
};

/** The server. */
export type FakeResend = {
  readonly url: string;
  readonly taken: readonly TakenLetter[];
  /** Idempotency keys of all requests, in order. */
  readonly keys: readonly string[];
  /** What happens to the next requests. */
  readonly moods: ResendMood[];
  close(): Promise<void>;
};

const errorAnswer = (status: number, name: string, message: string, headers: HeadersInit = {}): Response =>
  Response.json({ statusCode: status, name, message }, { status, headers });

/** Starts the server; it knows one key. */
export function fakeResend(apiKey = "re_test"): FakeResend {
  const taken: TakenLetter[] = [];
  const keys: string[] = [];
  const moods: ResendMood[] = [];
  const answers = new Map<string, { body: string; id: string }>();
  const silence = Promise.withResolvers<void>();

  /** Takes a letter unless its key did so before; its id, or a refusal. */
  function take(key: string, body: string): string | Response {
    const before = answers.get(key);
    if (before) {
      if (before.body === body) return before.id;
      return errorAnswer(
        409,
        "invalid_idempotent_request",
        "Same idempotency key used with a different payload.",
      );
    }
    const id = crypto.randomUUID();
    answers.set(key, { body, id });
    taken.push({ ...JSON.parse(body), id, key });
    return id;
  }

  async function letter(request: Request): Promise<Response> {
    const key = request.headers.get("idempotency-key") ?? "";
    keys.push(key);
    const mood = moods.shift() ?? "take";
    const body = await request.text();
    if (mood === "silent") {
      await silence.promise;
      return new Response(null, { status: 503 });
    }
    if (mood === "fail") return errorAnswer(500, "application_error", "Internal server error");
    if (typeof mood === "object") {
      if ("status" in mood) return errorAnswer(mood.status, mood.name, mood.message);
      const header = mood.slower === null ? {} : { "retry-after": String(mood.slower) };
      return errorAnswer(429, "rate_limit_exceeded", "Too many requests.", header);
    }
    const id = take(key, body);
    if (typeof id !== "string") return id;
    if (mood === "fail_after_taking") return errorAnswer(500, "application_error", "Internal server error");
    if (mood === "take") return Response.json({ id });
    return cutAnswer(new TextEncoder().encode('{"id":'), 100);
  }

  const server = loopbackServer((request) => {
    const { pathname } = new URL(request.url);
    if (request.headers.get("authorization") !== `Bearer ${apiKey}`) {
      return errorAnswer(401, "validation_error", "API key is invalid");
    }
    if (request.method === "POST" && pathname === "/emails") return letter(request);
    if (pathname === "/domains") return Response.json({ object: "list", data: [] });
    return errorAnswer(404, "not_found", "not found");
  });
  return {
    url: server.url,
    taken,
    keys,
    moods,
    async close() {
      silence.resolve();
      await server.close();
    },
  };
}
