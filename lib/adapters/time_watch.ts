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
  /** How much the process may grow meanwhile, in bytes. */
  readonly growBytes: number;
};

/** Which limit was passed: one of the work's own, or that of waiting for a machine that had no time for it. */
export type TimeOver = "work" | "wait";

/** What the process has used of the processor's time in threads other than this one, in milliseconds. */
function processorMs(): number {
  const [whole, mine] = [process.cpuUsage(), process.threadCpuUsage()];
  return (whole.user + whole.system - mine.user - mine.system) / 1000;
}

/**
 * Begins to watch what another thread does, and says once which limit was passed. What further threads of the process
 * do at the time counts against the work, so let there be none. `over` never comes before this returns.
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
