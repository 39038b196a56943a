/**
 * Reads mail in a worker that may touch nothing of the machine. A message that breaks it or takes too long costs
 * the worker, never the service.
 *
 * @module
 */
import { UnreadableError } from "../domain/unreadable.ts";
import { DEFAULT_MESSAGE_LIMITS, type MessageLimits } from "../mail/message_limits.ts";
import type { MailReader, ReadingWish, ReadMail } from "../mail/read_mail.ts";
import { type Blobs, PortError, type Sha256 } from "../ports.ts";
import type { ReaderReport } from "./mail_reader_messages.ts";
import { MailReading, type ReadingTimes } from "./mail_reading.ts";
import { oneByOne } from "./one_by_one.ts";

/** What a reader allows. */
export type ReaderLimits = ReadingTimes & {
  /** What a message may hold. */
  readonly message: MessageLimits;
  /** After so many messages the worker is replaced. */
  readonly messagesPerWorker: number;
  /** After a raw message larger than this, in bytes, the worker is replaced: its memory never shrinks. */
  readonly keepBelowBytes: number;
};

const DEFAULTS: ReaderLimits = {
  message: DEFAULT_MESSAGE_LIMITS,
  silenceMs: 20_000,
  wholeMs: 600_000,
  messagesPerWorker: 500,
  keepBelowBytes: 8 * 1024 * 1024,
};

/** A reader of the messages in `blobs`, into which it lays their files. Its worker starts with the first one. */
export function workerMailReader(blobs: Blobs, options: Partial<ReaderLimits> = {}): MailReader {
  return new WorkerMailReader(blobs, { ...DEFAULTS, ...options });
}

class WorkerMailReader implements MailReader {
  readonly #blobs: Blobs;
  readonly #limits: ReaderLimits;
  readonly #inTurn = oneByOne();
  #worker: Worker | null = null;
  #reading: MailReading | null = null;
  #messages = 0;
  #closed = false;

  constructor(blobs: Blobs, limits: ReaderLimits) {
    this.#blobs = blobs;
    this.#limits = limits;
  }

  read(raw: Sha256, envelopeFrom: string, wish: ReadingWish = { html: false }): Promise<ReadMail> {
    return this.#inTurn(() => this.#read(raw, envelopeFrom, wish));
  }

  close(): void {
    this.#closed = true;
    this.#reading?.fail(unavailable("the reader was closed"));
    this.#retire();
  }

  async #read(raw: Sha256, envelopeFrom: string, wish: ReadingWish): Promise<ReadMail> {
    const source = await this.#blobs.open(raw);
    try {
      if (this.#closed) throw unavailable("the reader is closed");
      const reading = new MailReading(this.#begin(), source, this.#blobs, this.#limits);
      this.#reading = reading;
      reading.start({ tell: "read", envelopeFrom, limits: this.#limits.message, wish });
      const mail = await reading.outcome;
      this.#messages++;
      if (this.#messages >= this.#limits.messagesPerWorker || source.size > this.#limits.keepBelowBytes) {
        this.#retire();
      }
      return mail;
    } catch (error) {
      this.#retire(); // It may be in the middle of anything.
      throw error instanceof UnreadableError || error instanceof PortError
        ? error
        : unavailable("it failed", error);
    } finally {
      await this.#reading?.settled();
      this.#reading = null;
      source.close();
    }
  }

  #begin(): Worker {
    if (this.#worker !== null) return this.#worker;
    const worker = new Worker(import.meta.resolve("./mail_reader_worker.ts"), {
      type: "module",
      name: "mail reader",
      deno: { permissions: "none" },
    });
    worker.onmessage = (event: MessageEvent<ReaderReport>) => this.#reading?.hear(event.data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.#reading?.fail(unavailable("its worker ended", event.message));
    };
    worker.onmessageerror = () => this.#reading?.fail(unavailable("its worker said nothing readable"));
    this.#worker = worker;
    return worker;
  }

  #retire(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#messages = 0;
  }
}

function unavailable(why: string, cause?: unknown): PortError {
  return new PortError("unavailable", `Cannot read the mail: ${why}`, { retryable: true, cause });
}
