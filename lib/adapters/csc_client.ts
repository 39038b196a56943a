/**
 * Speaks with a signing service (CSC API v2): JSON over HTTP with an access token of the OAuth 2.0 client
 * credentials grant (RFC 6749 §4.4), which is kept while it holds.
 *
 * @module
 */
import { epochMs } from "../domain/instant.ts";
import { UnreadableError } from "../domain/unreadable.ts";
import type { Bytes } from "../pades/der.ts";
import { type Clock, PortError } from "../ports.ts";
import { type JsonObject, readJson, readToken } from "./csc_answers.ts";
import { askForAnswer, type Fetch, type HttpAnswer } from "./http_bytes.ts";

/** Certificates with all their chains take 10 KB. */
const MAX_ANSWER_BYTES = 1024 * 1024;

/** A token is renewed this long before its end, in milliseconds, so that it holds on its way. */
const TOKEN_MARGIN_MS = 30_000;

/** A token is not kept longer than this, whatever is said of it, in milliseconds. */
const MAX_TOKEN_MS = 86_400_000;

/** Whom to ask, and how. */
export type CscClientOptions = {
  /** Where the methods are, without a slash at the end. */
  readonly base: string;
  /** Where tokens are given. */
  readonly tokenUrl: string;
  /** `CSC_CLIENT_ID` and `CSC_CLIENT_SECRET`. */
  readonly client: { readonly id: string; readonly secret: string };
  /** The true time, even where development moves its clock. */
  readonly clock: Clock;
  readonly fetch: Fetch;
  /** Milliseconds for one answer; 15,000 by default. */
  readonly timeoutMs?: number;
};

/** What came of a question: an answer, or the service's refusal in its own words, which are not to be shown. */
export type CscReply =
  | { readonly answer: JsonObject }
  | { readonly refusal: string; readonly description: string };

/** A service that can be asked. */
export class CscClient {
  readonly #options: CscClientOptions;
  #token: { readonly value: Promise<string>; until: number } | null = null;

  /** Knows where to ask; asks nothing yet. */
  constructor(options: CscClientOptions) {
    this.#options = options;
  }

  /** Calls a method (`signatures/signHash`). Throws `PortError` when there is no reply, or none of use. */
  async call(method: string, parameters: JsonObject, signal?: AbortSignal): Promise<CscReply> {
    let answer = await this.#ask(method, parameters, signal);
    if (answer.status === 401) {
      this.#token = null; // It may have been revoked before its end.
      answer = await this.#ask(method, parameters, signal);
    }
    const { status, bytes } = answer;
    if (status === 200) return { answer: reading(() => readJson(bytes)) };
    if (status === 400) return refusalIn(bytes);
    throw unanswered(status);
  }

  async #ask(method: string, parameters: JsonObject, signal: AbortSignal | undefined): Promise<HttpAnswer> {
    const token = await this.#accessToken();
    const { base } = this.#options;
    const bytes = new TextEncoder().encode(JSON.stringify(parameters));
    return await this.#post(`${base}/${method}`, "application/json", bytes, {
      headers: { authorization: `Bearer ${token}` },
      ...(signal && { signal }),
    });
  }

  /** Many signatures at once wait for one token; none of them may call it off for the others. */
  #accessToken(): Promise<string> {
    const now = epochMs(this.#options.clock.now());
    if (this.#token && now < this.#token.until) return this.#token.value;
    const fresh = { value: this.#newToken(now, (until) => fresh.until = until), until: now + MAX_TOKEN_MS };
    this.#token = fresh;
    fresh.value.catch(() => {
      if (this.#token === fresh) this.#token = null;
    });
    return fresh.value;
  }

  async #newToken(now: number, holdsUntil: (until: number) => void): Promise<string> {
    const { tokenUrl, client: { id, secret } } = this.#options;
    const form = new URLSearchParams({
      grant_type: "client_credentials",
      scope: "service",
      client_id: id,
      client_secret: secret,
    });
    const bytes = new TextEncoder().encode(form.toString());
    const answer = await this.#post(tokenUrl, "application/x-www-form-urlencoded", bytes, {});
    if (answer.status !== 200) throw unanswered(answer.status === 400 ? 401 : answer.status);
    const { token, seconds } = reading(() => readToken(readJson(answer.bytes)));
    holdsUntil(now + Math.min(seconds * 1000 - TOKEN_MARGIN_MS, MAX_TOKEN_MS));
    return token;
  }

  #post(
    url: string,
    type: string,
    bytes: Bytes,
    more: { readonly headers?: Readonly<Record<string, string>>; readonly signal?: AbortSignal },
  ): Promise<HttpAnswer> {
    const { fetch, timeoutMs = 15_000 } = this.#options;
    const question = { url, body: { type, bytes }, timeoutMs, maxBytes: MAX_ANSWER_BYTES, ...more };
    return askForAnswer("the signing service", question, fetch);
  }
}

/** Reads an answer; one that cannot be read is a `PortError` `corrupt`, retryable. */
export function reading<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof UnreadableError)) throw cause;
    const message = `Cannot use the signing service: ${cause.message}`;
    throw new PortError("corrupt", message, { retryable: true, cause });
  }
}

/** §10.1: `error` is one of a few names, `error_description` a sentence. */
function refusalIn(bytes: Bytes): CscReply {
  const { error, error_description: description } = reading(() => readJson(bytes));
  return {
    refusal: typeof error === "string" && /^\w{1,64}$/.test(error) ? error : "no known error",
    description: typeof description === "string" ? description : "",
  };
}

/** 401 and 403 last until an operator does something; the rest may pass. */
function unanswered(status: number): PortError {
  if (status === 401 || status === 403) {
    const message = "Cannot use the signing service: it does not know the client, or forbids it this";
    return new PortError("misconfigured", message, { retryable: false });
  }
  const message = `Cannot use the signing service: status ${status}`;
  return new PortError("unavailable", message, { retryable: true });
}
