/**
 * Texts of a PDF page put together: letters to words, words to lines, lines to cells.
 *
 * @module
 */
import type { PdfText } from "./pdf_document.ts";
import type { Ruling } from "./pdf_rulings.ts";

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

/** Texts of neighbouring cells come as one where nothing but a space parts them: cut again at the line between. */
export function cutAtRulings(text: PdfText, rulings: readonly Ruling[]): PdfText[] {
  const middle = (text.y0 + text.y1) / 2;
  const cuts = rulings
    .filter((each) => !each.level && each.at > text.x0 + 2 && each.at < text.x1 - 2)
    .filter((each) => each.from <= middle && each.to >= middle)
    .map((each) => each.at).sort((a, b) => a - b);
  return cuts.reduce((parts, at) => [...parts.slice(0, -1), ...cutAt(parts.at(-1)!, at)], [text]);
}

/** As much as a blank may be off the line, as a share of the text. */
const OFF = 0.12;

/** Cut at the blank that is nearest to a place; whole when there is none near it. */
function cutAt(text: PdfText, at: number): PdfText[] {
  const widths = [...text.text].map((char) => char.codePointAt(0)! < 0x100 ? 0.52 : 1);
  const all = widths.reduce((sum, width) => sum + width, 0);
  const share = (at - text.x0) / (text.x1 - text.x0);
  let passed = 0;
  let best: { index: number; off: number } | null = null;
  let index = 0;
  for (const [place, char] of [...text.text].entries()) {
    const off = Math.abs((passed + widths[place]! / 2) / all - share);
    if (/\s/.test(char) && off < (best?.off ?? OFF)) best = { index, off };
    passed += widths[place]!;
    index += char.length;
  }
  if (best === null) return [text];
  const [before, behind] = [text.text.slice(0, best.index).trim(), text.text.slice(best.index).trim()];
  if (before === "" || behind === "") return [text];
  return [{ ...text, text: before, x1: at - 1 }, { ...text, text: behind, x0: at + 1 }];
}
