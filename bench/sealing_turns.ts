/**
 * How long sealing and verifying keep everybody else waiting: the longest time between two turns of the event loop
 * while each step runs. The least of some rounds counts, since on a busy machine others' time comes in between.
 *
 * @module
 */
import { setImmediate } from "node:timers";
import { openFileSource } from "../lib/adapters/file_source.ts";
import { systemClock } from "../lib/adapters/system_clock.ts";
import { verifyPdf } from "../lib/pades/verify.ts";
import { concatenated, memorySource } from "../lib/pdf/byte_source.ts";
import type { ByteSource } from "../lib/ports.ts";
import { plainPdf } from "../tests/support/plain_pdf.ts";
import { writeWhole } from "./file_memory.ts";
import type { Figure } from "./measure.ts";
import { PARTIES, sealAll, type SealingDesk, withSealingDesk } from "./sealing_desk.ts";
import { manyPages } from "./sealing_input.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const LARGE_BYTES = 50_000_000;
const PAGES = 10_000;
const ROUNDS = 7;
const LIMIT_MS = 25;

/** The longest time between two turns while `work` runs, in ms. */
async function longestBlock(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let working = true;
  let last = performance.now();
  const turn = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (working) setImmediate(turn);
  };
  setImmediate(turn);
  await work();
  turn();
  working = false;
  return longest;
}

async function least(work: () => Promise<unknown>): Promise<number> {
  let found = Infinity;
  for (let round = 0; round <= ROUNDS; round++) {
    const longest = await longestBlock(work);
    if (round > 0) found = Math.min(found, longest);
  }
  return found;
}

type Case = { readonly name: string; readonly base: () => ByteSource; readonly parts: readonly Bytes[] };

async function blocksOf(desk: SealingDesk, { name, base, parts }: Case): Promise<Figure[]> {
  /** The file as it was when so many updates were on. */
  const upTo = (updates: number) => concatenated([base(), ...parts.slice(1, updates + 1).map(memorySource)]);
  const at = systemClock().now();
  const verify = (source: ByteSource) => verifyPdf(source, { trustRoots: [desk.root], at });
  const steps = [
    { words: "seal", updates: 0, work: (source: ByteSource) => desk.sign(source, "Sender") },
    { words: "seal", updates: PARTIES.length, work: (source: ByteSource) => desk.conclude(source, PARTIES) },
    { words: "seal", updates: PARTIES.length + 1, work: desk.addData },
    { words: "seal", updates: PARTIES.length + 2, work: desk.stamp },
    { words: "verification", updates: parts.length, work: verify },
  ];
  const longest = new Map<string, number>();
  for (const { words, updates, work } of steps) {
    const block = await least(async () => {
      const source = upTo(updates);
      await work(source);
      source.close();
    });
    longest.set(words, Math.max(longest.get(words) ?? 0, block));
  }
  return Array.from(longest, ([words, ms]) => ({
    what: `longest time that a ${words} keeps the event loop, ${name}`,
    figure: `${ms.toFixed(1)} ms`,
    limit: `≤ ${LIMIT_MS} ms`,
    holds: ms <= LIMIT_MS,
  }));
}

/** Every kind of step on 50 MB, in memory and on disk, and on 10,000 pages. */
export async function sealingTurns(): Promise<readonly Figure[]> {
  const path = await Deno.makeTempFile({ prefix: "warifu-bench-", suffix: ".pdf" });
  try {
    return await withSealingDesk(async (desk) => {
      const [large, pages] = [plainPdf({ ballast: LARGE_BYTES }), manyPages(PAGES)];
      writeWhole(path, large);
      const largeParts = await sealAll(desk, large);
      const cases: Case[] = [
        { name: "50 MB in memory", base: () => memorySource(large), parts: largeParts },
        { name: "50 MB on disk", base: () => openFileSource(path), parts: largeParts },
        { name: "10,000 pages", base: () => memorySource(pages), parts: await sealAll(desk, pages) },
      ];
      const figures: Figure[] = [];
      for (const each of cases) figures.push(...await blocksOf(desk, each));
      return figures;
    });
  } finally {
    await Deno.remove(path);
  }
}
