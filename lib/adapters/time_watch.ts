/**
 * Watches how much of the processor's time, and of the memory, a piece of work may take. The processor's: on a machine
 * that is busy with other things a clock on the wall would blame the work for what the others do.
 *
 * @module
 */
import process from "node:process";

/** What a piece of work may take: times in milliseconds. */
export type TimeLimits = {
  /** Of the processor's time, and of the wall's as well. */
  readonly workMs: number;
  /** Of the wall's time, however little of the processor's it got. */
  readonly waitMs: number;
  /** How much the process may grow meanwhile, in bytes; all its threads together. */
  readonly growBytes: number;
};

/** Which limit was passed: one of the work's own, or that of waiting for a machine that had no time for it. */
export type TimeOver = "work" | "wait";

/** What the process has used of the processor's time, in milliseconds; all its threads together. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/**
 * Begins to watch, and says once which limit was passed. What other threads of the process do at the time counts
 * against the work, so give it a few times what it needs. `over` never comes before this returns.
 */
export function watchTime(limits: TimeLimits, over: (passed: TimeOver) => void): { end(): void } {
  const [workedAt, beganAt, heldAt] = [processorMs(), performance.now(), Deno.memoryUsage().rss];
  const timer = setInterval(look, Math.min(LOOK_EVERY_MS, limits.workMs, limits.waitMs));
  function look(): void {
    const waited = performance.now() - beganAt;
    const worked = Math.min(processorMs() - workedAt, waited);
    const grown = Deno.memoryUsage().rss - heldAt;
    if (worked < limits.workMs && grown < limits.growBytes && waited < limits.waitMs) return;
    clearInterval(timer);
    over(worked < limits.workMs && grown < limits.growBytes ? "wait" : "work");
  }
  return { end: () => clearInterval(timer) };
}

/** How often it looks, in milliseconds: what is made to eat memory takes gigabytes within a second. */
const LOOK_EVERY_MS = 40;

/** Waits until the process grows no more, three seconds at most: a worker that was ended takes memory for a while yet. */
export async function memorySettled(): Promise<void> {
  for (let looks = 0, still = 0, before = 0; looks < 30 && still < 4; looks++) {
    const held = Deno.memoryUsage().rss;
    still = held <= before ? still + 1 : 0;
    before = held;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
