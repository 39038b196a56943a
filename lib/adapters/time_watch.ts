/**
 * Watches how much of the processor's time a piece of work may take: on a machine that is busy with other things a
 * clock on the wall would blame the work for what the others do.
 *
 * @module
 */
import process from "node:process";

/** What a piece of work may take, in milliseconds. */
export type TimeLimits = {
  /** Of the processor's time, and of the wall's as well. */
  readonly workMs: number;
  /** Of the wall's time, however little of the processor's it got. */
  readonly waitMs: number;
};

/** Which limit was passed: the work's own, or that of waiting for a machine that had no time for it. */
export type TimeOver = "work" | "wait";

/** What the process has used of the processor's time, in milliseconds; all its threads together. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/**
 * Begins to watch, and says once which limit was passed. What other threads of the process do at the time counts
 * against the work, so give it a few times what it needs. `over` may follow at once, never before this returns.
 */
export function watchTime(limits: TimeLimits, over: (passed: TimeOver) => void): { end(): void } {
  const [workedAt, beganAt] = [processorMs(), performance.now()];
  let timer = setTimeout(look, Math.min(limits.workMs, limits.waitMs));
  function look(): void {
    const left = limits.workMs - Math.min(processorMs() - workedAt, performance.now() - beganAt);
    if (left <= 0) over("work");
    else if (performance.now() - beganAt >= limits.waitMs) over("wait");
    else timer = setTimeout(look, Math.max(left, MIN_NAP_MS));
  }
  return { end: () => clearTimeout(timer) };
}

/** It looks no more often than this, in milliseconds. */
const MIN_NAP_MS = 20;
