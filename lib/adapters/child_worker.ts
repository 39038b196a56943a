/**
 * A worker in a process of its own that answers one question after the other, each within bounds of time and memory.
 *
 * @module
 */
import { ChildLink, type ChildOptions, late } from "./child_link.ts";
import type { TimeLimits } from "./time_watch.ts";

/** How long after its time a process is given to say so, in milliseconds. */
const GRACE_MS = 2_000;

/** A process that lives until a question ends it, or somebody else. */
export class ChildWorker {
  readonly #link: ChildLink;
  #settle: PromiseWithResolvers<unknown> | null = null;

  /** Starts it. Throws `PortError` when it cannot. */
  constructor(options: Pick<ChildOptions, "module" | "mayRead">) {
    this.#link = new ChildLink({
      ...options,
      heard: (message) => this.#settle?.resolve(message),
      failed: (fault) => this.#settle?.reject(fault),
    });
  }

  /**
   * Asks one question; the one before must have been answered. `content`, if given, becomes that of the question.
   * Throws `OverLimit` or `ChildDied`, for which the question may be to blame, and `PortError`, for which it is not:
   * `timeout` when the machine had no time for it, `unavailable` when the process could not start or was ended. After
   * any of them it is of no more use.
   */
  async ask(question: unknown, limits: TimeLimits, content?: Uint8Array<ArrayBuffer>): Promise<unknown> {
    const link = this.#link;
    if (link.fault !== null) throw link.fault;
    const settle = Promise.withResolvers<unknown>();
    this.#settle = settle;
    settle.promise.catch(() => {});
    // Until the worker has loaded, no question is to blame.
    let timer = setTimeout(() => link.fail(late()), limits.waitMs);
    try {
      await link.ready;
      clearTimeout(timer);
      timer = setTimeout(() => link.fail(late()), limits.waitMs + GRACE_MS);
      link.tell({ message: question, limits, carries: content !== undefined }, content);
      return await settle.promise;
    } finally {
      clearTimeout(timer);
      this.#settle = null;
    }
  }

  /** Kills it, and waits until it is gone. What it was asked fails as `unavailable`. */
  async end(): Promise<void> {
    await this.#link.end();
  }
}
