/**
 * Running text as a layout: one line a row.
 *
 * @module
 */
import type { Layout, Piece } from "./piece.ts";

const MAX_LINES = 2_000;
const MAX_LINE = 2_000;

/** Lines of a body text; tabs part columns. `place` names the source of a line by its number. */
export function textLayout(text: string, place = (line: number) => `本文 ${line}行目`): Layout {
  const lines = text.split(/\r\n?|\n/).slice(0, MAX_LINES);
  return { line: 1, pieces: lines.flatMap((line, index) => linePieces(line, index, place(index + 1))) };
}

/** The pieces of one paragraph or line, parted by tabs, at row `y`. */
export function linePieces(line: string, y: number, source: string): Piece[] {
  return line.slice(0, MAX_LINE).split("\t").flatMap((text, column): Piece[] =>
    text.trim() === "" ? [] : [{ text, x0: column, x1: column + 1, y0: y, y1: y + 1, source, table: 0 }]
  );
}
