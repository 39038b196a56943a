/**
 * What can be fuzzed, and how: a target has good inputs, a way to damage them, and a run that must end well.
 *
 * @module
 */
import { UnreadableError } from "../../lib/domain/unreadable.ts";
import { PortError } from "../../lib/ports.ts";
import type { Dice } from "./dice.ts";

/** Bytes of our own. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** A good input. Those whose name begins with `_` are tools of the target and are not damaged. */
export type Seed = { readonly name: string; readonly bytes: Bytes };

/** Runs one input. Gives a word for the statistics; whatever it throws is a finding. `end` frees what it holds. */
export type Run = ((input: Bytes, seed: Seed) => Promise<string>) & { readonly end?: () => Promise<void> };

/** One thing to fuzz. */
export type FuzzTarget = {
  readonly name: string;
  /** How many inputs the long run tries. */
  readonly count: number;
  /** The good inputs. They are made once for a run, and kept beside its findings. */
  seeds(): Promise<readonly Seed[]>;
  /** A good input to begin with. */
  choose(seeds: readonly Seed[], dice: Dice): Seed;
  /** A damaged input. The same dice give the same bytes. */
  mutate(seed: Seed, seeds: readonly Seed[], dice: Dice): Bytes;
  /** Gets ready for runs. */
  prepare(seeds: readonly Seed[]): Promise<Run>;
};

/** What is broken in the code, not in the input. */
export class Finding extends Error {
  /** Says which promise was broken. */
  constructor(message: string) {
    super(message);
    this.name = "Finding";
  }
}

/** The code of the typed error that an attempt ends with, or null when it succeeds. Any other error is thrown on. */
export async function faultOf(attempt: () => unknown): Promise<string | null> {
  try {
    await attempt();
    return null;
  } catch (error) {
    if (error instanceof UnreadableError || error instanceof PortError) return error.code;
    throw error;
  }
}

/** What an attempt gives; null when it ends with a typed error. */
export function attempted<T>(attempt: () => T): T | null {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof UnreadableError) return null;
    throw error;
  }
}

/** A seed, small ones more often than large ones: they are faster, and more of their bytes matter. */
export function chooseSmall(seeds: readonly Seed[], dice: Dice): Seed {
  const open = seeds.filter(({ name }) => !name.startsWith("_"));
  for (;;) {
    const seed = dice.pick(open);
    if (dice.below(4096 + seed.bytes.length) < 4096) return seed;
  }
}

/** Files of a folder of fixtures as seeds. */
export async function fixtureSeeds(folder: string, wanted: RegExp): Promise<Seed[]> {
  const place = new URL(`../fixtures/${folder}/`, import.meta.url);
  const names = (await Array.fromAsync(Deno.readDir(place))).filter((entry) => entry.isFile)
    .map(({ name }) => name).filter((name) => wanted.test(name)).sort();
  return await Promise.all(
    names.map(async (name) => ({ name, bytes: await Deno.readFile(new URL(name, place)) })),
  );
}
