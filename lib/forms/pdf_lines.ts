/**
 * Texts of a PDF page put together: letters to words, words to lines, lines to cells.
 *
 * @module
 */
import type { PdfText } from "./pdf_document.ts";

/** Above this much of a letter's size a gap is a space; above the second, the next column. */
const SPACE_GAP = 0.25;
const COLUMN_GAP = 1.35;

/** Texts that share a base line, from top to bottom, each from left to right. */
export function linesOf(texts: readonly PdfText[]): PdfText[][] {
  const lines: PdfText[][] = [];
  for (const text of [...texts].sort((a, b) => a.y1 - b.y1 || a.x0 - b.x0)) {
    const near = lines.findLast((line) => {
      const size = Math.min(line[0]!.y1 - line[0]!.y0, text.y1 - text.y0);
      return Math.abs(line[0]!.y1 - text.y1) < Math.max(3, size * 0.45);
    });
    if (near === undefined) lines.push([text]);
    else near.push(text);
  }
  return lines.map((line) => line.sort((a, b) => a.x0 - b.x0));
}

/** The words of one line joined where they touch; columns stay apart. */
export function columnsOf(line: readonly PdfText[]): PdfText[] {
  const columns: PdfText[] = [];
  for (const next of line) {
    const last = columns.at(-1);
    const size = next.y1 - next.y0;
    const gap = last === undefined ? Infinity : next.x0 - last.x1;
    if (last === undefined || gap > size * COLUMN_GAP) columns.push(next);
    else columns[columns.length - 1] = joined(last, next, gap > size * SPACE_GAP ? "　" : "");
  }
  return columns;
}

/** All texts of a cell, line below line. */
export function cellText(texts: readonly PdfText[]): string {
  return linesOf(texts).map((line) => columnsOf(line).map((column) => column.text).join("　")).join("\n");
}

/** Two texts as one. */
export function joined(first: PdfText, second: PdfText, between: string): PdfText {
  return {
    text: first.text + between + second.text,
    x0: Math.min(first.x0, second.x0),
    x1: Math.max(first.x1, second.x1),
    y0: Math.min(first.y0, second.y0),
    y1: Math.max(first.y1, second.y1),
  };
}
