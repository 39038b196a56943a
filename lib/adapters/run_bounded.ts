/**
 * Runs another program with bounds on time and output.
 *
 * @module
 */
import type { Bytes } from "../pades/der.ts";
import { joinBytes } from "../pdf/byte_source.ts";

/** Most that is kept of output and of errors, in bytes. */
const MAX_BYTES = 256 * 1024;

/** What to run. */
export type RunOptions = {
  readonly args: readonly string[];
  /** All variables that it sees. */
  readonly env: Readonly<Record<string, string>>;
  readonly input: Bytes;
  /** Milliseconds after which it is killed. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
};

/** How it ended. */
export type Ended = {
  readonly code: number;
  /** The signal that ended it; null when it ended by itself. */
  readonly signal: string | null;
  /** Whether it was killed for being late. */
  readonly late: boolean;
  /** What it wrote, cut at 256 KiB. */
  readonly output: Bytes;
  readonly errors: Bytes;
};

/** Runs a program to its end. Throws what `Deno.Command` throws when it cannot start, and the signal's reason. */
export async function runBounded(
  command: string,
  { args, env, input, timeoutMs, signal }: RunOptions,
): Promise<Ended> {
  const child = new Deno.Command(command, {
    args: [...args],
    env,
    clearEnv: true,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let late = false;
  const over = new AbortController();
  const end = () => {
    killed(child);
    over.abort(); // Another process may hold the pipes open still.
  };
  const timer = setTimeout(() => {
    late = true;
    end();
  }, timeoutMs);
  signal?.addEventListener("abort", end);
  try {
    const [output, errors, status] = await Promise.all([
      startOf(child.stdout, over.signal),
      startOf(child.stderr, over.signal),
      child.status,
      feed(child.stdin, input, over.signal),
    ]);
    signal?.throwIfAborted();
    return { code: status.code, signal: status.signal, late, output, errors };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", end);
  }
}

function killed(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGKILL");
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // It has ended by itself.
  }
}

/** A program may end without having read all, or anything. */
async function feed(stdin: WritableStream<Uint8Array>, input: Bytes, over: AbortSignal): Promise<void> {
  const writer = stdin.getWriter();
  over.addEventListener("abort", () => void writer.abort().catch(() => {}));
  try {
    await writer.write(input);
    await writer.close();
  } catch (error) {
    if (!over.aborted && !(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}

/** All is read, so that the program never waits to be rid of it; the first part is kept. */
async function startOf(stream: ReadableStream<Uint8Array>, over: AbortSignal): Promise<Bytes> {
  const chunks: Uint8Array[] = [];
  let left = MAX_BYTES;
  const reader = stream.getReader();
  over.addEventListener("abort", () => void reader.cancel().catch(() => {}));
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    if (left > 0) chunks.push(next.value.subarray(0, left));
    left -= Math.min(left, next.value.length);
  }
  return joinBytes(chunks);
}
