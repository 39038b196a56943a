/**
 * Reads consent forms in a worker without network, so that a hostile file costs a worker, never the service.
 *
 * @module
 */
import type { ConsentReader, ConsentReading } from "../forms/consent_reading.ts";
import type { ConsentMail } from "../forms/read_consent.ts";
import { PortError } from "../ports.ts";
import { cMapDirectory } from "./cmap_files.ts";
import { oneByOne } from "./one_by_one.ts";
import { memorySettled, type TimeLimits, watchTime } from "./time_watch.ts";

/** Bounds of the reader. */
export type ConsentReaderLimits = TimeLimits & {
  /** After so many mails the worker is replaced. */
  readonly jobsPerWorker: number;
};

/** The slowest honest form known needs 0.6 s: eight megabytes, most of it fonts. */
const DEFAULTS: ConsentReaderLimits = {
  workMs: 1_000,
  waitMs: 20_000,
  growBytes: 320 << 20,
  jobsPerWorker: 200,
};
/** After so many files of a mail that took their whole time, the others are not read. */
const MAX_SLOW = 3;

/** A reader with a worker of its own; the worker starts with the first mail. */
export function workerConsentReader(options: Partial<ConsentReaderLimits> = {}): ConsentReader {
  return new WorkerConsentReader({ ...DEFAULTS, ...options });
}

/**
 * Whether an ended worker may still take memory, which must not be laid at the door of the next mail. Of the whole
 * process, as its memory is.
 */
let unsettled = false;

/** What was read took all of its time, and would again. */
class TooSlow extends Error {}

type Running = { readonly worker: Worker; readonly ready: Promise<unknown> };

class WorkerConsentReader implements ConsentReader {
  readonly #limits: ConsentReaderLimits;
  readonly #inTurn = oneByOne();
  #running: Running | null = null;
  #fail: ((error: Error) => void) | null = null;
  #done = 0;
  #closed = false;

  constructor(limits: ConsentReaderLimits) {
    this.#limits = limits;
  }

  read(mail: ConsentMail): Promise<ConsentReading> {
    return this.#inTurn(() => this.#read(mail));
  }

  close(): void {
    this.#closed = true;
    this.#fail?.(unavailable("the reader is closed"));
    this.#retire();
  }

  async #read(mail: ConsentMail): Promise<ConsentReading> {
    try {
      return await this.#ask(mail);
    } catch (error) {
      if (this.#closed || isTimeout(error)) throw error;
      // A single file that is too slow need not be read twice to know it.
      const [only] = error instanceof TooSlow && mail.files.length === 1 ? mail.files : [];
      return await this.#culprit(mail, only ? tooSlow(only.filename) : null);
    }
  }

  /**
   * Reads each file alone, so that one bad file does not hide a good one. A worker may die of an earlier mail's
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

  /** Reads one thing; what ends its worker is damaged. That of the body is a fault of the port, and tried again. */
  async #alone(mail: ConsentMail, file: string | null): Promise<ConsentReading> {
    try {
      return await this.#ask(mail);
    } catch (error) {
      if (error instanceof TooSlow) return tooSlow(file);
      if (this.#closed || isTimeout(error) || file === null) throw error;
      return { read: false, why: "damaged", file };
    }
  }

  /** Asks the worker once. Whatever goes wrong ends it. */
  async #ask(mail: ConsentMail): Promise<ConsentReading> {
    if (unsettled) await memorySettled();
    unsettled = false;
    if (this.#closed) throw unavailable("the reader is closed");
    const { promise, resolve, reject } = Promise.withResolvers<ConsentReading>();
    promise.catch(() => {});
    this.#fail = reject;
    const late = () => reject(new PortError("timeout", "Cannot read the form in time", { retryable: true }));
    // Until the worker has loaded, no form is to blame.
    let watch = watchTime({ ...this.#limits, workMs: this.#limits.waitMs }, late);
    try {
      const { worker, ready } = this.#running ??= startWorker((error) => this.#fail?.(error));
      await Promise.race([ready, promise]);
      watch.end();
      watch = watchTime(this.#limits, (passed) => passed === "work" ? reject(new TooSlow()) : late());
      worker.onmessage = (event: MessageEvent<ConsentReading>) => resolve(event.data);
      worker.postMessage(mail);
      const reading = await promise;
      if (++this.#done >= this.#limits.jobsPerWorker) this.#retire();
      return reading;
    } catch (error) {
      this.#retire();
      unsettled = error instanceof TooSlow;
      throw error;
    } finally {
      watch.end();
      this.#fail = null;
    }
  }

  #retire(): void {
    this.#running?.worker.terminate();
    this.#running = null;
    this.#done = 0;
  }
}

/** The machine had no time: no file is to blame. */
const isTimeout = (error: unknown): boolean => error instanceof PortError && error.code === "timeout";

const tooSlow = (file: string | null): ConsentReading => ({ read: false, why: "too_slow", file });

/** Starts a worker, which says when it has loaded. */
function startWorker(fail: (error: PortError) => void): Running {
  const worker = new Worker(import.meta.resolve("./consent_worker.ts"), {
    type: "module",
    name: "consent",
    deno: {
      permissions: {
        net: false,
        write: false,
        run: false,
        ffi: false,
        sys: false,
        env: false,
        import: false,
        read: [cMapDirectory()],
      },
    },
  });
  worker.onmessageerror = () => fail(unavailable("its worker sent no answer"));
  worker.onerror = (event) => {
    event.preventDefault();
    fail(unavailable("its worker ended", event.message));
  };
  return { worker, ready: new Promise((resolve) => worker.onmessage = resolve) };
}

function unavailable(why: string, cause?: unknown): PortError {
  return new PortError("unavailable", `Cannot read the form: ${why}`, { retryable: true, cause });
}
