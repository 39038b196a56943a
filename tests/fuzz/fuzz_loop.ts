/**
 * Runs a stretch of inputs of one target in this process, and keeps what was found.
 *
 * @module
 */
import { Dice } from "./dice.ts";
import { type Bytes, type FuzzTarget, type Run, type Seed } from "./target.ts";

/** Something wrong with one input. */
export type Found = {
  readonly iteration: number;
  /** Name of the good input that was damaged. */
  readonly seed: string;
  /** One line; the same fault has the same line. */
  readonly what: string;
  readonly input: Bytes;
};

/** One input that took long. */
export type Slow = { readonly iteration: number; readonly ms: number; readonly input: Bytes };

/** What a stretch came to. */
export type Stretch = {
  readonly outcomes: ReadonlyMap<string, number>;
  readonly found: readonly Found[];
  /** The slowest, at its best of three. */
  readonly slowest: Slow | null;
  readonly maxRssBytes: number;
  /** The iteration after the last that was run: earlier than asked for when memory ran out. */
  readonly next: number;
};

/** What is run. */
export type StretchOrder = {
  readonly target: FuzzTarget;
  readonly run: Run;
  readonly seeds: readonly Seed[];
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  /** The most memory that the process may take; without it none is too much, as where other tests share it. */
  readonly maxRssBytes?: number;
  /** Told before each input. */
  readonly beat?: (iteration: number) => void;
};

/** Inputs slower than this are looked at again, in milliseconds: the machine may have been busy. */
const LOOK_AGAIN_MS = 100;

/** The input of one iteration, and what it was made of. Needs nothing but its arguments. */
export function inputOf(
  target: FuzzTarget,
  seeds: readonly Seed[],
  seed: number,
  iteration: number,
): { readonly base: Seed; readonly input: Bytes } {
  const dice = new Dice(`${seed} ${target.name} ${iteration}`);
  const base = target.choose(seeds, dice);
  return { base, input: target.mutate(base, seeds, dice) };
}

/** Runs the inputs `from` up to `to`. */
export async function runStretch(order: StretchOrder): Promise<Stretch> {
  const { target, run, seeds, seed, from, to, maxRssBytes: limit = Infinity } = order;
  const outcomes = new Map<string, number>();
  const found: Found[] = [];
  let slowest: Slow | null = null;
  let maxRssBytes = 0;
  let next = from;
  while (next < to && maxRssBytes <= limit) {
    const iteration = next++;
    const { base, input } = inputOf(target, seeds, seed, iteration);
    order.beat?.(iteration);
    const { word, broken, ms } = await once(run, input, base);
    outcomes.set(word, (outcomes.get(word) ?? 0) + 1);
    if (broken) found.push({ iteration, seed: base.name, what: word, input });
    if (ms > (slowest?.ms ?? 0)) {
      const best = ms < LOOK_AGAIN_MS
        ? ms
        : await bestOf(run, input, base, ms, () => order.beat?.(iteration));
      if (best > (slowest?.ms ?? 0)) slowest = { iteration, ms: best, input };
    }
    maxRssBytes = Math.max(maxRssBytes, Deno.memoryUsage().rss);
    if (maxRssBytes > limit) {
      found.push({ iteration, seed: base.name, what: "the process takes too much memory", input });
    }
  }
  return { outcomes, found, slowest, maxRssBytes, next };
}

type Once = { readonly word: string; readonly broken: boolean; readonly ms: number };

async function once(run: Run, input: Bytes, base: Seed): Promise<Once> {
  const start = performance.now();
  try {
    const word = await run(input, base);
    return { word, broken: false, ms: performance.now() - start };
  } catch (error) {
    return { word: lineOf(error), broken: true, ms: performance.now() - start };
  }
}

/** The least time of three runs, the first included. */
async function bestOf(run: Run, input: Bytes, base: Seed, first: number, beat: () => void): Promise<number> {
  let best = first;
  for (let again = 0; again < 2; again++) {
    beat();
    best = Math.min(best, (await once(run, input, base)).ms);
  }
  return best;
}

/** An error in one line: its name, message and the place in our code where it was thrown. */
export function lineOf(error: unknown): string {
  if (!(error instanceof Error)) return `thrown: ${String(error)}`;
  const place = /((?:lib|tests|node_modules)\/[^\s()]*:\d+):\d+\)?$/m.exec(error.stack ?? "")?.[1];
  return `${error.name}: ${error.message.slice(0, 200)} @ ${place ?? "?"}`;
}
