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
  // In a process of its own: here other tests run beside this one.
  const script = `
    const { watchTime } = await import(${
    JSON.stringify(import.meta.resolve("../../lib/adapters/time_watch.ts"))
  });
    watchTime({ workMs: 250, waitMs: 400, growBytes: 2 ** 50 }, (passed) => console.log(passed));
    for (const until = performance.now() + 450; performance.now() < until;);
  `;
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["eval", script] }).output();
  equal(new TextDecoder().decode(stdout), "wait\n");
});
