/**
 * One message on its way through the worker: feeds it, stores its files, and watches the time.
 *
 * @module
 */
import { UnreadableError } from "../domain/unreadable.ts";
import { unreadableMail } from "../mail/message_limits.ts";
import type { ReadMail } from "../mail/read_mail.ts";
import { type Blobs, type ByteSource, PortError } from "../ports.ts";
import type { ReaderCommand, ReaderReport } from "./mail_reader_messages.ts";

/** The raw message goes in by pieces of this size, in bytes. */
const RAW_BYTES = 256 * 1024;

/** Pieces of a file that may be on their way. */
const PIECES_AHEAD = 4;

/** How long a message may take, in milliseconds. */
export type ReadingTimes = {
  /** Without a word from the worker while it is its turn. */
  readonly silenceMs: number;
  /** In all. */
  readonly wholeMs: number;
};

/** What a reading talks to. */
export type ReadingPartner = { postMessage(command: ReaderCommand): void };

/** A reading. Feed it with the worker's reports. */
export class MailReading {
  /** Resolves with the mail, or rejects with `UnreadableError` or `PortError`. */
  readonly outcome: Promise<ReadMail>;
  readonly #partner: ReadingPartner;
  readonly #source: ByteSource;
  readonly #blobs: Blobs;
  readonly #times: ReadingTimes;
  readonly #settle: PromiseWithResolvers<ReadMail> = Promise.withResolvers();
  readonly #whole: ReturnType<typeof setTimeout>;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #file: ReadableStreamDefaultController<Uint8Array> | null = null;
  #storing: Promise<{ sha256: string; size: number }> | null = null;
  #offset = 0;
  /** Whether the worker waits for a file to be stored, which may take its time. */
  #waitsForStore = false;
  #ended = false;

  /** Prepares a reading of `source`, which stays the caller's to close. */
  constructor(partner: ReadingPartner, source: ByteSource, blobs: Blobs, times: ReadingTimes) {
    this.#partner = partner;
    this.#source = source;
    this.#blobs = blobs;
    this.#times = times;
    this.outcome = this.#settle.promise;
    this.#whole = setTimeout(() => this.fail(tooSlow()), times.wholeMs);
  }

  /** Begins. */
  start(command: ReaderCommand): void {
    this.#tell(command);
  }

  /** Takes what the worker says. */
  hear(report: ReaderReport): void {
    if (this.#ended) return;
    this.#listening();
    switch (report.say) {
      case "more":
        return this.#feed();
      case "file":
        return this.#beginFile();
      case "piece":
        return this.#file?.enqueue(report.bytes);
      case "file-end":
        return this.#endFile();
      case "done":
        return this.#end(() => this.#settle.resolve(report.mail));
      case "unreadable":
        return this.fail(new UnreadableError(report.code, report.message));
    }
  }

  /** Ends the reading without a mail. */
  fail(error: unknown): void {
    this.#end(() => {
      this.#file?.error(error);
      this.#file = null;
      this.#settle.reject(error);
    });
  }

  /** Resolves when nothing more goes on in the blobs. */
  async settled(): Promise<void> {
    await Promise.allSettled([this.#storing]);
  }

  #end(how: () => void): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#whole);
    clearTimeout(this.#silence);
    how();
  }

  /** Sets the clock anew; it counts while neither a full pipe nor the store holds the worker up. */
  #listening(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      if (this.#waitsForStore || (this.#file?.desiredSize ?? 1) <= 0) this.#listening();
      else this.fail(tooSlow());
    }, this.#times.silenceMs);
  }

  #tell(command: ReaderCommand): void {
    this.#listening();
    this.#partner.postMessage(command);
  }

  #feed(): void {
    try {
      const bytes = this.#source.read(this.#offset, RAW_BYTES);
      this.#offset += bytes.length;
      this.#tell({ tell: "raw", bytes: bytes.length === 0 ? null : bytes });
    } catch (cause) {
      this.fail(
        new PortError("unavailable", "Cannot read the mail: its blob failed", { retryable: true, cause }),
      );
    }
  }

  #beginFile(): void {
    const content = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#file = controller;
      },
      pull: () => {
        if (!this.#ended) this.#tell({ tell: "go-on" });
      },
    }, { highWaterMark: PIECES_AHEAD });
    this.#storing = this.#blobs.put(content);
    this.#storing.catch((error) => this.fail(error));
  }

  #endFile(): void {
    this.#waitsForStore = true;
    this.#file?.close();
    this.#file = null;
    this.#storing?.then(({ sha256, size }) => {
      this.#waitsForStore = false;
      if (!this.#ended) this.#tell({ tell: "stored", blob: sha256, size });
    }, () => {}); // A failure was heard above.
  }
}

const tooSlow = (): UnreadableError => unreadableMail("mail_too_slow", "it takes too long");
