import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import type { SealedDocument, SealStep } from "../../lib/domain/case.ts";
import { certifiedTimestamps } from "../../lib/flows/certified_timestamps.ts";
import { devRoots, executedFile } from "../support/sealed_pdf.ts";
import { paperWorld } from "../support/paper_world.ts";
import { pdfFixture } from "../support/pdf_fixtures.ts";

const STEPS: readonly SealStep[] = [
  ...["Sender", "Confirmer2", "Confirmer1", "Approver1", "Conclusion"],
  ...["DSS", "DocTimeStamp"],
];
const PARTIES = ["送信者の署名", "確認者２の署名", "確認者１の署名", "承認者１の署名"];

/** A document sealed to the end, kept in parts as a case keeps it. */
async function found(base: string, { eachParty = true } = {}) {
  const { world } = paperWorld({ trustRoots: await devRoots() });
  const { bytes, ends } = await executedFile(pdfFixture(base), { eachParty });
  const tails: SealedDocument["tails"][number][] = [];
  for (const [index, step] of STEPS.entries()) {
    const { sha256: blob, size } = await world.blobs.put(bytes.slice(ends[index], ends[index + 1]));
    tails.push({ step, blob, size, sha256: blob });
  }
  const first = await world.blobs.put(bytes.slice(0, ends[0]));
  const document = { ...first, name: "契約書.pdf", pages: 1, normalisedFrom: null, warnings: [], tails };
  return await certifiedTimestamps(world, document);
}

Deno.test("R31 the authority's times are told for each party, the conclusion and the whole document", async () => {
  const { timestamps, authority } = await found("libreoffice.pdf");
  deepEqual(timestamps.map(({ on }) => on), [...PARTIES, "締結の署名", "書類全体"]);
  deepEqual(timestamps.map(({ at }) => at), [
    ...["2026年11月24日 10:00:00 JST", "2026年11月24日 10:01:00 JST", "2026年11月24日 10:02:00 JST"],
    ...["2026年11月24日 10:03:00 JST", "2026年11月24日 10:04:00 JST", "2026年11月24日 10:06:00 JST"],
  ]);
  equal(authority, "開発用タイムスタンプ Warifu Development TSA");
});

Deno.test("R31 where parties have no timestamps of their own, only those that are there are told", async () => {
  const { timestamps } = await found("libreoffice.pdf", { eachParty: false });
  deepEqual(timestamps.map(({ on }) => on), ["締結の署名", "書類全体"]);
});

Deno.test("R31 what others signed before is not told as ours", async () => {
  const { timestamps } = await found("signed-pyhanko.pdf");
  deepEqual(timestamps.map(({ on }) => on), [...PARTIES, "締結の署名", "書類全体"]);
});
