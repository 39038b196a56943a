/**
 * Hands letters to Resend over its HTTP interface. A retry of the same letter has the same idempotency key, so
 * that a letter whose answer was lost is not sent twice (the service remembers keys for 24 hours).
 *
 * @module
 */
import { type Blobs, type Mailer, type OutgoingMail, PortError } from "../ports.ts";
import { openAttached } from "./attached_sources.ts";
import type { Fetch } from "./http_bytes.ts";
import { noAnswer, refusalOf, resendFault } from "./resend_fault.ts";
import { idempotencyKey, type ResendLetter, resendLetter } from "./resend_letter.ts";
import { resendBase } from "./resend_base.ts";

/** What the mailer needs. */
export type ResendMailerOptions = {
  readonly apiKey: string;
  /** Where the service is; null for its own place. */
  readonly baseUrl: string | null;
  readonly fetch: Fetch;
  /** Passes time, in milliseconds. */
  readonly wait?: (ms: number) => Promise<void>;
  /** How long an answer may take, in milliseconds. */
  readonly timeoutMs?: number;
};

/** Largest body in bytes: 40 MB with attachments encoded. */
const MAX_BODY_BYTES = 40_000_000;

/** Longest pause that is waited out here, in ms; a longer one is left to the back-off of the letter. */
const LONGEST_PAUSE_MS = 10_000;

/** How often a letter is tried when the service asks for a slower pace. */
const TRIES = 5;

/** A pause where the service names none, in ms: it allows two requests a second. */
const USUAL_PAUSE_MS = 500;

const waitByTimer = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Makes the mailer. */
export function resendMailer(blobs: Blobs, options: ResendMailerOptions): Mailer {
  return new ResendMailer(blobs, options);
}

class ResendMailer implements Mailer {
  readonly #blobs: Blobs;
  readonly #options: ResendMailerOptions;
  readonly #wait: (ms: number) => Promise<void>;
  /** Resolves when the pauses that the service asked for are over: letters that come meanwhile keep them too. */
  #pace: Promise<void> = Promise.resolve();

  constructor(blobs: Blobs, options: ResendMailerOptions) {
    this.#blobs = blobs;
    this.#options = options;
    this.#wait = options.wait ?? waitByTimer;
  }

  async send(mail: OutgoingMail): Promise<void> {
    const files = await openAttached(mail.attachments, this.#blobs);
    try {
      const letter = resendLetter(mail, files);
      if (letter.size > MAX_BODY_BYTES) {
        throw new PortError("too_large", "Cannot hand the mail over: it is larger than Resend takes", {
          retryable: false,
          undone: true,
          cause: new Error("message too large"),
        });
      }
      await this.#post(letter, idempotencyKey(mail));
    } finally {
      for (const file of files) file.close();
    }
  }

  async #post(letter: ResendLetter, key: string): Promise<void> {
    let turn = this.#pace;
    for (let tries = 1;; tries++) {
      await turn;
      const { status, pauseMs, body } = await this.#ask("/emails", {
        method: "POST",
        headers: { "content-type": "application/json", "idempotency-key": key },
        body: bodyOf(letter),
      });
      if (status >= 200 && status < 300) return;
      if (status !== 429 || tries === TRIES || pauseMs > LONGEST_PAUSE_MS) {
        throw resendFault(refusalOf(status, body));
      }
      // Whoever is asked to wait queues up behind those who were asked before, so that not all come back at once.
      turn = this.#pace.then(() => this.#wait(pauseMs));
      this.#pace = turn;
    }
  }

  /** Asks; the answer with its body, and for how long it asks for silence. */
  async #ask(path: string, init: RequestInit): Promise<{ status: number; pauseMs: number; body: string }> {
    const { apiKey, baseUrl, fetch, timeoutMs = 120_000 } = this.#options;
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), timeoutMs);
    try {
      const response = await fetch(resendBase(baseUrl) + path, {
        ...init,
        headers: { ...init.headers, "authorization": `Bearer ${apiKey}`, "user-agent": "warifu" },
        redirect: "manual",
        signal: late.signal,
      });
      const pauseMs = pauseOf(response.headers.get("retry-after"));
      return { status: response.status, pauseMs, body: (await response.text()).slice(0, 10_000) };
    } catch (cause) {
      throw noAnswer(cause, late.signal.aborted);
    } finally {
      clearTimeout(timer);
    }
  }

  async ready(): Promise<boolean> {
    try {
      const { status, body } = await this.#ask("/domains?limit=1", { method: "GET" });
      // A key that may only send may not look at domains: it is a right key all the same.
      return status < 300 || status === 429 || refusalOf(status, body).name === "restricted_api_key";
    } catch {
      return false;
    }
  }

  close(): void {}
}

/** Small letters go as they are; what has files is read while it goes. */
function bodyOf({ size, pieces }: ResendLetter): BodyInit {
  if (size < 100_000) return new Blob([...pieces()]);
  const each = pieces();
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      const next = each.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
  });
}

/** `Retry-After` in ms: seconds (RFC 9110 §10.2.3); a usual pause where there is none. */
function pauseOf(written: string | null): number {
  const seconds = written === null ? NaN : Number(written);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : USUAL_PAUSE_MS;
}
