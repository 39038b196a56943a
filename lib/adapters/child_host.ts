/**
 * The main thread of a child process. It hands each message to a worker, watches what that takes, and ends the
 * whole process where it takes too much: Deno cannot end a worker that is busy (denoland/deno#35657), but what has
 * a process of its own is gone with it. It also ends when whoever started it has gone.
 *
 * Its first argument is the address of the worker's module, which says one message when it has loaded, and after that
 * what it has to say; the others are the files and folders that the worker may read.
 *
 * @module
 */
import { blockOf, blocksOf, lengthBefore, valueIn } from "./child_frames.ts";
import type { ChildMessage, ChildReport } from "./child_messages.ts";
import { watchTime } from "./time_watch.ts";

function say(report: ChildReport): void {
  const block = blockOf(report);
  for (let rest of [lengthBefore(block), block]) {
    while (rest.length > 0) rest = rest.subarray(Deno.stdout.writeSync(rest));
  }
}

async function host([address = "", ...mayRead]: readonly string[]): Promise<void> {
  const none = { net: false, write: false, run: false, ffi: false, sys: false, env: false, import: false };
  const permissions = { ...none, read: mayRead.length > 0 ? [...mayRead] : false };
  const worker = new Worker(address, { type: "module", deno: { permissions } });
  const died = (why: string) => {
    say({ told: "died", why });
    Deno.exit(1);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    died(event.message);
  };
  worker.onmessageerror = () => died("it sent nothing readable");
  await new Promise((resolve) => worker.onmessage = resolve);
  say({ told: "ready" });
  let watch: ReturnType<typeof watchTime> | null = null;
  worker.onmessage = (event: MessageEvent<unknown>) => {
    watch?.end();
    say({ told: "message", message: event.data });
  };
  const blocks = blocksOf(Deno.stdin.readable);
  for await (const block of blocks) {
    const { message, limits, carries } = valueIn(block) as ChildMessage;
    const { value: content = new Uint8Array() } = carries ? await blocks.next() : {};
    watch = limits && watchTime(limits, (passed) => {
      say({ told: "over", passed });
      Deno.exit(1);
    });
    if (carries) worker.postMessage({ ...message as object, content }, [content.buffer]);
    else worker.postMessage(message);
  }
}

host(Deno.args).then(() => Deno.exit(0));
