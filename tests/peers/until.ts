/**
 * Waits for what other programs do: on a condition, with a deadline, and with a word on what was missing.
 *
 * @module
 */

const PACE_MS = 50;

/** How long a peer may take for one thing, in ms: far more than it needs, so that only what never comes fails. */
const PATIENCE_MS = 60_000;

/**
 * Looks again and again until `look` finds something, and gives it. `null`, `undefined` and `false` are nothing
 * found. Throws `Error` with `what` after the deadline, and at once whatever `look` throws.
 */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  patienceMs: number = PATIENCE_MS,
): Promise<T> {
  const end = performance.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false) return found;
    if (performance.now() > end) throw new Error(`Cannot go on: ${what} did not happen in ${patienceMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, PACE_MS));
  }
}
