/**
 * One process that draws and the jobs that wait for it. A job that takes too long, or breaks PDFium, costs the
 * process, never the service: the next job gets a new one.
 *
 * @module
 */
import { PortError } from "../ports.ts";
import { ChildDied, OverLimit } from "./child_link.ts";
import { ChildWorker } from "./child_worker.ts";
import { IdleTimer } from "./idle_timer.ts";
import { oneByOne } from "./one_by_one.ts";
import { OpenDocuments } from "./pdfium_open_documents.ts";
import type { TimeLimits } from "./time_watch.ts";
import { pdfiumFiles } from "./pdfium_files.ts";
import type { AnswerTo, Question, WorkerAnswer, WorkerJob, WorkerStart } from "./pdfium_messages.ts";

/** Bounds of a lane; times in milliseconds, sizes in bytes. */
export type LaneLimits = {
  /** The most that one job may take of the processor's time. */
  readonly jobMs: number;
  /** How long an unused process is kept. */
  readonly idleMs: number;
  /** After so many jobs the process is replaced. */
  readonly jobsPerWorker: number;
  /** The process is replaced after a job that left PDFium holding more than this: its memory never shrinks. */
  readonly keepBelowBytes: number;
  /** How many jobs may wait. */
  readonly maxWaiting: number;
  /** How many documents stay open, and how large they may be together. */
  readonly openDocuments: { readonly count: number; readonly bytes: number };
};

/** How long a process may take to start, in milliseconds. */
const START_MS = 30_000;
/** A job may wait so many times as long as it may work: a machine that is busy is not its fault. */
const WAITS = 3;
/** What a job may take of memory, in bytes: PDFium is bounded by itself, so this is for what goes wrong beside it. */
const GROW_BYTES = 1 << 30;

/** Does jobs one after the other. */
export class PdfiumLane {
  readonly #limits: LaneLimits;
  readonly #start: WorkerStart;
  readonly #open: OpenDocuments;
  readonly #idle: IdleTimer;
  readonly #inTurn = oneByOne();
  #child: ChildWorker | null = null;
  #ending: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #jobsDone = 0;
  #closed = false;

  /** Starts no process yet. `start` is what a new one is told. */
  constructor(limits: LaneLimits, start: WorkerStart) {
    this.#limits = limits;
    this.#start = start;
    this.#open = new OpenDocuments(limits.openDocuments);
    this.#idle = new IdleTimer(limits.idleMs, () => this.#retire());
  }

  /**
   * Asks about a document; `content` is called when the process doesn't hold it. Throws `PortError`: the
   * document's fault, `timeout`, or `unavailable` when too many jobs wait or the lane is closed.
   */
  async run<Q extends Question>(
    document: string,
    content: () => Promise<Uint8Array<ArrayBuffer>>,
    question: Q,
  ): Promise<AnswerTo<Q>> {
    if (this.#waiting >= this.#limits.maxWaiting) throw unavailable("too many pages are asked for at once");
    this.#waiting++;
    this.#idle.stop();
    try {
      return await this.#inTurn(() => this.#do(document, content, question)) as AnswerTo<Q>;
    } finally {
      this.#waiting--;
      if (this.#waiting === 0 && this.#child !== null) this.#idle.rest();
    }
  }

  /** Ends the process; waiting jobs fail as `unavailable`. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#retire();
    await this.#ending;
  }

  async #do(document: string, content: () => Promise<Uint8Array<ArrayBuffer>>, question: Question) {
    if (this.#closed) throw unavailable("the renderer is closed");
    const bytes = this.#open.has(document) ? undefined : await content();
    await this.#begin();
    const close = this.#open.makeRoomFor(document, bytes?.length ?? 0);
    const { jobMs } = this.#limits;
    const limits = { workMs: jobMs, waitMs: jobMs * WAITS, growBytes: GROW_BYTES };
    const answer = await this.#ask({ close, document, question }, limits, bytes);
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
    if (this.#child !== null) return;
    if (this.#closed) throw unavailable("the renderer is closed");
    this.#child = new ChildWorker({
      module: import.meta.resolve("./pdfium_worker.ts"),
      mayRead: pdfiumFiles(),
    });
    await this.#ask(this.#start, { workMs: START_MS, waitMs: START_MS, growBytes: GROW_BYTES });
  }

  /** Sends one message and waits for its answer. Whatever goes wrong ends the process. */
  async #ask(
    message: WorkerStart | WorkerJob,
    limits: TimeLimits,
    content?: Uint8Array<ArrayBuffer>,
  ): Promise<WorkerAnswer> {
    // Closed since its process was looked for: nobody would answer.
    if (this.#closed || this.#child === null) throw unavailable("the renderer is closed");
    try {
      return await this.#child.ask(message, limits, content) as WorkerAnswer;
    } catch (error) {
      this.#retire();
      if (error instanceof OverLimit) {
        throw new PortError("timeout", "Cannot draw the PDF in time", { retryable: true });
      }
      if (error instanceof ChildDied) throw unavailable("its process ended", error);
      throw error;
    }
  }

  #retire(): void {
    this.#idle.stop();
    this.#ending = Promise.all([this.#ending, this.#child?.end()]);
    this.#child = null;
    this.#open.clear();
    this.#jobsDone = 0;
  }
}

function unavailable(why: string, cause?: unknown): PortError {
  return new PortError("unavailable", `Cannot draw the PDF: ${why}`, { retryable: true, cause });
}
