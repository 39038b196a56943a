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

/** Bounds of the reader. */
export type ConsentReaderLimits = {
  /** The longest that one mail may take, in milliseconds. */
  readonly jobMs: number;
  /** After so many mails the worker is replaced. */
  readonly jobsPerWorker: number;
};

const DEFAULTS: ConsentReaderLimits = { jobMs: 20_000, jobsPerWorker: 200 };

/** A reader with a worker of its own; the worker starts with the first mail. */
export function workerConsentReader(options: Partial<ConsentReaderLimits> = {}): ConsentReader {
  return new WorkerConsentReader({ ...DEFAULTS, ...options });
}

class WorkerConsentReader implements ConsentReader {
  readonly #limits: ConsentReaderLimits;
  readonly #inTurn = oneByOne();
  #worker: Worker | null = null;
  #fail: ((error: PortError) => void) | null = null;
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
      if (this.#closed) throw error;
    }
    // A worker may die of an earlier mail's litter; a mail that kills two is at fault itself.
    return await this.#culprit(mail);
  }

  /** Reads each file alone, so that one bad file does not hide a good one. */
  async #culprit(mail: ConsentMail): Promise<ConsentReading> {
    let dead: string | null = null;
    let refused: ConsentReading | null = null;
    for (const file of mail.files) {
      try {
        const reading = await this.#ask({ files: [file], text: "" });
        if (reading.read) return reading;
        refused ??= reading.why === "no_form" ? null : reading;
      } catch (error) {
        if (this.#closed) throw error;
        dead ??= file.filename;
      }
    }
    const body = await this.#ask({ files: [], text: mail.text });
    if (body.read) return body;
    return dead === null ? refused ?? body : { read: false, why: "damaged", file: dead };
  }

  /** Asks the worker once. Whatever goes wrong ends it. */
  async #ask(mail: ConsentMail): Promise<ConsentReading> {
    if (this.#closed) throw unavailable("the reader is closed");
    const worker = this.#worker ??= startWorker();
    const { promise, resolve, reject } = Promise.withResolvers<ConsentReading>();
    const timer = setTimeout(
      () => reject(new PortError("timeout", "Cannot read the form in time", { retryable: true })),
      this.#limits.jobMs,
    );
    this.#fail = reject;
    worker.onmessage = (event: MessageEvent<ConsentReading>) => resolve(event.data);
    worker.onmessageerror = () => reject(unavailable("its worker sent no answer"));
    worker.onerror = (event) => {
      event.preventDefault();
      reject(unavailable("its worker ended", event.message));
    };
    try {
      worker.postMessage(mail);
      const reading = await promise;
      if (++this.#done >= this.#limits.jobsPerWorker) this.#retire();
      return reading;
    } catch (error) {
      this.#retire();
      throw error;
    } finally {
      clearTimeout(timer);
      this.#fail = null;
    }
  }

  #retire(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#done = 0;
  }
}

function startWorker(): Worker {
  return new Worker(import.meta.resolve("./consent_worker.ts"), {
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
}

function unavailable(why: string, cause?: unknown): PortError {
  return new PortError("unavailable", `Cannot read the form: ${why}`, { retryable: true, cause });
}
