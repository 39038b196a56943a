/**
 * Passing time, and being woken before it has passed.
 *
 * @module
 */

/** Resolves after `ms` milliseconds, or at once when the signal ends. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

/** Waits in real time. */
export const waitByTimer: Wait = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
  });

/** Something to wait at, that others may open at any time: once opened it lets the next one pass. */
export class Gate {
  #opened = false;
  #waiting: AbortController | null = null;

  /** Lets whoever waits pass, or whoever comes next. */
  open(): void {
    this.#opened = true;
    this.#waiting?.abort();
  }

  /** Forgets earlier openings. */
  shut(): void {
    this.#opened = false;
  }

  /** Resolves when the gate is opened, at the latest after `ms` milliseconds. */
  async passed(ms: number, wait: Wait): Promise<void> {
    if (this.#opened) return;
    this.#waiting = new AbortController();
    await wait(ms, this.#waiting.signal);
    this.#waiting = null;
  }
}
