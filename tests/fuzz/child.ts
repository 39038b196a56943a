/**
 * The process that a run of the fuzzer watches: it may hang or die of an input. Arguments: the folder with the good
 * inputs, the target, the seed, the first iteration and the one after the last. It writes the iteration at work
 * and a count into the file `beat`, and one line of JSON for each stretch.
 *
 * @module
 */
import { runStretch, type Stretch } from "./fuzz_loop.ts";
import { readSeeds } from "./seed_folder.ts";
import { targetOf } from "./targets.ts";

const STRETCH = 500;

/** The most that the process may take. */
const MAX_RSS_BYTES = 512 << 20;

/** Beyond this a new process goes on: what many inputs leave behind is no fault of the next. */
const FRESH_RSS_BYTES = 320 << 20;

/** What the child says of a stretch; inputs are in files. */
export type StretchLine = {
  readonly next: number;
  readonly outcomes: readonly (readonly [word: string, count: number])[];
  readonly found: readonly { readonly iteration: number; readonly seed: string; readonly what: string }[];
  readonly slowest: { readonly iteration: number; readonly ms: number } | null;
  readonly maxRssBytes: number;
};

function lineOf(stretch: Stretch): StretchLine {
  const { next, outcomes, found, slowest, maxRssBytes } = stretch;
  return {
    next,
    outcomes: [...outcomes],
    found: found.map(({ iteration, seed, what }) => ({ iteration, seed, what })),
    slowest: slowest && { iteration: slowest.iteration, ms: slowest.ms },
    maxRssBytes,
  };
}

async function main(folder: string, name: string, seed: number, from: number, to: number): Promise<void> {
  const target = targetOf(name);
  const seeds = await readSeeds(`${folder}/seeds`);
  const run = await target.prepare(seeds);
  using pulse = await Deno.open(`${folder}/beat`, { write: true, create: true });
  const cell = new Float64Array(2);
  const beat = (iteration: number) => {
    cell[0] = iteration;
    cell[1]!++;
    pulse.seekSync(0, Deno.SeekMode.Start);
    pulse.writeSync(new Uint8Array(cell.buffer));
  };
  for (let next = from; next < to;) {
    const end = Math.min(to, next + STRETCH);
    const stretch = await runStretch({
      target,
      run,
      seeds,
      seed,
      from: next,
      to: end,
      maxRssBytes: MAX_RSS_BYTES,
      beat,
    });
    await Deno.stdout.write(new TextEncoder().encode(`${JSON.stringify(lineOf(stretch))}\n`));
    if (stretch.next < end || stretch.maxRssBytes > FRESH_RSS_BYTES) break;
    next = end;
  }
  await run.end?.();
}

if (import.meta.main) {
  // What libraries print about damaged input is no result of ours.
  console.log = console.warn = console.error = () => {};
  const [folder = "", name = "", seed, from, to] = Deno.args;
  await main(folder, name, Number(seed), Number(from), Number(to));
}
