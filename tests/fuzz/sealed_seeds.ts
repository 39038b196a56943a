/**
 * Sealed files of our own, small ones, made anew for each run with keys of their own.
 *
 * @module
 */
import { plainPdf } from "../support/plain_pdf.ts";
import { devRoots, type SealedFile, sealedFile } from "../support/sealed_pdf.ts";
import type { Bytes, Seed } from "./target.ts";

/** The name of the seed that is the root to trust. */
export const ROOT = "_root.der";

/** Seeds whose name begins so are sealed by us. */
export const SEALED = "sealed-";

const CONTENT = { content: "BT /F1 12 Tf (1,200,000) Tj ET" };

async function made(name: string, base: Bytes, seal: (file: SealedFile) => Promise<void>): Promise<Seed> {
  const file = await sealedFile(base);
  await seal(file);
  return { name: `${SEALED}${name}.pdf`, bytes: file.bytes };
}

/** One seal, one with validation data and document timestamp, and one with two parties; with tables and streams. */
export async function sealedSeeds(): Promise<Seed[]> {
  const streams = await Deno.readFile(new URL("../fixtures/pdf/object-streams.pdf", import.meta.url));
  const form = await Deno.readFile(new URL("../fixtures/pdf/form-needappearances.pdf", import.meta.url));
  const toTheEnd = async (file: SealedFile) => {
    await file.sign("Conclusion", { timestamp: true, lockFields: [] });
    await file.addData();
    await file.stamp();
  };
  const [root] = await devRoots();
  return [
    { name: ROOT, bytes: root! },
    await made("b", plainPdf(CONTENT), (file) => file.sign("Sender")),
    await made("lta", plainPdf(CONTENT), toTheEnd),
    await made("lta-streams", streams, toTheEnd),
    await made("two", form, async (file) => {
      await file.sign("Sender");
      await file.sign("Conclusion", { timestamp: true });
    }),
  ];
}
