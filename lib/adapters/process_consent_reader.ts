/**
 * Reads consent forms in a process without network, so that a hostile file costs that process, never the service.
 *
 * @module
 */
import type { ConsentReader, ConsentReading } from "../forms/consent_reading.ts";
import type { ConsentMail } from "../forms/read_consent.ts";
import { PortError } from "../ports.ts";
import { ChildDied, OverLimit } from "./child_link.ts";
import { ChildWorker } from "./child_worker.ts";
import { cMapDirectory } from "./cmap_files.ts";
import { IdleTimer } from "./idle_timer.ts";
import { oneByOne } from "./one_by_one.ts";
import type { TimeLimits } from "./time_watch.ts";

/** Bounds of the reader. */
export type ConsentReaderLimits = TimeLimits & {
  /** After so many mails the process is replaced. */
  readonly jobsPerProcess: number;
  /** How long a process without work is kept, in milliseconds: it holds about 90 MB. */
  readonly idleMs: number;
};

/** The slowest honest form known needs 0.6 s: eight megabytes, most of it fonts. */
const DEFAULTS: ConsentReaderLimits = {
  workMs: 1_000,
  waitMs: 20_000,
  growBytes: 320 << 20,
  jobsPerProcess: 200,
  idleMs: 60_000,
};
/** After so many files of a mail that took their whole time, the others are not read. */
const MAX_SLOW = 3;

/** A reader with a process of its own, which starts with the first mail. */
export function processConsentReader(options: Partial<ConsentReaderLimits> = {}): ConsentReader {
  return new ProcessConsentReader({ ...DEFAULTS, ...options });
}

class ProcessConsentReader implements ConsentReader {
  readonly #limits: ConsentReaderLimits;
  readonly #inTurn = oneByOne();
  readonly #idle: IdleTimer;
  #child: ChildWorker | null = null;
  #done = 0;
  #closed = false;

  constructor(limits: ConsentReaderLimits) {
    this.#limits = limits;
    this.#idle = new IdleTimer(limits.idleMs, () => this.#inTurn(() => this.#retire()));
  }

  read(mail: ConsentMail): Promise<ConsentReading> {
    return this.#inTurn(() => this.#read(mail));
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#retire();
  }

  async #read(mail: ConsentMail): Promise<ConsentReading> {
    try {
      return await this.#ask(mail);
    } catch (error) {
      if (!isItsFault(error)) throw error;
      // A single file that is too slow need not be read twice to know it.
      const [only] = error instanceof OverLimit && mail.files.length === 1 ? mail.files : [];
      return await this.#culprit(mail, only ? tooSlow(only.filename) : null);
    }
  }

  /**
   * Reads each file alone, so that one bad file does not hide a good one. A process may die of an earlier mail's
   * litter; a file that kills two is at fault itself. `known` is what the only file came to.
   */
  async #culprit(mail: ConsentMail, known: ConsentReading | null): Promise<ConsentReading> {
    let refused = known;
    let slow = 0;
    for (const file of known === null ? mail.files : []) {
      if (slow >= MAX_SLOW) break;
      const reading = await this.#alone({ files: [file], text: "" }, file.filename);
      if (reading.read) return reading;
      if (reading.why === "too_slow") slow++;
      refused ??= reading.why === "no_form" ? null : reading;
    }
    if (refused !== null && mail.text.trim() === "") return refused;
    const body = await this.#alone({ files: [], text: mail.text }, null);
    return body.read ? body : refused ?? body;
  }

  /** Reads one thing; what ends its process is damaged. That of the body is a fault of the port, and tried again. */
  async #alone(mail: ConsentMail, file: string | null): Promise<ConsentReading> {
    try {
      return await this.#ask(mail);
    } catch (error) {
      if (error instanceof OverLimit) return tooSlow(file);
      if (!isItsFault(error)) throw error;
      if (file === null) {
        throw new PortError("unavailable", "Cannot read the text", { retryable: true, cause: error });
      }
      return { read: false, why: "damaged", file };
    }
  }

  /** Asks once. Whatever goes wrong ends the process. */
  async #ask(mail: ConsentMail): Promise<ConsentReading> {
    if (this.#closed) throw new PortError("unavailable", "The form reader is closed", { retryable: true });
    const child = this.#child ??= new ChildWorker({
      module: import.meta.resolve("./consent_worker.ts"),
      mayRead: [cMapDirectory()],
    });
    this.#idle.stop();
    try {
      const reading = await child.ask(mail, this.#limits) as ConsentReading;
      if (++this.#done >= this.#limits.jobsPerProcess) await this.#retire();
      else this.#idle.rest();
      return reading;
    } catch (error) {
      await this.#retire();
      throw error;
    }
  }

  async #retire(): Promise<void> {
    this.#idle.stop();
    const child = this.#child;
    this.#child = null;
    this.#done = 0;
    await child?.end();
  }
}

/** Whether what was read may be to blame: not for a machine that had no time, nor for a closed reader. */
const isItsFault = (error: unknown): boolean => error instanceof OverLimit || error instanceof ChildDied;

const tooSlow = (file: string | null): ConsentReading => ({ read: false, why: "too_slow", file });
