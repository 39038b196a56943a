/**
 * Runs one target in a process of its own and watches over it: an input that hangs or kills it is a finding like
 * any other, and the run goes on with the next.
 *
 * @module
 */
import type { StretchLine } from "./child.ts";

/** The longest that one input may take, in milliseconds: of the processor's time where that can be told. */
const MAX_CPU_MS = 2_000;
const MAX_WALL_MS = 30_000;
const LOOK_EVERY_MS = 250;
/** Linux counts a process's time in hundredths of a second. */
const TICK_MS = 10;

/** What is watched. */
export type WatchOrder = {
  /** The folder with `seeds`. */
  readonly folder: string;
  readonly target: string;
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  /** Told of every stretch. */
  readonly tell: (line: StretchLine) => void;
};

/** Runs until the last iteration, with as many processes one after the other as it takes. */
export async function watch(order: WatchOrder): Promise<void> {
  for (let next = order.from; next < order.to;) next = await watchOne({ ...order, from: next });
}

/** Runs one process; gives the iteration to go on with. */
async function watchOne(order: WatchOrder): Promise<number> {
  const { folder, target, seed, from, to } = order;
  Deno.writeFileSync(`${folder}/beat`, new Uint8Array());
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--no-check",
      import.meta.resolve("./child.ts"),
      folder,
      target,
      `${seed}`,
      `${from}`,
      `${to}`,
    ],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let next = from;
  const heard = hear(child.stdout, (line) => {
    next = line.next;
    order.tell(line);
  });
  const complaint = new Response(child.stderr).text();
  const guard = new Guard(child.pid, `${folder}/beat`);
  const timer = setInterval(() => guard.look(() => child.kill("SIGKILL")), LOOK_EVERY_MS);
  const { success } = await child.status;
  clearInterval(timer);
  await heard;
  const words = await complaint;
  if (success) return next;
  const iteration = Math.max(next, guard.iteration());
  // What was told of the stretch that ended so is lost: its earlier inputs are run again.
  if (iteration > next) await watch({ ...order, from: next, to: iteration });
  const what = guard.killed
    ? "it hangs"
    : `the process died: ${words.trim().split("\n")[0]?.slice(0, 200) ?? ""}`;
  order.tell({
    next: iteration + 1,
    outcomes: [[what, 1]],
    found: [{ iteration, seed: "?", what }],
    slowest: null,
    maxRssBytes: 0,
  });
  return iteration + 1;
}

async function hear(
  stdout: ReadableStream<Uint8Array<ArrayBuffer>>,
  tell: (line: StretchLine) => void,
): Promise<void> {
  let rest = "";
  for await (const text of stdout.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.startsWith("{")) tell(JSON.parse(line) as StretchLine);
  }
}

/** Watches how long one iteration takes. */
class Guard {
  killed = false;
  readonly #pid: number;
  readonly #beat: string;
  #since = { pulse: "", cpuMs: 0, wallMs: performance.now() };

  constructor(pid: number, beat: string) {
    this.#pid = pid;
    this.#beat = beat;
  }

  /** The iteration at work; −1 before the first. */
  iteration(): number {
    try {
      return new Float64Array(Deno.readFileSync(this.#beat).buffer)[0] ?? -1;
    } catch {
      return -1;
    }
  }

  /** What changes with every run of an input. */
  #pulse(): string {
    try {
      return Deno.readFileSync(this.#beat).toHex();
    } catch {
      return "";
    }
  }

  look(kill: () => void): void {
    const [pulse, cpuMs, wallMs] = [this.#pulse(), this.#cpuMs(), performance.now()];
    if (pulse !== this.#since.pulse) {
      this.#since = { pulse, cpuMs: cpuMs ?? 0, wallMs };
      return;
    }
    const waited = wallMs - this.#since.wallMs;
    const worked = cpuMs === null ? waited : cpuMs - this.#since.cpuMs;
    if (pulse === "" || this.killed || (worked < MAX_CPU_MS && waited < MAX_WALL_MS)) return;
    this.killed = true;
    kill();
  }

  /** The time of the processor that the process has used; null where the system does not tell. */
  #cpuMs(): number | null {
    try {
      const fields = Deno.readTextFileSync(`/proc/${this.#pid}/stat`).split(") ")[1]?.split(" ") ?? [];
      return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
    } catch {
      return null;
    }
  }
}
