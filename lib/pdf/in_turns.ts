/**
 * Goes through what a document holds without keeping the event loop to itself.
 *
 * @module
 */
import { breathe } from "./breathe.ts";
import type { PdfFile } from "./pdf_file.ts";

/** How much is read, in what values cost, and how many items are seen in one turn: some milliseconds each. */
const TURN_COST = 20_000;
const TURN_ITEMS = 1_000;

/** Shows the items of a document to `see`, which ends it by `false`. */
export async function inTurns<Item>(
  pdf: PdfFile,
  items: Iterable<Item>,
  see: (item: Item) => boolean | void,
): Promise<void> {
  let { left } = pdf.work;
  let seen = 0;
  for (const item of items) {
    if (see(item) === false) return;
    if (++seen < TURN_ITEMS && left - pdf.work.left < TURN_COST) continue;
    await breathe();
    ({ left } = pdf.work);
    seen = 0;
  }
}
