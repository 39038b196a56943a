/**
 * The whole chain of seals on one document, and its verification: 50 MB on one page, and 10,000 pages.
 *
 * @module
 */
import { systemClock } from "../lib/adapters/system_clock.ts";
import { verifyPdf } from "../lib/pades/verify.ts";
import { concatenated, memorySource } from "../lib/pdf/byte_source.ts";
import { plainPdf } from "../tests/support/plain_pdf.ts";
import type { Figure } from "./measure.ts";
import { PARTIES, sealAll, type SealingDesk, withSealingDesk } from "./sealing_desk.ts";
import { manyPages } from "./sealing_input.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const LARGE_BYTES = 50_000_000;
const PAGES = 10_000;
const LIMITS = { chainMs: 400, chainRatio: 2, verifyMs: 120, verifyPagesMs: 500 } as const;
const ROUNDS = 12;
/** With conclusion and document timestamp, six signatures. */
const SIX = [...PARTIES, "Confirmer2"];

/** The least of some rounds of each work, in ms, by turns; the first one warms up. */
async function least(...works: readonly (() => Promise<unknown>)[]): Promise<number[]> {
  const found = works.map(() => Infinity);
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [index, work] of works.entries()) {
      const startAt = performance.now();
      await work();
      if (round > 0) found[index] = Math.min(found[index]!, performance.now() - startAt);
    }
  }
  return found;
}

function figure(what: string, ms: number, limitMs: number): Figure {
  return { what, figure: `${ms.toFixed(0)} ms`, limit: `≤ ${limitMs} ms`, holds: ms <= limitMs };
}

async function timeVerification(desk: SealingDesk, parts: readonly Bytes[]): Promise<number> {
  const [ms = NaN] = await least(async () => {
    const source = concatenated(parts.map(memorySource));
    const { verdict, revisions } = await verifyPdf(source, {
      trustRoots: [desk.root],
      at: systemClock().now(),
    });
    if (verdict !== "valid" || revisions.at(-1)?.covers !== "whole-file") {
      throw new Error(`Cannot measure: the sealed file is "${verdict}"`);
    }
  });
  return ms;
}

/** The chain's time, that of its verification, and how they grow with the pages. */
export async function sealingChain(): Promise<readonly Figure[]> {
  return await withSealingDesk(async (desk) => {
    const [small, large, pages] = [
      plainPdf({}),
      plainPdf({ ballast: LARGE_BYTES }),
      manyPages(PAGES),
    ];
    const [onePage = NaN, manyMore = NaN] = await least(
      () => sealAll(desk, small),
      () => sealAll(desk, pages),
    );
    const [whole = NaN] = await least(() => sealAll(desk, large));
    const ratio = manyMore / onePage;
    const chain = "chain to LTA (3 signatures, conclusion B-T, DSS, document timestamp; RSA-3072, local TSA)";
    const verify = "verification of such a chain with 6 signatures";
    return [
      figure(`${chain}, 50 MB`, whole, LIMITS.chainMs),
      {
        what: "same chain, 10,000 pages ÷ 1 page",
        figure: `${ratio.toFixed(2)} (${manyMore.toFixed(1)} ÷ ${onePage.toFixed(1)} ms)`,
        limit: `≤ ${LIMITS.chainRatio}`,
        holds: ratio <= LIMITS.chainRatio,
      },
      figure(
        `${verify}, 50 MB`,
        await timeVerification(desk, await sealAll(desk, large, SIX)),
        LIMITS.verifyMs,
      ),
      figure(
        `${verify}, 10,000 pages`,
        await timeVerification(desk, await sealAll(desk, pages, SIX)),
        LIMITS.verifyPagesMs,
      ),
    ];
  });
}
