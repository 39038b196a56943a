import { strictEqual as equal } from "node:assert/strict";
import { type TimeLimits, type TimeOver, watchTime } from "../../lib/adapters/time_watch.ts";

const NONE: TimeLimits = { workMs: 1e9, waitMs: 1e9, growBytes: 2 ** 50 };

const passed = (limits: Partial<TimeLimits>): Promise<TimeOver> =>
  new Promise((resolve) => watchTime({ ...NONE, ...limits }, resolve));

Deno.test("work is told from waiting, and memory counts as work", async () => {
  equal(await passed({ growBytes: -(2 ** 40) }), "work");
  equal(await passed({ waitMs: 0 }), "wait");
  equal(await passed({ workMs: 0 }), "work");
});

Deno.test("a watch that was ended says nothing", () => {
  watchTime({ ...NONE, workMs: 0 }, () => {
    throw new Error("it was ended");
  }).end();
});

Deno.test("the time of the thread that watches is not the work's", async () => {
  let over: TimeOver | null = null;
  const watch = watchTime({ ...NONE, workMs: 250, waitMs: 400 }, (passed) => over = passed);
  const until = performance.now() + 450;
  let turns = 0;
  while (performance.now() < until) turns++;
  await new Promise((resolve) => setTimeout(resolve, 60));
  watch.end();
  equal(over, "wait", `after ${turns} turns`);
});
