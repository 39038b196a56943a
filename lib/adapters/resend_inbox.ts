/**
 * Fetches mail that Resend took in for us: what it tells of a mail, then the raw message from where it says.
 *
 * @module
 */
import { instantOf } from "../domain/instant.ts";
import { chunksWithin } from "../mail/bounded_stream.ts";
import type { MailEnvelope } from "../mail/envelope.ts";
import type { ListedMail, ProvidedMail, ProviderInbox } from "../mail/provider_inbox.ts";
import { rebuiltMessage } from "../mail/rebuilt_message.ts";
import type { MessageFile } from "../mail/write_message.ts";
import { PortError } from "../ports.ts";
import { askForAnswer, type Fetch } from "./http_bytes.ts";
import { download, type Lookup } from "./provider_download.ts";
import { listOf, messageIn, numberOf, recordOf, type ResendMessage, textOf } from "./resend_message.ts";
import { resendBase } from "./resend_base.ts";

/** What the inbox needs. */
export type ResendInboxOptions = {
  readonly apiKey: string;
  /** Where the service is; null for its own place. */
  readonly baseUrl: string | null;
  /** The largest message, in bytes. */
  readonly maxBytes: number;
  readonly fetch: Fetch;
  readonly lookup: Lookup;
};

/** How long an answer of the service may take, in milliseconds. */
const TIMEOUT_MS = 30_000;

/** What the service tells of one mail: its text and HTML are in it. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

/** Stands before the text of a mail whose files were too large. */
const TOO_LARGE = "（このメールは大きすぎたため、添付ファイルを受け取れませんでした。）";

/** Mails of a page of the list. */
const PAGE = 100;

/** Opens the inbox. */
export function resendInbox(options: ResendInboxOptions): ProviderInbox {
  return new ResendInbox(options);
}

class ResendInbox implements ProviderInbox {
  readonly #options: ResendInboxOptions;
  readonly #base: string;

  constructor(options: ResendInboxOptions) {
    this.#options = options;
    this.#base = resendBase(options.baseUrl);
  }

  async fetch(id: string, signal: AbortSignal): Promise<ProvidedMail> {
    const path = `/emails/receiving/${encodeURIComponent(id)}`;
    const message = messageIn(await this.#ask(`${path}?html_format=cid`, signal));
    const envelope = envelopeOf(message);
    const rebuilt = (files: readonly MessageFile[], text = message.text) =>
      ReadableStream.from(rebuiltMessage({ ...message, files, text }));
    const withoutFiles = () => rebuilt([], `${TOO_LARGE}\n\n${message.text}`);
    if (message.rawUrl !== null) {
      return { envelope, content: this.#download(message.rawUrl, signal), withoutFiles };
    }
    const files = await this.#files(`${path}/attachments`, signal);
    return { envelope, content: rebuilt(files), withoutFiles };
  }

  async list(after: string | null, signal: AbortSignal): Promise<{ mails: ListedMail[]; more: boolean }> {
    const from = after === null ? "" : `&after=${encodeURIComponent(after)}`;
    const page = recordOf(await this.#ask(`/emails/receiving?limit=${PAGE}${from}`, signal));
    const mails = listOf(page?.["data"]).flatMap((each) => {
      const [id, ms] = [textOf(recordOf(each)?.["id"]), Date.parse(textOf(recordOf(each)?.["created_at"]))];
      return id === "" || Number.isNaN(ms) ? [] : [{ id, at: instantOf(ms) }];
    });
    return { mails, more: page?.["has_more"] === true };
  }

  async #files(path: string, signal: AbortSignal): Promise<MessageFile[]> {
    const files: MessageFile[] = [];
    let left = this.#options.maxBytes;
    for (const each of listOf(recordOf(await this.#ask(path, signal))?.["data"])) {
      const file = recordOf(each);
      if (file === null || numberOf(file["size"]) > left) continue; // Its message is then without it.
      const content = this.#download(textOf(file["download_url"]), signal, left);
      const bytes = new Uint8Array(await new Response(content).arrayBuffer());
      left -= bytes.length;
      files.push({
        filename: textOf(file["filename"]),
        contentType: textOf(file["content_type"]) || "application/octet-stream",
        content: bytes,
      });
    }
    return files;
  }

  /** Asks for nothing until it is read. */
  #download(url: string, signal: AbortSignal, maxBytes = this.#options.maxBytes): ReadableStream<Uint8Array> {
    const { fetch, lookup } = this.#options;
    const means = { fetch, lookup, ownPlace: new URL(this.#base).origin, signal };
    return ReadableStream.from((async function* () {
      yield* chunksWithin(await download(url, means), maxBytes);
    })());
  }

  async #ask(path: string, signal: AbortSignal): Promise<unknown> {
    const { status, bytes } = await askForAnswer("Resend", {
      url: this.#base + path,
      headers: { authorization: `Bearer ${this.#options.apiKey}` },
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_ANSWER_BYTES,
      signal,
    }, this.#options.fetch);
    if (status !== 200) throw faultOf(status);
    try {
      return JSON.parse(new TextDecoder().decode(bytes));
    } catch (cause) {
      throw new PortError("unavailable", "Cannot ask Resend: the answer is no JSON", {
        retryable: true,
        cause,
      });
    }
  }
}

/** A wrong key can be mended, so nothing is given up for it. */
function faultOf(status: number): PortError {
  const code = status === 404
    ? "not_found"
    : status === 401 || status === 403
    ? "misconfigured"
    : "unavailable";
  return new PortError(code, `Cannot ask Resend: it answered ${status}`, { retryable: true });
}

/** `MAIL FROM` is told by no one but `Return-Path`, where it is kept; the null sender is written `<>` there. */
function envelopeOf({ from, to, cc, receivedFor, headers }: ResendMessage): MailEnvelope {
  const path = Object.entries(headers).find(([name]) => name.toLowerCase() === "return-path")?.[1];
  const recipients = receivedFor.length > 0 ? receivedFor : [...to, ...cc];
  return { from: bare(path ?? from), to: [...new Set(recipients.map(bare))] };
}

const bare = (written: string): string => (/<([^<>]*)>\s*$/.exec(written)?.[1] ?? written).trim();
