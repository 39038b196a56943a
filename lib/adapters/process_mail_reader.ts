/**
 * Reads mail in a process that may touch nothing of the machine. A message that breaks it or takes too long costs
 * that process, never the service.
 *
 * @module
 */
import { UnreadableError } from "../domain/unreadable.ts";
import { DEFAULT_MESSAGE_LIMITS, type MessageLimits } from "../mail/message_limits.ts";
import type { MailReader, ReadingWish, ReadMail } from "../mail/read_mail.ts";
import { type Blobs, PortError, type Sha256 } from "../ports.ts";
import { ChildLink, unwatched } from "./child_link.ts";
import type { ReaderCommand, ReaderReport } from "./mail_reader_messages.ts";
import { MailReading, type ReadingTimes } from "./mail_reading.ts";
import { IdleTimer } from "./idle_timer.ts";
import { oneByOne } from "./one_by_one.ts";

/** What a reader allows. */
export type ReaderLimits = ReadingTimes & {
  /** What a message may hold. */
  readonly message: MessageLimits;
  /** After so many messages the process is replaced. */
  readonly messagesPerProcess: number;
  /** After a raw message larger than this, in bytes, the process is replaced: its memory never shrinks. */
  readonly keepBelowBytes: number;
  /** How long an unused process is kept, in milliseconds. */
  readonly idleMs: number;
};

const DEFAULTS: ReaderLimits = {
  message: DEFAULT_MESSAGE_LIMITS,
  silenceMs: 20_000,
  wholeMs: 600_000,
  messagesPerProcess: 500,
  keepBelowBytes: 8 * 1024 * 1024,
  idleMs: 60_000,
};

/** A reader of the messages in `blobs`, into which it lays their files. Its process starts with the first one. */
export function processMailReader(blobs: Blobs, options: Partial<ReaderLimits> = {}): MailReader {
  return new ProcessMailReader(blobs, { ...DEFAULTS, ...options });
}

class ProcessMailReader implements MailReader {
  readonly #blobs: Blobs;
  readonly #limits: ReaderLimits;
  readonly #inTurn = oneByOne();
  readonly #idle: IdleTimer;
  #link: ChildLink | null = null;
  #reading: MailReading | null = null;
  #messages = 0;
  #closed = false;

  constructor(blobs: Blobs, limits: ReaderLimits) {
    this.#blobs = blobs;
    this.#limits = limits;
    this.#idle = new IdleTimer(limits.idleMs, () => this.#inTurn(() => this.#retire()));
  }

  read(raw: Sha256, envelopeFrom: string, wish: ReadingWish = { html: false }): Promise<ReadMail> {
    return this.#inTurn(() => this.#read(raw, envelopeFrom, wish));
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#reading?.fail(unavailable("the reader was closed"));
    await this.#retire();
  }

  async #read(raw: Sha256, envelopeFrom: string, wish: ReadingWish): Promise<ReadMail> {
    const source = await this.#blobs.open(raw);
    try {
      if (this.#closed) throw unavailable("the reader is closed");
      const link = this.#begin();
      const partner = { postMessage: (command: ReaderCommand) => link.tell(unwatched(command)) };
      const reading = new MailReading(partner, source, this.#blobs, this.#limits);
      this.#reading = reading;
      reading.start({ tell: "read", envelopeFrom, limits: this.#limits.message, wish });
      const mail = await reading.outcome;
      this.#messages++;
      if (this.#messages >= this.#limits.messagesPerProcess || source.size > this.#limits.keepBelowBytes) {
        await this.#retire();
      } else this.#idle.rest();
      return mail;
    } catch (error) {
      await this.#retire(); // It may be in the middle of anything.
      throw error instanceof UnreadableError || error instanceof PortError
        ? error
        : unavailable("it failed", error);
    } finally {
      await this.#reading?.settled();
      this.#reading = null;
      source.close();
    }
  }

  #begin(): ChildLink {
    this.#idle.stop();
    return this.#link ??= new ChildLink({
      module: import.meta.resolve("./mail_reader_worker.ts"),
      mayRead: [],
      heard: (message) => this.#reading?.hear(message as ReaderReport),
      failed: (fault) =>
        this.#reading?.fail(fault instanceof PortError ? fault : unavailable("it ended", fault)),
    });
  }

  async #retire(): Promise<void> {
    this.#idle.stop();
    const link = this.#link;
    this.#link = null;
    this.#messages = 0;
    await link?.end();
  }
}

function unavailable(why: string, cause?: unknown): PortError {
  return new PortError("unavailable", `Cannot read the mail: ${why}`, { retryable: true, cause });
}
