/**
 * Ends what nobody has used for a while.
 *
 * @module
 */

/** Does a work once nothing was begun for some time; it keeps no process alive. */
export class IdleTimer {
  readonly #ms: number;
  readonly #work: () => unknown;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Waits for the first rest; `ms` in milliseconds. */
  constructor(ms: number, work: () => unknown) {
    this.#ms = ms;
    this.#work = work;
  }

  /** Says that a rest begins now. */
  rest(): void {
    this.stop();
    this.#timer = setTimeout(this.#work, this.#ms);
    Deno.unrefTimer(this.#timer);
  }

  /** Says that it is over. */
  stop(): void {
    clearTimeout(this.#timer);
  }
}
