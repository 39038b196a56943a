/**
 * The long run of the fuzzer: `deno task fuzz [target…] [--count=N] [--seed=N] [--from=N] [--out=DIR]`, or
 * `--replay=FILE target` for one input. What breaks a promise is kept in DIR/target/found, the good inputs in
 * DIR/target/seeds: a run with the same DIR and seed makes the same inputs again. The exit code is 1 when anything
 * was found.
 *
 * @module
 */
import { inputOf, lineOf } from "./fuzz_loop.ts";
import { readSeeds, writeSeeds } from "./seed_folder.ts";
import type { FuzzTarget, Seed } from "./target.ts";
import { targetOf, TARGETS } from "./targets.ts";
import { watch } from "./watch.ts";

const MAX_KEPT = 5;
const SLOW_MS = 500;

type Tally = {
  count: number;
  maxRssBytes: number;
  slowest: { iteration: number; ms: number };
  readonly outcomes: Map<string, number>;
  readonly found: Map<string, number[]>;
};

async function seedsOf(target: FuzzTarget, folder: string): Promise<readonly Seed[]> {
  try {
    return await readSeeds(`${folder}/seeds`);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    const seeds = await target.seeds();
    await writeSeeds(`${folder}/seeds`, seeds);
    return seeds;
  }
}

async function fuzz(
  target: FuzzTarget,
  out: string,
  seed: number,
  from: number,
  count: number,
): Promise<Tally> {
  const folder = `${out}/${target.name}`;
  const seeds = await seedsOf(target, folder);
  await Deno.mkdir(`${folder}/found`, { recursive: true });
  const keep = (iteration: number, why: string) =>
    Deno.writeFileSync(
      `${folder}/found/${seed}-${iteration}-${why}`,
      inputOf(target, seeds, seed, iteration).input,
    );
  const tally: Tally = {
    count: 0,
    maxRssBytes: 0,
    slowest: { iteration: -1, ms: 0 },
    outcomes: new Map(),
    found: new Map(),
  };
  let last = from;
  let said = performance.now();
  await watch({
    folder,
    target: target.name,
    seed,
    from,
    to: from + count,
    tell: (line) => {
      tally.count += line.next - last;
      last = line.next;
      tally.maxRssBytes = Math.max(tally.maxRssBytes, line.maxRssBytes);
      for (const [word, times] of line.outcomes) {
        tally.outcomes.set(word, (tally.outcomes.get(word) ?? 0) + times);
      }
      for (const { iteration, seed: base, what } of line.found) {
        const known = tally.found.get(what) ?? [];
        tally.found.set(what, [...known, iteration]);
        if (known.length >= MAX_KEPT) continue;
        keep(iteration, "finding");
        console.log(`  found in ${iteration} (from ${base}): ${what}`);
      }
      if (line.slowest && line.slowest.ms > SLOW_MS) keep(line.slowest.iteration, "slow");
      if (line.slowest && line.slowest.ms > tally.slowest.ms) tally.slowest = line.slowest;
      if (performance.now() - said < 30_000) return;
      said = performance.now();
      console.log(`  ${tally.count} of ${count}`);
    },
  });
  return tally;
}

function report(target: FuzzTarget, tally: Tally, seconds: number, words: boolean): void {
  const found = [...tally.found.values()].reduce((sum, each) => sum + each.length, 0);
  console.log(
    `${target.name}: ${tally.count} inputs in ${seconds.toFixed(0)} s, at most ${
      Math.round(tally.maxRssBytes / 2 ** 20)
    } MiB, ` +
      `slowest ${tally.slowest.ms.toFixed(0)} ms (${tally.slowest.iteration}), ${found} findings`,
  );
  for (const [what, iterations] of tally.found) console.log(`  ${iterations.length} × ${what}`);
  if (!words) return;
  const most = [...tally.outcomes].sort(([, a], [, b]) => b - a).slice(0, 40);
  for (const [word, times] of most) console.log(`  ${String(times).padStart(8)} ${word}`);
}

async function replay(target: FuzzTarget, file: string): Promise<boolean> {
  const run = await target.prepare(await target.seeds());
  try {
    console.log(await run(await Deno.readFile(file), { name: file, bytes: new Uint8Array() }));
    return true;
  } catch (error) {
    console.log(lineOf(error), "\n", error);
    return false;
  } finally {
    run.end?.();
  }
}

if (import.meta.main) {
  const option = (name: string) =>
    Deno.args.find((each) => each.startsWith(`--${name}=`))?.slice(name.length + 3) ?? null;
  const names = Deno.args.filter((each) => !each.startsWith("--"));
  const targets = names.length > 0 ? names.map(targetOf) : TARGETS;
  const file = option("replay");
  if (file !== null) Deno.exit(await replay(targets[0]!, file) ? 0 : 1);
  const seed = Number(option("seed") ?? 1);
  const out = option("out") ?? await Deno.makeTempDir({ prefix: "warifu-fuzz-" });
  console.log(`seed ${seed}; inputs are kept in ${out}`);
  let sound = true;
  for (const target of targets) {
    const start = performance.now();
    const count = Number(option("count") ?? target.count);
    const tally = await fuzz(target, out, seed, Number(option("from") ?? 0), count);
    report(target, tally, (performance.now() - start) / 1000, Deno.args.includes("--words"));
    sound &&= tally.found.size === 0;
  }
  Deno.exit(sound ? 0 : 1);
}
