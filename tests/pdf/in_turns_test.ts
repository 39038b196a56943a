import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { setImmediate } from "node:timers";
import { memorySource } from "../../lib/pdf/byte_source.ts";
import { checkUpload } from "../../lib/pdf/check_upload.ts";
import { inTurns } from "../../lib/pdf/in_turns.ts";
import { openPdf } from "../../lib/pdf/pdf_file.ts";
import { handmadePdf } from "../support/handmade_pdf.ts";

/** How often others had their turn meanwhile. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let working = true;
  const counted = new Promise<void>((resolve) => {
    const turn = () => {
      if (!working) return resolve();
      turns++;
      setImmediate(turn);
    };
    setImmediate(turn);
  });
  try {
    await work();
  } finally {
    working = false;
    await counted;
  }
  return turns;
}

/** Objects from 4 on that the catalog leads to. */
function withObjects(bodies: readonly string[]) {
  const references = bodies.map((_, index) => `${index + 4} 0 R`).join(" ");
  const objects = Object.fromEntries(bodies.map((body, index) => [index + 4, body]));
  return memorySource(handmadePdf({ catalog: `/X[${references}]`, objects }));
}

const LIMITS = { maxPdfBytes: 50 << 20, maxPages: 20_000 };

Deno.test("items are seen one by one until one is enough", async () => {
  const seen: number[] = [];
  await inTurns(openPdf(memorySource(handmadePdf())), [1, 2, 3], (item) => seen.push(item) < 2);
  deepEqual(seen, [1, 2]);
});

Deno.test("others have their turn after a thousand items, or after much reading", async () => {
  const pdf = openPdf(withObjects(Array(8).fill(`[${"1 ".repeat(25_000)}]`)));
  const items = (count: number) => Array.from({ length: count }, (_, index) => index);
  equal(await turnsDuring(() => inTurns(pdf, items(900), () => {})) < 2, true);
  ok(await turnsDuring(() => inTurns(pdf, items(9_000), () => {})) >= 8);
  ok(await turnsDuring(() => inTurns(pdf, items(8), (item) => void pdf.object(item + 4))) >= 7);
});

Deno.test("an upload of many objects or of large ones is checked in turns", async () => {
  for (const bodies of [Array(9_000).fill("<</A 1>>"), Array(12).fill(`[${"1 ".repeat(50_000)}]`)]) {
    const turns = await turnsDuring(async () => {
      equal((await checkUpload(withObjects(bodies), LIMITS)).ok, true);
    });
    ok(turns >= 8, `${turns} turns`);
  }
});
