/**
 * A worker in a process of its own, which answers one question after the other. Whatever a question does to it, it
 * costs that process, never this one, neither processor nor memory.
 *
 * @module
 */
import { PortError } from "../ports.ts";
import { blockOf, blocksOf, lengthBefore, valueIn } from "./child_frames.ts";
import type { ChildQuestion, ChildReport } from "./child_messages.ts";
import type { TimeLimits } from "./time_watch.ts";

/** What to start. */
export type ChildOptions = {
  /** The address of the worker's module; see `child_host.ts` for what it must do. */
  readonly module: string;
  /** Folders that it may read; it may do nothing else. */
  readonly mayRead: readonly URL[];
};

/** The question took all of its time or memory, and would again. */
export class OverLimit extends Error {}

/** The process ended over the question. */
export class ChildDied extends Error {}

/** As the service itself is started (few arenas, few objects that nobody needs), and workers may collect theirs. */
const SMALL = {
  flags: "--v8-flags=--max-semi-space-size=4,--heap-growing-percent=20,--expose-gc",
  variables: { MALLOC_ARENA_MAX: "2", MALLOC_MMAP_THRESHOLD_: "131072" },
};
/** The variables that Deno needs to find what it has compiled. */
const ENVIRONMENT = ["HOME", "XDG_CACHE_HOME", "DENO_DIR"];
/** How long after its time a child is given to say so, in milliseconds. */
const GRACE_MS = 2_000;

/** Throws `PortError` with what to do, where this process may not start children. */
export async function assertChildrenAllowed(): Promise<void> {
  const command = Deno.execPath();
  if ((await Deno.permissions.query({ name: "run", command })).state === "granted") return;
  const how = `start it with --allow-run=${command}, as the task does`;
  throw new PortError("unavailable", `Cannot read forms and draw pages in processes of their own: ${how}`, {
    retryable: false,
  });
}

/** A process that lives until it fails or is ended. */
export class ChildWorker {
  readonly #child: Deno.ChildProcess;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>;
  readonly #ready = Promise.withResolvers<void>();
  readonly #over: Promise<void>;
  #settle: PromiseWithResolvers<unknown> | null = null;
  #fault: Error | null = null;
  #loaded = false;

  /** Starts it. Throws `PortError` when it cannot. */
  constructor(options: ChildOptions) {
    this.#child = spawned(options);
    this.#writer = this.#child.stdin.getWriter();
    this.#ready.promise.catch(() => {});
    this.#over = this.#hear();
  }

  /**
   * Asks one question; the one before must have been answered. `content`, if given, becomes that of the question, which
   * takes less memory than within it. Throws `OverLimit` or `ChildDied`, for which the question
   * may be to blame, and `PortError`, for which it is not: `timeout` when the machine had no time for it, `unavailable`
   * when the process could not start or was ended. After any of them it is of no more use.
   */
  async ask(question: unknown, limits: TimeLimits, content?: Uint8Array<ArrayBuffer>): Promise<unknown> {
    if (this.#fault !== null) throw this.#fault;
    const settle = Promise.withResolvers<unknown>();
    this.#settle = settle;
    settle.promise.catch(() => {});
    // Until the worker has loaded, no question is to blame.
    let timer = setTimeout(() => this.#fail(late()), limits.waitMs);
    try {
      await this.#ready.promise;
      this.#loaded = true;
      clearTimeout(timer);
      timer = setTimeout(() => this.#fail(late()), limits.waitMs + GRACE_MS);
      const asked: ChildQuestion = { question, limits, carries: content !== undefined };
      for (const block of [blockOf(asked), ...content ? [content] : []]) {
        // A process that ended takes nothing more; it has said why, or will.
        for (const part of [lengthBefore(block), block]) this.#writer.write(part).catch(() => {});
      }
      return await settle.promise;
    } finally {
      clearTimeout(timer);
      this.#settle = null;
    }
  }

  /** Kills it, and waits until it is gone. What it was asked fails as `unavailable`. */
  async end(): Promise<void> {
    this.#fail(unavailable("it was closed"));
    await this.#over;
  }

  async #hear(): Promise<void> {
    try {
      for await (const block of blocksOf(this.#child.stdout)) this.#take(valueIn(block) as ChildReport);
    } catch (error) {
      this.#died("it said nothing readable", error);
    }
    this.#died("its process ended");
    await this.#child.status;
    await this.#writer.close().catch(() => {});
  }

  #take(report: ChildReport): void {
    switch (report.told) {
      case "ready":
        return this.#ready.resolve();
      case "answer":
        return this.#settle?.resolve(report.answer);
      case "over":
        return this.#fail(report.passed === "work" ? new OverLimit() : late());
      case "died":
        return this.#died(report.why);
    }
  }

  #died(why: string, cause?: unknown): void {
    this.#fail(this.#loaded ? new ChildDied(why, { cause }) : unavailable(why, cause));
  }

  /** The first fault is the one that counts. */
  #fail(fault: Error): void {
    this.#fault ??= fault;
    this.#ready.reject(this.#fault);
    this.#settle?.reject(this.#fault);
    try {
      this.#child.kill("SIGKILL");
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // It has ended by itself.
    }
  }
}

function spawned({ module, mayRead }: ChildOptions): Deno.ChildProcess {
  try {
    return new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--quiet",
        "--no-prompt",
        "--cached-only",
        "--no-lock",
        SMALL.flags,
        `--config=${filePath(new URL("../../deno.json", import.meta.url))}`,
        `--allow-read=${[new URL("../", import.meta.url), ...mayRead].map(filePath).join()}`,
        import.meta.resolve("./child_host.ts"),
        module,
        ...mayRead.map(filePath),
      ],
      env: { ...SMALL.variables, ...inherited() },
      clearEnv: true,
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
    }).spawn();
  } catch (error) {
    throw unavailable("no process can be started", error);
  }
}

function inherited(): Record<string, string> {
  const given = ENVIRONMENT.map((name) => [name, Deno.env.get(name)] as const);
  return Object.fromEntries(given.flatMap(([name, value]) => value === undefined ? [] : [[name, value]]));
}

const filePath = (url: URL): string => decodeURIComponent(url.pathname);

const late = () => new PortError("timeout", "Cannot answer in time", { retryable: true });

function unavailable(why: string, cause?: unknown): PortError {
  return new PortError("unavailable", `Cannot answer: ${why}`, { retryable: true, cause });
}
