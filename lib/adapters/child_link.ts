/**
 * A worker in a process of its own, and what is said between it and this one. Whatever goes wrong in it costs that
 * process, never this one, neither processor nor memory.
 *
 * @module
 */
import { PortError } from "../ports.ts";
import { blockOf, blocksOf, lengthBefore, valueIn } from "./child_frames.ts";
import type { ChildMessage, ChildReport } from "./child_messages.ts";

/** What to start, and who hears of it. */
export type ChildOptions = {
  /** The address of the worker's module; see `child_host.ts` for what it must do. */
  readonly module: string;
  /** Files and folders that it may read; it may do nothing else. */
  readonly mayRead: readonly URL[];
  /** Takes each message of the worker. */
  readonly heard: (message: unknown) => void;
  /** Takes the one fault with which it ends: of those below, or `PortError` `unavailable` before it has loaded. */
  readonly failed: (fault: Error) => void;
};

/** What the worker was told took all of its time or memory, and would again. */
export class OverLimit extends Error {}

/** The process ended over what it was told. */
export class ChildDied extends Error {}

/**
 * As the task `start` has it: a few megabytes of short-lived objects are kept instead of tens, and what is no longer
 * needed is looked for more often, since much of it lies where V8 does not see its size.
 */
export const SMALL_HEAP = "--v8-flags=--max-semi-space-size=4,--heap-growing-percent=20";
/** Few arenas, and large blocks that go back to the system at once. */
const SMALL_MALLOC = { MALLOC_ARENA_MAX: "2", MALLOC_MMAP_THRESHOLD_: "131072" };
/** The variables that Deno needs to find what it has compiled. */
const ENVIRONMENT = ["HOME", "XDG_CACHE_HOME", "DENO_DIR"];

/** Throws `PortError` with what to do, where this process may not start children. */
export async function assertChildrenAllowed(): Promise<void> {
  const command = Deno.execPath();
  if ((await Deno.permissions.query({ name: "run", command })).state === "granted") return;
  const what = "Cannot read mails and forms and draw pages in processes of their own";
  const how = `start it with --allow-run=${command}, as the task does`;
  throw new PortError("unavailable", `${what}: ${how}`, { retryable: false });
}

/** A message of which whoever tells it watches over what it takes, with its bytes within. */
export const unwatched = (message: unknown): ChildMessage => ({ message, limits: null, carries: false });

/** A process that lives until it fails or is ended. */
export class ChildLink {
  /** Resolves when its worker has loaded; rejects when that fails. */
  readonly ready: Promise<void>;
  readonly #options: ChildOptions;
  readonly #child: Deno.ChildProcess;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>;
  readonly #loading = Promise.withResolvers<void>();
  readonly #over: Promise<void>;
  #fault: Error | null = null;
  #loaded = false;

  /** Starts it. Throws `PortError` when it cannot. */
  constructor(options: ChildOptions) {
    this.#options = options;
    this.#child = spawned(options);
    this.#writer = this.#child.stdin.getWriter();
    this.ready = this.#loading.promise;
    this.ready.catch(() => {});
    this.#over = this.#hear();
  }

  /** Why it is of no more use; null as long as it is. */
  get fault(): Error | null {
    return this.#fault;
  }

  /** Tells the worker something; `content`, if given, becomes that of the message, in less memory than within it. */
  tell(message: ChildMessage, content?: Uint8Array<ArrayBuffer>): void {
    for (const block of [blockOf(message), ...content ? [content] : []]) {
      // A process that ended takes nothing more; it has said why, or will.
      for (const part of [lengthBefore(block), block]) this.#writer.write(part).catch(() => {});
    }
  }

  /** Kills it for a reason, of which the first counts. */
  fail(fault: Error): void {
    if (this.#fault !== null) return;
    this.#fault = fault;
    this.#loading.reject(fault);
    try {
      this.#child.kill("SIGKILL");
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // It has ended by itself.
    }
    this.#options.failed(fault);
  }

  /** Kills it, and waits until it is gone. */
  async end(): Promise<void> {
    this.fail(unavailable("it was closed"));
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
        this.#loaded = true;
        return this.#loading.resolve();
      case "message":
        return this.#fault === null ? this.#options.heard(report.message) : undefined;
      case "over":
        return this.fail(report.passed === "work" ? new OverLimit() : late());
      case "died":
        return this.#died(report.why);
    }
  }

  #died(why: string, cause?: unknown): void {
    this.fail(this.#loaded ? new ChildDied(why, { cause }) : unavailable(why, cause));
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
        // Workers may collect what they no longer need, too.
        `${SMALL_HEAP},--expose-gc`,
        `--config=${filePath(new URL("../../deno.json", import.meta.url))}`,
        `--allow-read=${[new URL("../", import.meta.url), ...mayRead].map(filePath).join()}`,
        import.meta.resolve("./child_host.ts"),
        module,
        ...mayRead.map(filePath),
      ],
      env: { ...SMALL_MALLOC, ...inherited() },
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

/** The machine had no time. */
export const late = (): PortError => new PortError("timeout", "Cannot answer in time", { retryable: true });

function unavailable(why: string, cause?: unknown): PortError {
  return new PortError("unavailable", `Cannot answer: ${why}`, { retryable: true, cause });
}
