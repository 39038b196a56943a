/**
 * Word files (ECMA-376 part 1, §17) as a layout: paragraphs are lines, tables keep their cells.
 *
 * @module
 */
import type { Layout, Piece } from "./piece.ts";
import { linePieces } from "./text_layout.ts";
import { damaged } from "./unreadable_form.ts";
import { hiddenStyles, isOn } from "./docx_styles.ts";
import { type XmlEvent, xmlEvents } from "./xml_events.ts";
import type { ZipFile } from "./zip_file.ts";

/** Parts that repeat or hide text: the older twin of a shape, deletions, field codes, furigana (§17.3.3.24). */
const HIDDEN = new Set(["Fallback", "del", "moveFrom", "instrText", "delText", "rt"]);

type Cell = { lines: string[]; span: number; continues: boolean };
type Table = {
  readonly number: number;
  readonly origin: number;
  column: number;
  cell: Cell | null;
  cells: Piece[];
};

const MAX_PIECES = 20_000;

/** Reads the headers, then the document. Throws `UnreadableForm` `damaged`. */
export async function docxLayout(zip: ZipFile): Promise<Layout> {
  const headers = zip.entries.map((entry) => entry.name)
    .filter((name) => /^word\/header\d*\.xml$/.test(name)).sort();
  const reader = new DocxReader(hiddenStyles(await zip.text("word/styles.xml")));
  for (const part of [...headers, "word/document.xml"]) {
    for (const event of xmlEvents(await zip.text(part))) reader.take(event);
  }
  return { pieces: reader.pieces, line: 1 };
}

/** Walks the events with a stack of tables and one of paragraphs, since text boxes nest both. */
class DocxReader {
  readonly pieces: Piece[] = [];
  readonly #paragraphs: string[] = [];
  readonly #tables: Table[] = [];
  /** For each open text box, how many tables were open before it. */
  readonly #boxes: number[] = [];
  /** For each open content control, whether it shows only its prompt (§17.5.2.39). */
  readonly #controls: boolean[] = [];
  /** For each open run and, below it, each open paragraph of a text box in it: whether it is hidden text. */
  readonly #vanished: boolean[] = [];
  readonly #hiddenStyles: ReadonlySet<string>;
  #y = 0;
  #tableCount = 0;
  #hidden = 0;
  #inText = false;
  /** In the properties of a paragraph, which tell of its mark, not of its text. */
  #inMark = false;

  /** `hiddenStyles` are the ids of styles whose text is not shown. */
  constructor(hiddenStyles: ReadonlySet<string>) {
    this.#hiddenStyles = hiddenStyles;
  }

  take(event: XmlEvent): void {
    if (event.is === "text") {
      if (this.#inText && this.#hidden === 0 && !this.#controls.includes(true)) this.#write(event.text);
    } else if (event.is === "end") this.#end(event.name);
    else if (HIDDEN.has(event.name)) this.#hidden++;
    else if (this.#hidden === 0) this.#start(event.name, event.attributes);
  }

  #start(name: string, attributes: ReadonlyMap<string, string>): void {
    const table = this.#tables.at(-1);
    const value = attributes.get("val");
    if (name === "p" || name === "r") this.#open(name);
    else if (name === "pPr") this.#inMark = true;
    else if (name === "vanish") this.#vanish(!this.#inMark && isOn(value));
    else if (name === "pStyle" || name === "rStyle") this.#vanish(this.#hiddenStyles.has(value ?? ""));
    else if (name === "t") this.#inText = true;
    else if (name === "tab" && !attributes.has("pos")) this.#write("\t");
    else if (name === "br" || name === "cr") this.#write("\n");
    else if (name === "noBreakHyphen") this.#write("-");
    else if (name === "sdt") this.#controls.push(false);
    else if (name === "showingPlcHdr" && value !== "0" && this.#controls.length > 0) {
      this.#controls[this.#controls.length - 1] = true;
    } else if (name === "txbxContent") this.#boxes.push(this.#tables.length);
    else if (name === "tbl") this.#openTable();
    else if (table === undefined) return;
    else if (name === "tr") {
      table.column = 0;
      table.cell = null;
    } else if (name === "tc") table.cell = { lines: [], span: 1, continues: false };
    else if (name === "gridSpan" && table.cell !== null) {
      table.cell.span = Math.min(64, Math.max(1, Number(value) || 1));
    } else if (name === "gridBefore") table.column += Math.min(64, Number(value) || 0);
    else if (name === "vMerge" && table.cell !== null) table.cell.continues = value !== "restart";
  }

  #end(name: string): void {
    if (HIDDEN.has(name)) this.#hidden = Math.max(0, this.#hidden - 1);
    else if (this.#hidden > 0) return;
    else if (name === "t") this.#inText = false;
    else if (name === "pPr") this.#inMark = false;
    else if (name === "r") this.#vanished.pop();
    else if (name === "p") this.#closeParagraph();
    else if (name === "sdt") this.#controls.pop();
    else if (name === "txbxContent") this.#boxes.pop();
    else if (name === "tc") this.#closeCell();
    else if (name === "tr" && this.#tables.length > 0) this.#y++;
    else if (name === "tbl") this.#closeTable();
  }

  #open(name: "p" | "r"): void {
    if (name === "p") this.#paragraphs.push("");
    this.#vanished.push(false);
  }

  /** Hidden text (§17.3.2.41), by a property of the run or by a style. */
  #vanish(hidden: boolean): void {
    if (hidden && this.#vanished.length > 0) this.#vanished[this.#vanished.length - 1] = true;
  }

  #write(text: string): void {
    if (this.#vanished.includes(true)) return;
    const last = this.#paragraphs.length - 1;
    if (last >= 0) this.#paragraphs[last] += text;
  }

  /** The cell that a paragraph belongs to, unless it stands in a text box outside of any table. */
  #cell(): Cell | null {
    return this.#tables.length > (this.#boxes.at(-1) ?? 0) ? this.#tables.at(-1)?.cell ?? null : null;
  }

  #closeParagraph(): void {
    const text = this.#paragraphs.pop() ?? "";
    this.#vanished.pop();
    const cell = this.#cell();
    if (cell !== null) {
      cell.lines.push(text);
      return;
    }
    for (const line of text.split("\n")) {
      if (line.trim() !== "") this.#add(linePieces(line, this.#y, `${this.#y + 1}行目`));
      this.#y++;
    }
  }

  #openTable(): void {
    this.#tables.push({ number: ++this.#tableCount, origin: this.#y, column: 0, cell: null, cells: [] });
  }

  #closeCell(): void {
    const table = this.#tables.at(-1);
    const cell = table?.cell;
    if (!table || !cell) return;
    const x0 = table.column;
    const x1 = x0 + cell.span;
    table.column = x1;
    table.cell = null;
    const above = cell.continues ? table.cells.findLastIndex((each) => each.x0 === x0) : -1;
    if (above >= 0) {
      table.cells[above] = { ...table.cells[above]!, y1: this.#y + 1 };
      return;
    }
    table.cells.push({
      text: cell.lines.join("\n").trim(),
      x0,
      x1,
      y0: this.#y,
      y1: this.#y + 1,
      source: `表${table.number}の${this.#y - table.origin + 1}行目`,
      table: table.number,
    });
    if (table.cells.length > MAX_PIECES) throw damaged("it has too many cells");
  }

  /** A table inside a cell stands on its own, below what came before. */
  #closeTable(): void {
    const table = this.#tables.pop();
    if (table !== undefined) this.#add(table.cells);
    this.#y++;
  }

  #add(pieces: readonly Piece[]): void {
    this.pieces.push(...pieces);
    if (this.pieces.length > MAX_PIECES) throw damaged("it has too many pieces of text");
  }
}
