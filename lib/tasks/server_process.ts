/**
 * Runs the service as a process of its own, as an operator would, so that it can be watched, killed and started
 * again on the same data.
 *
 * @module
 */
import { SMALL_HEAP } from "../adapters/child_link.ts";

/** Where a started service listens. */
export type ServiceAddress = { readonly http: string; readonly smtpPort: number };

/** How it is started: its data's folder and further environment. */
export type ServiceOptions = {
  readonly dataDir: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Further arguments of `deno run`. */
  readonly runArguments?: readonly string[];
  /** How long it may take until it is ready, in ms. */
  readonly patienceMs?: number;
  /** Whether its memory is looked at all the time: `peakMemory` then counts the processes that it starts. */
  readonly watchMemory?: boolean;
};

/** A port that nothing listens on now. */
function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  return port;
}

/** How often its memory is looked at, in milliseconds. */
const LOOK_EVERY_MS = 100;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** One service on one folder of data. Its ports stay the same over restarts. */
export class ServiceProcess {
  /** Where it listens. */
  readonly address: ServiceAddress;
  readonly #options: ServiceOptions;
  readonly #httpPort: number;
  #child: Deno.ChildProcess | null = null;
  #output = "";
  #reading: Promise<unknown> = Promise.resolve();
  #peak = 0;
  #looking: ReturnType<typeof setInterval> | undefined;

  /** Chooses ports; nothing is started yet. */
  constructor(options: ServiceOptions) {
    this.#options = options;
    this.#httpPort = freePort();
    this.address = { http: `http://localhost:${this.#httpPort}`, smtpPort: freePort() };
  }

  /** The process id; null while it does not run. */
  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  /** What it has printed since it was last started. */
  get output(): string {
    return this.#output;
  }

  /** Starts it and returns once it says that it is ready. Throws `Error` when it ends or stays silent. */
  async start(): Promise<void> {
    const { dataDir, environment = {}, runArguments = [], patienceMs = 60_000, watchMemory } = this.#options;
    this.#child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", SMALL_HEAP, ...runArguments, new URL("../../main.ts", import.meta.url).href],
      env: {
        MALLOC_ARENA_MAX: "2",
        ...environment,
        DATA_DIR: dataDir,
        PUBLIC_URL: this.address.http,
        HTTP_LISTEN: `127.0.0.1:${this.#httpPort}`,
        SMTP_LISTEN: `127.0.0.1:${this.address.smtpPort}`,
        NO_COLOR: "1",
      },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#output = "";
    this.#peak = 0;
    if (watchMemory) {
      this.#looking = setInterval(() => this.#peak = Math.max(this.#peak, this.memory()), LOOK_EVERY_MS);
    }
    this.#reading = Promise.all([this.#keep(this.#child.stdout), this.#keep(this.#child.stderr)]);
    await this.#untilReady(this.#child, patienceMs);
  }

  async #keep(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) this.#output += text;
  }

  async #untilReady(child: Deno.ChildProcess, patienceMs: number): Promise<void> {
    let ended = false;
    child.status.then(() => ended = true);
    const end = performance.now() + patienceMs;
    while (performance.now() < end && !ended) {
      const response = await fetch(`${this.address.http}/readyz`).catch(() => null);
      await response?.body?.cancel();
      if (response?.ok) return;
      await pause(50);
    }
    await this.end("SIGKILL");
    throw new Error(`Cannot start the service: ${ended ? "it ended" : "it is not ready"}\n${this.#output}`);
  }

  /** Ends it with a signal and waits until it is gone. */
  async end(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    const child = this.#child;
    if (!child) return;
    this.#child = null;
    clearInterval(this.#looking);
    try {
      child.kill(signal);
    } catch {
      // It has ended by itself.
    }
    await child.status;
    await this.#reading;
  }

  /** What it and the processes that it has started hold now, in bytes; what they share counts once. */
  memory(): number {
    const pid = this.#child?.pid;
    if (pid === undefined) return 0;
    return [pid, ...childrenOf(pid)].reduce((sum, each) => sum + kilobytes(`${each}/smaps_rollup`, "Pss"), 0);
  }

  /**
   * The largest memory so far, in bytes: what it has held itself, or, where that is watched, together with the
   * processes that it started, as far as ten looks a second see it.
   */
  peakMemory(): number {
    return Math.max(this.#peak, kilobytes(`${this.#child?.pid}/status`, "VmHWM"));
  }
}

/** What Linux says in `/proc`; nothing for a process that has just ended, and on other systems. */
function told(path: string): string {
  try {
    return Deno.readTextFileSync(`/proc/${path}`);
  } catch {
    return "";
  }
}

/** The processes that a process has started and that live: they count as its main thread's. */
function childrenOf(pid: number): readonly number[] {
  return told(`${pid}/task/${pid}/children`).split(" ").filter(Boolean).map(Number);
}

/** A figure that Linux gives in kilobytes, in bytes. */
function kilobytes(path: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(told(path))?.[1] ?? 0) * 1024;
}
