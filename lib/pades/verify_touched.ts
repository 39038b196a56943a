/**
 * Which objects an update of a PDF touches, as its cross-reference sections tell.
 *
 * @module
 */
import type { PdfFile } from "../pdf/pdf_file.ts";
import { readable } from "./readable.ts";

/** Most objects that an update may touch before it is no longer looked into. */
const MAX_TOUCHED = 200_000;

/** Most entries beyond the end that are looked into. */
const MAX_BEYOND = 1_000;

/** Numbers of objects that are said to stand beyond the end of the file: sloppy producers leave such entries. */
export function numbersBeyond(pdf: PdfFile): number[] {
  const beyond: number[] = [];
  for (const number of pdf.numbers()) if (isBeyond(pdf, number)) beyond.push(number);
  return beyond;
}

/** Whether a later revision has put an object where an earlier one pointed beyond its own end. */
export function comesToLife(after: PdfFile, beyond: readonly number[]): boolean {
  return beyond.length > MAX_BEYOND ||
    beyond.some((number) => !isBeyond(after, number) && readable(() => after.object(number)) !== null);
}

function isBeyond(pdf: PdfFile, number: number): boolean {
  const entry = pdf.entry(number);
  return entry?.in === "file" && entry.offset >= pdf.source.size;
}

/** Numbers of objects that later sections place elsewhere; null unless the earlier sections are all still in force. */
export function touchedNumbers(before: PdfFile, after: PdfFile): Set<number> | null {
  const added = after.sections.length - before.sections.length;
  const kept = after.sections.slice(Math.max(0, added));
  if (added < 0 || !kept.every((section, index) => section.offset === before.sections[index]?.offset)) {
    return null;
  }
  const touched = new Set<number>();
  for (const { offset, runs } of after.sections.slice(0, added)) {
    if (offset < before.source.size) return null;
    for (const [first, count] of runs) {
      for (let number = first; number < first + count; number++) {
        if (sameEntry(before, after, number)) continue;
        if (isBeyond(after, number)) return null;
        touched.add(number);
        if (touched.size > MAX_TOUCHED) return null;
      }
    }
  }
  return touched;
}

function sameEntry(before: PdfFile, after: PdfFile, number: number): boolean {
  const [a, b] = [before.entry(number), after.entry(number)];
  if (a === null || b === null) return a === b;
  if (a.in === "file") return b.in === "file" && a.offset === b.offset && a.generation === b.generation;
  return b.in === "stream" && a.container === b.container && a.index === b.index;
}
