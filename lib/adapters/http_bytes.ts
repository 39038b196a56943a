/**
 * Small answers over HTTP, with limits on time and size: what timestamp authorities, OCSP responders, CRL places
 * and signing services give.
 *
 * @module
 */
import type { Bytes } from "../pades/der.ts";
import { joinBytes } from "../pdf/byte_source.ts";
import { PortError } from "../ports.ts";

/** The part of `fetch` that is used; tests give their own. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** One question. */
export type HttpQuestion = {
  readonly url: string;
  /** Sent by POST; without it the question is a GET. */
  readonly body?: { readonly type: string; readonly bytes: Bytes };
  /** Headers besides those of the body. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds until the whole answer must be there. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly signal?: AbortSignal;
};

/** An answer, whatever its status. */
export type HttpAnswer = { readonly status: number; readonly bytes: Bytes };

/**
 * The body of a 200 answer. Redirects are faults: nobody else was asked. Throws `PortError`, retryable; it names
 * `what`, never the address, which may hold a password.
 */
export async function askForBytes(what: string, question: HttpQuestion, fetch: Fetch): Promise<Bytes> {
  return await converse(what, question, fetch, async (response) => {
    if (response.status === 200) return await readUpTo(response, question.maxBytes, what);
    await response.body?.cancel();
    throw failed(what, `status ${response.status}`);
  });
}

/** The answer with its status; redirects are not followed. Throws `PortError` as `askForBytes` does. */
export async function askForAnswer(what: string, question: HttpQuestion, fetch: Fetch): Promise<HttpAnswer> {
  return await converse(what, question, fetch, async (response) => {
    return { status: response.status, bytes: await readUpTo(response, question.maxBytes, what) };
  });
}

async function converse<Result>(
  what: string,
  { url, body, headers: further, timeoutMs, signal }: HttpQuestion,
  fetch: Fetch,
  read: (response: Response) => Promise<Result>,
): Promise<Result> {
  signal?.throwIfAborted();
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), timeoutMs);
  try {
    const { address, headers } = withoutPassword(url);
    const response = await fetch(address, {
      method: body ? "POST" : "GET",
      headers: { ...headers, ...further, ...(body && { "content-type": body.type }) },
      ...(body && { body: body.bytes }),
      redirect: "manual",
      signal: signal ? AbortSignal.any([signal, late.signal]) : late.signal,
    });
    return await read(response);
  } catch (cause) {
    if (cause instanceof PortError) throw cause;
    signal?.throwIfAborted();
    if (late.signal.aborted) throw failed(what, "no answer in time", "timeout");
    throw failed(what, `no connection${reasonOf(cause)}`);
  } finally {
    clearTimeout(timer);
  }
}

/** What the network says, without the address that stands before it. */
function reasonOf(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : "";
  const [, reason] = / for url \([^)]*\): (.*)$/s.exec(inner) ?? [];
  return reason === undefined ? "" : ` (${reason})`;
}

function failed(what: string, state: string, code: "unavailable" | "timeout" = "unavailable"): PortError {
  return new PortError(code, `Cannot ask ${what}: ${state}`, { retryable: true });
}

/** Name and password of a URL become a header (RFC 7617), so that no log of addresses shows them. */
function withoutPassword(url: string): { address: string; headers: Record<string, string> } {
  const parsed = new URL(url);
  const { username, password } = parsed;
  if (username === "" && password === "") return { address: url, headers: {} };
  parsed.username = "";
  parsed.password = "";
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const basic = new TextEncoder().encode(pair).toBase64();
  return { address: parsed.href, headers: { authorization: `Basic ${basic}` } };
}

async function readUpTo(response: Response, maxBytes: number, what: string): Promise<Bytes> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > maxBytes) throw failed(what, "the answer is too long"); // Leaving the loop cancels the stream.
    chunks.push(chunk);
  }
  return joinBytes(chunks);
}
