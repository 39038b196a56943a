/**
 * Text boxes that lie over a sheet as pieces at the cells that they cover.
 *
 * @module
 */
import { type Corner, type DrawnBox, drawnBoxes } from "./drawing_shapes.ts";
import { readLabel } from "./label.ts";
import { type Piece, sameRow } from "./piece.ts";
import { xmlEvents } from "./xml_events.ts";

/** The path of a sheet's drawing, by the sheet's relations; null when there is none. Throws `UnreadableForm` `damaged`. */
export function drawingPath(sheetPath: string, relations: string): string | null {
  for (const event of xmlEvents(relations)) {
    if (event.is !== "start" || event.name !== "Relationship") continue;
    if (!/\/drawing$/.test(event.attributes.get("Type") ?? "")) continue;
    const target = event.attributes.get("Target") ?? "";
    if (target.startsWith("/")) return target.slice(1);
    return target.startsWith("../") ? `xl/${target.slice(3)}` : sheetPath.replace(/[^/]*$/, "") + target;
  }
  return null;
}

/** Sizes of rows and columns in EMU, by number from 0. */
type Grid = { readonly height: (row: number) => number; readonly width: (column: number) => number };

const POINT = 12_700;
/** About what a letter takes, by which the width of columns counts (§18.3.1.13). */
const LETTER = 7 * 9_525;
const LAST_ROW = 1_048_575, LAST_COLUMN = 16_383;

function gridOf(sheet: string): Grid {
  const heights = new Map<number, number>();
  const widths: { from: number; to: number; width: number }[] = [];
  let height = 18, width = 9;
  for (const event of xmlEvents(sheet)) {
    if (event.is !== "start") continue;
    const number = (name: string) => Number(event.attributes.get(name) ?? NaN);
    if (event.name === "sheetFormatPr") {
      height = number("defaultRowHeight") || height;
      width = number("defaultColWidth") || width;
    } else if (event.name === "row" && number("ht") > 0) heights.set(number("r") - 1, number("ht"));
    else if (event.name === "col" && number("width") > 0 && widths.length <= LAST_COLUMN) {
      widths.push({ from: number("min") - 1, to: number("max") - 1, width: number("width") });
    }
  }
  return {
    height: (row) => (heights.get(row) ?? height) * POINT,
    width: (column) =>
      (widths.find(({ from, to }) => column >= from && column <= to)?.width ?? width) * LETTER,
  };
}

/** The XML of a sheet and of what is drawn over it; `prefix` names the sheet to people. */
export type DrawnSheet = { readonly drawing: string; readonly sheet: string; readonly prefix: string };

/**
 * The cells of a sheet with the text boxes over them, less those that are hidden or notes beside cells that are filled
 * in. Throws `UnreadableForm` `damaged`.
 */
export function withBoxes(
  cells: readonly Piece[],
  { drawing, sheet, prefix }: DrawnSheet,
  hides: (box: Piece) => boolean,
): Piece[] {
  const drawn = drawnBoxes(drawing);
  if (drawn.length === 0) return [...cells];
  const grid = gridOf(sheet);
  const filled = cells.filter((cell) => cell.text.trim() !== "");
  const cut = new Map<Piece, number>();
  const boxes: Piece[] = [];
  for (const each of drawn) {
    const { box, x } = placed(each, grid, prefix);
    if (hides(box) || isNote(box, filled)) continue;
    const under = filled.find((cell) =>
      cell.x0 <= box.x0 && box.x0 < cell.x1 && cell.x0 < x && sameRow(cell, box) && isBareLabel(cell)
    );
    // A box within the cell of its label stands beside the label all the same.
    if (under !== undefined) cut.set(under, Math.min(x, cut.get(under) ?? x));
    boxes.push(under === undefined ? box : { ...box, x0: x });
  }
  return [...cells.map((cell) => ({ ...cell, x1: cut.get(cell) ?? cell.x1 })), ...boxes];
}

const isBareLabel = ({ text }: Piece): boolean => readLabel(text)?.rest.trim() === "";

/** A box over whole cells, and where exactly it begins. */
function placed({ from, to, part, text }: DrawnBox, grid: Grid, prefix: string): { box: Piece; x: number } {
  const count = text.split("\n").length;
  const start = pointAt(from, grid);
  const end = to === null ? { x: start.x + 1, y: start.y + count } : pointAt(to, grid);
  const x = span(start.x, end.x, part.x, part.width);
  const y = span(start.y, end.y, part.y, part.height);
  const source = `${prefix}セル ${columnName(x.start)}${y.start + 1} のテキストボックス`;
  // The text begins at the top, a line a row, however far down the box reaches.
  const y1 = Math.min(y.end, y.start + count);
  return {
    box: { text, x0: x.start, x1: x.end, y0: y.start, y1, source, table: 1 },
    x: start.x + Math.max(0, end.x - start.x) * part.x,
  };
}

/** A corner in columns and rows. */
const pointAt = ({ column, columnOffset, row, rowOffset }: Corner, grid: Grid): { x: number; y: number } => ({
  x: within(column, LAST_COLUMN) + within(columnOffset / grid.width(column), 1),
  y: within(row, LAST_ROW) + within(rowOffset / grid.height(row), 1),
});

const within = (value: number, most: number): number => Math.min(most, Math.max(0, value));

/** The whole cells that a part of a stretch covers: nobody draws a box exactly over its cells. */
function span(from: number, to: number, at: number, share: number): { start: number; end: number } {
  const length = Math.max(0, to - from);
  const start = Math.round(from + length * at);
  return { start, end: Math.max(start + 1, Math.round(from + length * (at + share))) };
}

/** Words without a label, on or beside a cell with a value, are no part of that. */
function isNote(box: Piece, filled: readonly Piece[]): boolean {
  if (box.text.split("\n").some((line) => readLabel(line) !== null)) return false;
  let nearest: Piece | null = null;
  for (const cell of filled) {
    if (cell.x0 <= box.x0 && sameRow(cell, box) && cell.x0 >= (nearest?.x0 ?? 0)) nearest = cell;
  }
  return nearest !== null && readLabel(nearest.text) === null;
}

function columnName(column: number): string {
  const letter = String.fromCharCode(65 + column % 26);
  return column < 26 ? letter : columnName(Math.floor(column / 26) - 1) + letter;
}
