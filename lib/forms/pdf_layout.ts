/**
 * A PDF as a layout: cells where rulings enclose texts, columns of lines elsewhere, form fields by their place.
 *
 * @module
 */
import { isNoise } from "./form_values.ts";
import { readLabel } from "./label.ts";
import { type CMapSource, type PdfPage, pdfPages, type PdfText } from "./pdf_document.ts";
import { cellText, columnsOf, cutAtRulings, joined, linesOf } from "./pdf_lines.ts";
import { type Box, boxAround } from "./pdf_rulings.ts";
import type { Layout, Piece } from "./piece.ts";
import { UnreadableForm } from "./unreadable_form.ts";

const EXAMPLE_PAGE = /記入例|記載例|入力例|^\s*[【(（〔]?見本[】)）〕]?\s*$/;
/** A rectangle higher than this share of the page is a frame, not a cell. */
const FRAME = 0.3;
/** Lines above which a rectangle is a frame of running text. */
const FRAME_LINES = 6;

/** Reads the pages one below the other. Throws `UnreadableForm`: `encrypted`, `scanned`, `damaged`. */
export async function pdfLayout(
  bytes: Uint8Array<ArrayBuffer>,
  cMap: CMapSource | undefined,
): Promise<Layout> {
  const pages = await pdfPages(bytes, cMap);
  if (pages.every((page) => page.texts.length === 0 && page.fields.length === 0)) {
    throw new UnreadableForm("scanned", "Cannot read the form: the PDF holds no text");
  }
  const pieces: Piece[] = [];
  let top = 0;
  for (const page of pages) {
    if (page.number === 1 || !isExample(page)) pieces.push(...pagePieces(page, top));
    top += page.height + 100;
  }
  const sizes = pages.flatMap((page) => page.texts.map((text) => text.y1 - text.y0)).sort((a, b) => a - b);
  return { pieces, line: Math.max(4, sizes[sizes.length >> 1] ?? 10) };
}

/** A labelled value that ran to the right margin goes on at the left one. */
function unwrapped(lines: readonly PdfText[][]): PdfText[] {
  if (lines.length === 0) return [];
  const left = Math.min(...lines.flat().map((text) => text.x0));
  const right = Math.max(...lines.flat().map((text) => text.x1));
  const kept: PdfText[][] = [];
  for (const line of lines) {
    const above = kept.at(-1);
    const last = above?.at(-1);
    const size = line[0]!.y1 - line[0]!.y0;
    const goesOn = above !== undefined && last !== undefined && line.length === 1 &&
      line[0]!.x0 < left + size &&
      last.x1 > right - size * 2.3 && last.x0 < left + (right - left) * 0.6 &&
      line[0]!.y0 - last.y1 < size * 1.6 &&
      readLabel(line[0]!.text) === null && !isNoise(line[0]!.text) &&
      above.some((column) => readLabel(column.text) !== null);
    if (goesOn) above[above.length - 1] = { ...last, text: `${last.text}\n${line[0]!.text}` };
    else kept.push([...line]);
  }
  return aroundLabels(kept.flat());
}

/** Two lines of a value whose label stands at half their height are one text. */
function aroundLabels(texts: readonly PdfText[]): PdfText[] {
  const middle = ({ y0, y1 }: PdfText) => (y0 + y1) / 2;
  const labels = texts.filter((text) => readLabel(text.text)?.shape === "whole");
  const kept: PdfText[] = [];
  for (const text of texts) {
    const at = kept.findLastIndex((above) =>
      Math.abs(above.x0 - text.x0) < 3 && text.y0 >= above.y1 - 2 &&
      text.y0 - above.y1 < (text.y1 - text.y0) * 0.6 &&
      labels.some((label) =>
        label.x1 <= text.x0 + 2 && middle(label) > middle(above) && middle(label) < middle(text) &&
        Math.abs(middle(above) + middle(text) - 2 * middle(label)) < 4
      )
    );
    if (at < 0) kept.push(text);
    else kept[at] = { ...joined(kept[at]!, text, "\n") };
  }
  return kept;
}

const isExample = (page: PdfPage): boolean =>
  linesOf(page.texts).slice(0, 3).some((line) => EXAMPLE_PAGE.test(line.map((text) => text.text).join("")));

function pagePieces(page: PdfPage, top: number): Piece[] {
  const { cells, frames, loose } = cellsOf(page);
  const place = ({ text, x0, x1, y0, y1 }: PdfText, table: number, source: string): Piece => ({
    text,
    x0,
    x1,
    y0: y0 + top,
    y1: y1 + top,
    source,
    table,
    ...(x1 > page.width - 1 || x0 < -0.5 ? { clipped: true } : {}),
  });
  const source = `${page.number}ページ`;
  return [
    ...cells.map((cell) => place(cell, page.number, source)),
    ...[loose, ...frames].flatMap((texts) => unwrapped(linesOf(texts).map(columnsOf)))
      .map((text) => place(text, 0, source)),
    ...page.fields.map((field) => ({ ...place(field, 0, `${source}の入力欄`), field: true })),
  ];
}

/** Groups texts by the rectangle around them; frames and rectangles with several labels fall apart again. */
function cellsOf(page: PdfPage): { cells: PdfText[]; frames: PdfText[][]; loose: PdfText[] } {
  const groups = new Map<string, { box: Box; texts: PdfText[] }>();
  const frames: PdfText[][] = [];
  const loose: PdfText[] = [];
  for (const text of page.texts.flatMap((each) => cutAtRulings(each, page.rulings))) {
    const box = boxAround(
      page.rulings,
      text.x0 + Math.min(3, (text.x1 - text.x0) / 2),
      (text.y0 + text.y1) / 2,
    );
    if (box === null || box.y1 - box.y0 > page.height * FRAME) {
      loose.push(text);
      continue;
    }
    const key = [box.x0, box.x1, box.y0, box.y1].map(Math.round).join();
    const group = groups.get(key) ?? { box, texts: [] };
    group.texts.push(text);
    groups.set(key, group);
  }
  const cells: PdfText[] = [];
  for (const { box, texts } of groups.values()) {
    if (page.fields.some((field) => inside(field, box))) loose.push(...texts);
    else if (isFrame(texts)) frames.push(texts);
    else cells.push({ ...box, text: cellText(texts) });
  }
  return { cells: [...cells, ...emptyBeside(page, cells)], frames, loose };
}

function isFrame(texts: readonly PdfText[]): boolean {
  const lines = linesOf(texts);
  if (lines.length > FRAME_LINES) return true;
  const labels = lines.flatMap((line) => columnsOf(line)).filter((column) => readLabel(column.text) !== null);
  return labels.length > 1 && readLabel(lines.flat().map((text) => text.text).join(""))?.shape !== "whole";
}

const inside = (text: PdfText, box: Box): boolean =>
  text.x0 >= box.x0 - 2 && text.x1 <= box.x1 + 2 && text.y0 >= box.y0 - 2 && text.y1 <= box.y1 + 2;

/** The empty cells to the right of cells with text: a field left blank is not filled from elsewhere. */
function emptyBeside(page: PdfPage, cells: readonly PdfText[]): PdfText[] {
  const empty: PdfText[] = [];
  for (const cell of cells) {
    const middle = (cell.y0 + cell.y1) / 2;
    const box = boxAround(page.rulings, cell.x1 + 3, middle);
    if (box === null || box.y1 - box.y0 > page.height * FRAME) continue;
    const taken = [...page.texts, ...page.fields, ...empty].some((other) =>
      other.x0 < box.x1 - 1 && other.x1 > box.x0 + 1 && other.y0 < box.y1 - 1 && other.y1 > box.y0 + 1
    );
    if (!taken) empty.push({ ...box, text: "" });
  }
  return empty;
}
