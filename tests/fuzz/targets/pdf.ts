/**
 * Damaged PDFs through the reader, the policy on uploads and the verifier. Nothing may end but in a typed way, and
 * no damage to a sealed file may be called valid.
 *
 * @module
 */
import { checkUpload } from "../../../lib/pdf/check_upload.ts";
import { memorySource } from "../../../lib/pdf/byte_source.ts";
import { formFields } from "../../../lib/pdf/form_fields.ts";
import { pagesOf } from "../../../lib/pdf/page_tree.ts";
import { openPdf } from "../../../lib/pdf/pdf_file.ts";
import { reachableDicts } from "../../../lib/pdf/reachable.ts";
import { reportWords } from "../../../lib/pades/report_words.ts";
import { verifyPdf } from "../../../lib/pades/verify.ts";
import { AFTER } from "../../support/sealed_pdf.ts";
import type { Dice } from "../dice.ts";
import { damagePdf } from "../pdf_mutations.ts";
import { ROOT, SEALED, sealedSeeds } from "../sealed_seeds.ts";
import { brokenPromise } from "../soundness.ts";
import {
  type Bytes,
  chooseSmall,
  faultOf,
  Finding,
  fixtureSeeds,
  type FuzzTarget,
  type Seed,
} from "../target.ts";

/** What uploads are held to in this target. */
export const LIMITS = { maxPdfBytes: 50 << 20, maxPages: 10_000 };

/** Every fixture that is a PDF, and our own sealed files. */
export async function pdfSeeds(): Promise<Seed[]> {
  return [
    ...await fixtureSeeds("pdf", /\.pdf$/),
    ...await fixtureSeeds("contracts", /\.pdf$/),
    ...await sealedSeeds(),
  ];
}

/** Every other time one of our sealed files. */
export function choosePdf(seeds: readonly Seed[], dice: Dice): Seed {
  const sealed = seeds.filter(({ name }) => name.startsWith(SEALED));
  return dice.once(2) && sealed.length > 0 ? dice.pick(sealed) : chooseSmall(seeds, dice);
}

/** Damages one PDF with pieces of another. */
export function mutatePdf(seed: Seed, seeds: readonly Seed[], dice: Dice): Bytes {
  return damagePdf(seed.bytes, dice, choosePdf(seeds, dice).bytes);
}

/** Goes through all that a reader may be asked for. */
function walk(input: Bytes): void {
  const pdf = openPdf(memorySource(input));
  for (const { dict } of pagesOf(pdf)) pdf.streamBytes(dict.get("Contents"));
  for (const field of formFields(pdf)) pdf.resolve(field.value);
  for (const number of pdf.numbers()) pdf.object(number);
  for (const dict of reachableDicts(pdf)) dict.get("Type");
}

/** The target. */
export const pdfTarget: FuzzTarget = {
  name: "pdf",
  count: 200_000,
  seeds: pdfSeeds,
  choose: choosePdf,
  mutate: mutatePdf,
  prepare(seeds) {
    const root = seeds.find(({ name }) => name === ROOT);
    const originals = seeds.filter(({ name }) => name.startsWith(SEALED)).map(({ bytes }) => bytes);
    const options = { trustRoots: root ? [root.bytes] : [], at: AFTER };
    return Promise.resolve(async (input) => {
      const read = await faultOf(() => walk(input)) ?? "read";
      const upload = await checkUpload(memorySource(input), LIMITS);
      if (upload.ok && upload.normalised) openPdf(memorySource(upload.normalised));
      const report = await verifyPdf(memorySource(input), options);
      reportWords(report, "fuzz.pdf");
      const broken = report.verdict === "valid" ? brokenPromise(input, report, originals) : null;
      if (broken !== null) throw new Finding(`a damaged file is called valid: ${broken}`);
      return `${read} / ${upload.ok ? "taken" : upload.fault} / ${report.verdict}`;
    });
  },
};
