import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import { ChildDied, OverLimit } from "../../lib/adapters/child_link.ts";
import { ChildWorker } from "../../lib/adapters/child_worker.ts";
import type { TimeLimits } from "../../lib/adapters/time_watch.ts";

const LIMITS: TimeLimits = { workMs: 500, waitMs: 20_000, growBytes: 256 << 20 };

/** Uses a child whose worker answers each `question` with what an expression comes to. */
async function withChild(answer: string, use: (child: ChildWorker) => Promise<unknown>): Promise<void> {
  const script = `postMessage("ready"); onmessage = async ({ data: question }) => postMessage(${answer});`;
  const child = new ChildWorker({
    module: `data:text/javascript,${encodeURIComponent(script)}`,
    mayRead: [],
  });
  try {
    await use(child);
  } finally {
    await child.end();
  }
}

Deno.test("questions are answered one after the other, bytes as bytes", async () => {
  await withChild("[question, question.length]", async (child) => {
    for (const size of [0, 1, 70_000, 8 << 20]) {
      const question = new Uint8Array(size).fill(7);
      deepEqual(await child.ask(question, LIMITS), [question, size]);
    }
  });
});

Deno.test("a question without end costs the process, and it is gone", async () => {
  await withChild("(() => { for (;;); })()", async (child) => {
    await rejects(child.ask(null, LIMITS), OverLimit);
    await child.end();
    await rejects(child.ask(null, LIMITS), OverLimit);
  });
});

Deno.test("a question that eats memory is stopped before it has gigabytes", async () => {
  const eat =
    "(() => { const held = []; for (;;) held.push(new Uint8Array(8 << 20).fill(held.length + 1)); })()";
  await withChild(eat, async (child) => {
    const before = Deno.memoryUsage().rss;
    await rejects(child.ask(null, { ...LIMITS, workMs: 60_000 }), OverLimit);
    equal(Deno.memoryUsage().rss - before < LIMITS.growBytes, true);
  });
});

Deno.test("a question that is waited for too long is the machine's fault, one that ends the worker its own", async () => {
  await withChild("await new Promise(() => {})", async (child) => {
    await rejects(child.ask(null, { ...LIMITS, waitMs: 2_000 }), { name: "PortError", code: "timeout" });
  });
  await withChild("setTimeout(() => { throw new Error('ended') })", async (child) => {
    const died = child.ask(null, LIMITS).then(() => child.ask(null, { ...LIMITS, waitMs: 2_000 }));
    await rejects(died, ChildDied);
  });
});

Deno.test("what cannot load is the machine's fault", async () => {
  const child = new ChildWorker({ module: "data:text/javascript,nothing.here()", mayRead: [] });
  await rejects(child.ask(null, LIMITS), { name: "PortError", code: "unavailable" });
  await child.end();
});

Deno.test("it may touch nothing", async () => {
  const attempts = [
    `await Deno.readFile(${JSON.stringify(import.meta.filename)})`,
    "await Deno.connect({ hostname: '127.0.0.1', port: 1 })",
    "await new Deno.Command('/bin/true').output()",
    "Deno.env.get('HOME')",
    "Deno.writeTextFileSync('x', '')",
  ];
  const answer = (attempt: string) =>
    `await (async () => { ${attempt} })().then(() => "did", (error) => error.name)`;
  for (const attempt of attempts) {
    await withChild(
      answer(attempt),
      async (child) => equal(await child.ask(null, LIMITS), "NotCapable", attempt),
    );
  }
});
