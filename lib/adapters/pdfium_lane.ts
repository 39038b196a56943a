/**
 * One worker and the jobs that wait for it. A job that takes too long, or breaks PDFium, costs the worker,
 * never the service: the next job gets a new one.
 *
 * @module
 */
import { PortError } from "../ports.ts";
import { oneByOne } from "./one_by_one.ts";
import { OpenDocuments } from "./pdfium_open_documents.ts";
import type { AnswerTo, Question, WorkerAnswer, WorkerJob, WorkerStart } from "./pdfium_messages.ts";

/** Bounds of a lane; times in milliseconds, sizes in bytes. */
export type LaneLimits = {
  /** The longest that one job may take, and (thrice) that a worker may take to start. */
  readonly jobMs: number;
  /** How long an unused worker is kept. */
  readonly idleMs: number;
  /** After so many jobs the worker is replaced. */
  readonly jobsPerWorker: number;
  /** The worker is replaced after a job that left PDFium holding more than this: its memory never shrinks. */
  readonly keepBelowBytes: number;
  /** How many jobs may wait. */
  readonly maxWaiting: number;
  /** How many documents stay open, and how large they may be together. */
  readonly openDocuments: { readonly count: number; readonly bytes: number };
};

type Settle = { readonly answered: (answer: WorkerAnswer) => void; readonly died: (cause: unknown) => void };

/** Does jobs one after the other. */
export class PdfiumLane {
  readonly #limits: LaneLimits;
  readonly #start: () => Promise<WorkerStart>;
  readonly #open: OpenDocuments;
  readonly #inTurn = oneByOne();
  #worker: Worker | null = null;
  #settle: Settle | null = null;
  #waiting = 0;
  #jobsDone = 0;
  #idle: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  /** Starts no worker yet. `start` gives what a new worker is told. */
  constructor(limits: LaneLimits, start: () => Promise<WorkerStart>) {
    this.#limits = limits;
    this.#start = start;
    this.#open = new OpenDocuments(limits.openDocuments);
  }

  /** Whether a worker lives at present. */
  get working(): boolean {
    return this.#worker !== null;
  }

  /**
   * Asks about a document; `content` is called when the worker doesn't hold it. Throws `PortError`: the
   * document's fault, `timeout`, or `unavailable` when too many jobs wait or the lane is closed.
   */
  async run<Q extends Question>(
    document: string,
    content: () => Promise<Uint8Array<ArrayBuffer>>,
    question: Q,
  ): Promise<AnswerTo<Q>> {
    if (this.#waiting >= this.#limits.maxWaiting) throw unavailable("too many pages are asked for at once");
    this.#waiting++;
    clearTimeout(this.#idle);
    try {
      return await this.#inTurn(() => this.#do(document, content, question)) as AnswerTo<Q>;
    } finally {
      this.#waiting--;
      if (this.#waiting === 0) this.#rest();
    }
  }

  /** Ends the worker; waiting jobs fail as `unavailable`. */
  close(): void {
    this.#closed = true;
    this.#settle?.died(new Error("the renderer was closed"));
    this.#retire();
  }

  async #do(document: string, content: () => Promise<Uint8Array<ArrayBuffer>>, question: Question) {
    if (this.#closed) throw unavailable("the renderer is closed");
    const bytes = this.#open.has(document) ? undefined : await content();
    await this.#begin();
    const close = this.#open.makeRoomFor(document, bytes?.length ?? 0);
    const job: WorkerJob = { close, document, question, ...(bytes === undefined ? {} : { content: bytes }) };
    const answer = await this.#ask(job, bytes === undefined ? [] : [bytes.buffer], this.#limits.jobMs);
    return this.#take(document, bytes?.length ?? 0, answer);
  }

  #take(document: string, size: number, answer: WorkerAnswer): unknown {
    if (answer.did === "ready") throw new Error("Cannot take the answer: the worker started twice");
    const broken = answer.did === "fault" && answer.broken;
    if (answer.did === "answer") this.#open.used(document, size);
    this.#jobsDone++;
    if (
      broken || answer.memoryBytes > this.#limits.keepBelowBytes ||
      this.#jobsDone >= this.#limits.jobsPerWorker
    ) this.#retire();
    if (answer.did === "fault") throw new PortError(answer.code, answer.message, { retryable: false });
    return answer.value;
  }

  async #begin(): Promise<void> {
    if (this.#worker !== null) return;
    const start = await this.#start();
    if (this.#closed) throw unavailable("the renderer is closed");
    const worker = new Worker(import.meta.resolve("./pdfium_worker.ts"), {
      type: "module",
      name: "pdfium",
      deno: { permissions: "none" },
    });
    worker.onmessage = (event: MessageEvent<WorkerAnswer>) => this.#settle?.answered(event.data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.#settle?.died(event.message);
    };
    worker.onmessageerror = () => this.#settle?.died("unreadable message");
    this.#worker = worker;
    await this.#ask(start, [], this.#limits.jobMs * 3);
  }

  /** Sends one message and waits for its answer. Whatever goes wrong ends the worker. */
  async #ask(message: WorkerStart | WorkerJob, transfer: ArrayBuffer[], ms: number): Promise<WorkerAnswer> {
    // Closed since its worker was looked for: nobody would answer.
    if (this.#closed) throw unavailable("the renderer is closed");
    const { promise, resolve, reject } = Promise.withResolvers<WorkerAnswer>();
    const timer = setTimeout(
      () => reject(new PortError("timeout", "Cannot draw the PDF in time", { retryable: true })),
      ms,
    );
    this.#settle = {
      answered: resolve,
      died: (cause) => reject(unavailable("its worker ended", cause)),
    };
    try {
      this.#worker?.postMessage(message, transfer);
      return await promise;
    } catch (error) {
      this.#retire();
      throw error;
    } finally {
      clearTimeout(timer);
      this.#settle = null;
    }
  }

  #retire(): void {
    clearTimeout(this.#idle);
    this.#worker?.terminate();
    this.#worker = null;
    this.#open.clear();
    this.#jobsDone = 0;
  }

  #rest(): void {
    if (this.#worker === null) return;
    const idle = setTimeout(() => this.#retire(), this.#limits.idleMs);
    Deno.unrefTimer(idle);
    this.#idle = idle;
  }
}

function unavailable(why: string, cause?: unknown): PortError {
  return new PortError("unavailable", `Cannot draw the PDF: ${why}`, { retryable: true, cause });
}
