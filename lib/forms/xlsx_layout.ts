/**
 * Spreadsheets (ECMA-376 part 1, §18) as layouts, one a sheet. Sheets that show how to fill in are left out.
 *
 * @module
 */
import { drawingPath, withBoxes } from "./drawing_pieces.ts";
import type { Layout, Piece } from "./piece.ts";
import { damaged } from "./unreadable_form.ts";
import { type XmlEvent, xmlEvents } from "./xml_events.ts";
import { dateStyles, serialDate, sharedStrings } from "./xlsx_values.ts";
import type { ZipFile } from "./zip_file.ts";

const EXAMPLE_SHEET = /記入例|記載例|入力例|見本|サンプル|記入方法|記載方法|記入要領|説明|リスト|マスタ/;
const MAX_CELLS = 50_000;
const MAX_SHEETS = 20;

/** What all sheets share. */
type Book = {
  readonly strings: readonly string[];
  readonly dates: readonly boolean[];
  readonly from1904: boolean;
};
type Sheet = { readonly name: string; readonly path: string };
type OpenCell = { reference: string; type: string; style: number; text: string };

/** Reads the visible sheets. Throws `UnreadableForm` `damaged`. */
export async function xlsxLayouts(zip: ZipFile): Promise<Layout[]> {
  const workbook = await zip.text("xl/workbook.xml");
  const book: Book = {
    strings: sharedStrings(await zip.text("xl/sharedStrings.xml")),
    dates: dateStyles(await zip.text("xl/styles.xml")),
    from1904: /date1904\s*=\s*["'](1|true)["']/.test(workbook),
  };
  const all = sheetsOf(workbook, await zip.text("xl/_rels/workbook.xml.rels"));
  const sheets = all.filter((sheet) => !EXAMPLE_SHEET.test(sheet.name)).slice(0, MAX_SHEETS);
  const layouts: Layout[] = [];
  for (const sheet of sheets) {
    const prefix = sheets.length > 1 ? `シート「${sheet.name}」` : "";
    const drawing = await drawingOf(sheet.path, zip);
    layouts.push({ pieces: sheetPieces(await zip.text(sheet.path), drawing, book, prefix), line: 1 });
  }
  return layouts;
}

/** What is drawn over a sheet; empty when nothing is. */
async function drawingOf(path: string, zip: ZipFile): Promise<string> {
  const drawing = drawingPath(path, await zip.text(path.replace(/([^/]*)$/, "_rels/$1.rels")));
  return drawing === null ? "" : await zip.text(drawing);
}

function sheetsOf(workbook: string, relations: string): Sheet[] {
  const targets = new Map<string, string>();
  for (const event of xmlEvents(relations)) {
    if (event.is !== "start" || event.name !== "Relationship") continue;
    const target = (event.attributes.get("Target") ?? "").replace(/^\/?(xl\/)?/, "");
    targets.set(event.attributes.get("Id") ?? "", `xl/${target}`);
  }
  const sheets: Sheet[] = [];
  for (const event of xmlEvents(workbook)) {
    if (event.is !== "start" || event.name !== "sheet") continue;
    const path = targets.get(event.attributes.get("id") ?? "");
    const hidden = /hidden/i.test(event.attributes.get("state") ?? "");
    if (path !== undefined && !hidden) sheets.push({ name: event.attributes.get("name") ?? "", path });
  }
  return sheets;
}

function sheetPieces(xml: string, drawing: string, book: Book, prefix: string): Piece[] {
  const pieces: Piece[] = [];
  const spans = new Map<string, { columns: number; rows: number }>();
  let cell: OpenCell | null = null;
  let inText = false;
  let furigana = false;
  let hiddenRow = false;
  const hiddenRows: number[] = [];
  const hiddenColumns: [number, number][] = [];
  const hidden = ({ x0 }: Piece) => hiddenRow || hiddenColumns.some(([from, to]) => x0 >= from && x0 <= to);
  for (const event of xmlEvents(xml)) {
    if (event.is === "text") {
      if (cell !== null && inText && !furigana) cell.text += event.text;
    } else if (event.name === "row") {
      hiddenRow = event.is === "start" && isHidden(event, "ht");
      if (hiddenRow && event.is === "start") hiddenRows.push(Number(event.attributes.get("r")) - 1);
    } else if (event.name === "col" && event.is === "start") {
      if (isHidden(event, "width")) hiddenColumns.push(columnsOf(event));
    } else if (event.name === "v" || event.name === "t") inText = event.is === "start";
    else if (event.name === "rPh") furigana = event.is === "start";
    else if (event.name === "c" && event.is === "start") cell = openCell(event);
    else if (event.name === "c" && cell !== null) {
      const piece = pieceOf(cell, book, prefix);
      if (piece !== null && !hidden(piece)) pieces.push(piece);
      if (pieces.length > MAX_CELLS) throw damaged("its sheet has too many cells");
      cell = null;
    } else if (event.name === "mergeCell" && event.is === "start") {
      addSpan(spans, event.attributes.get("ref"));
    }
  }
  const cells = covered(pieces, spans);
  const gone = new Set(hiddenRows);
  const hides = (box: Piece) => hidden(box) || (gone.has(box.y0) && gone.has(box.y1 - 1));
  return folded(withBoxes(cells, { drawing, sheet: xml, prefix }, hides), hiddenRows);
}

/** Rows that are not shown take no room: what is above and below them stands together. */
function folded(pieces: readonly Piece[], rows: readonly number[]): Piece[] {
  if (rows.length === 0) return [...pieces];
  const gone = [...rows].sort((a, b) => a - b);
  const at = (y: number): number => {
    let low = 0;
    for (let high = gone.length; low < high;) {
      const middle = (low + high) >> 1;
      if (gone[middle]! < y) low = middle + 1;
      else high = middle;
    }
    return y - low;
  };
  return pieces.map((piece) => ({ ...piece, y0: at(piece.y0), y1: at(piece.y1) }));
}

type XmlStart = XmlEvent & { is: "start" };

/** §18.3.1.13, §18.3.1.73: a row or columns that are not shown, or have no size. */
const isHidden = ({ attributes }: XmlStart, size: string): boolean =>
  /^(?:1|true)$/.test(attributes.get("hidden") ?? "") || Number(attributes.get(size) ?? 1) === 0;

/** The first and the last column, counted from 0. */
const columnsOf = ({ attributes }: XmlStart): [number, number] => [
  Number(attributes.get("min")) - 1,
  Number(attributes.get("max")) - 1,
];

function openCell(event: XmlStart): OpenCell {
  return {
    reference: event.attributes.get("r") ?? "",
    type: event.attributes.get("t") ?? "n",
    style: Number(event.attributes.get("s") ?? 0),
    text: "",
  };
}

function pieceOf(cell: OpenCell, book: Book, prefix: string): Piece | null {
  const at = placeOf(cell.reference);
  if (at === null) return null;
  const source = `${prefix}セル ${cell.reference}`;
  return { text: shown(cell, book).trim(), x0: at.x, x1: at.x + 1, y0: at.y, y1: at.y + 1, source, table: 1 };
}

function shown(cell: OpenCell, book: Book): string {
  if (cell.type === "s") return book.strings[Number(cell.text)] ?? "";
  if (cell.type === "e" || cell.type === "b") return "";
  if (cell.type !== "n" || cell.text === "" || book.dates[cell.style] !== true) return cell.text;
  return serialDate(Number(cell.text), book.from1904) ?? cell.text;
}

/** Column and row of a reference such as `AB12`, counted from 0. */
function placeOf(reference: string): { x: number; y: number } | null {
  const parts = /^([A-Z]{1,3})(\d{1,7})$/.exec(reference);
  if (parts === null) return null;
  const x = [...parts[1]!].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { x, y: Number(parts[2]) - 1 };
}

function addSpan(spans: Map<string, { columns: number; rows: number }>, reference: string | undefined): void {
  const [first = "", last = ""] = (reference ?? "").split(":");
  const from = placeOf(first);
  const to = placeOf(last);
  if (from !== null && to !== null) {
    spans.set(`${from.x},${from.y}`, { columns: to.x - from.x + 1, rows: to.y - from.y + 1 });
  }
}

/** Widens merged cells and drops the empty cells that they cover; a bare empty cell says nothing. */
function covered(
  pieces: readonly Piece[],
  spans: ReadonlyMap<string, { columns: number; rows: number }>,
): Piece[] {
  return pieces.flatMap((piece): Piece[] => {
    const span = spans.get(`${piece.x0},${piece.y0}`);
    if (span === undefined) return piece.text === "" ? [] : [piece];
    return [{ ...piece, x1: piece.x0 + span.columns, y1: piece.y0 + span.rows }];
  });
}
