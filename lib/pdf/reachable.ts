/**
 * Everything in a document that its catalog leads to. What nothing leads to is never touched: it may be a bomb,
 * and no viewer looks at it either.
 *
 * @module
 */
import { UnreadableError } from "../domain/unreadable.ts";
import type { PdfFile } from "./pdf_file.ts";
import { isDict, isRef, type PdfDict, type PdfValue } from "./values.ts";

/** Arrays from this length on are told by an empty dictionary. */
const LONG = 1_000;

/**
 * Every reachable dictionary, streams' included, once; in place of a long array an empty one, so that whoever goes
 * through them may rest. Throws `UnreadableError` for an object that can't be read,
 * and for a reference to a number that is still to be given: what a seal adds would come to stand there.
 */
export function* reachableDicts(pdf: PdfFile): Generator<PdfDict> {
  const seen = new Set<number>();
  const waiting: PdfValue[] = [pdf.catalogRef];
  while (waiting.length > 0) {
    const next = waiting.pop()!;
    if (isRef(next)) {
      if (seen.has(next.number)) continue;
      seen.add(next.number);
      if (next.number >= pdf.nextNumber) {
        throw new UnreadableError(
          "malformed",
          "Cannot read PDF: a reference leads to what does not exist yet",
        );
      }
      waiting.push(pdf.object(next.number)?.value ?? null);
    } else if (Array.isArray(next)) {
      if (next.length >= LONG) yield new Map();
      pushCompound(waiting, next);
    } else if (isDict(next)) {
      yield next;
      pushCompound(waiting, next.values());
    }
  }
}

function pushCompound(waiting: PdfValue[], values: Iterable<PdfValue>): void {
  for (const value of values) {
    if (isRef(value) || Array.isArray(value) || isDict(value)) waiting.push(value);
  }
}
