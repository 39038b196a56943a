/**
 * Sheets of A4 paper that fill from top to bottom: headings, paragraphs and ruled rows, over as many pages as
 * it takes.
 *
 * @module
 */
import { type PDFDocument, type PDFFont, type PDFPage, rgb } from "pdf-lib";
import { breakLines, drawable, type FontMeasure, measureOf } from "./certificate_text.ts";
import { beginDocument, documentBytes, nameDocument } from "./made_document.ts";
import { type StructureRole, StructureTree } from "./structure_tree.ts";

/** How text looks: its size in points, and whether it is set back. */
export type TextStyle = { readonly size: number; readonly quiet?: boolean };
/** Some text in one style; it may take several lines. */
export type StyledText = TextStyle & { readonly text: string };
/** One field of a row: texts below each other, in a column so many points wide. */
export type Cell = { readonly width: number; readonly texts: readonly StyledText[] };
/** What the document says of itself, and 32 hexadecimal digits that identify it. */
export type SheetTitle = {
  readonly title: string;
  readonly author: string;
  readonly id: string;
};

/** The room between the side margins, in points. */
export const SHEET_WIDTH = 483;

const PAGE = { width: 595, height: 842 };
const LEFT = (PAGE.width - SHEET_WIDTH) / 2;
const TOP = PAGE.height - 52;
const BOTTOM = 50;
const HEAD = PAGE.height - 40;
const FOOT = 30;
const INK = rgb(0.106, 0.153, 0.2);
const QUIET = rgb(0.33, 0.39, 0.44);
const BRAND = rgb(0.086, 0.275, 0.42);
const RULE = rgb(0.8, 0.83, 0.85);
const LEADING = 1.55;
const ROW_PADDING = 3;
/** Room on a page that a row which is to go over whole leaves to the names of its columns. */
const LEAST_ROOM = 48;
const MARGINAL = 8;

type Line = { readonly text: string; readonly style: TextStyle };
type Colour = typeof INK;

/** Where the next thing goes. The first page begins at once. */
export class Sheet {
  readonly #document: PDFDocument;
  readonly #font: PDFFont;
  readonly #measure: FontMeasure;
  readonly #structure: StructureTree;
  #page: PDFPage;
  #y = TOP;
  /** Stands above the columns of a table, on each of its pages. */
  #columns: readonly Cell[] | null = null;

  /** Begins with an empty page. Use {@linkcode startSheet}. */
  constructor(document: PDFDocument, font: PDFFont) {
    this.#document = document;
    this.#font = font;
    this.#measure = measureOf(font);
    this.#structure = new StructureTree(document);
    this.#page = document.addPage([PAGE.width, PAGE.height]);
  }

  /** The document's name, large and in the middle, between two rules. */
  title(text: string, size = 24): void {
    this.#rule(BRAND, 1.5);
    this.#y -= size * 1.5;
    const left = LEFT + (SHEET_WIDTH - this.#font.widthOfTextAtSize(text, size)) / 2;
    this.#mark("H1", {}, text, left, this.#y, size, BRAND);
    this.#y -= size * 0.7;
    this.#rule(BRAND, 0.5);
    this.#y -= 10;
  }

  /** The name of a part; it stays with what follows. */
  heading(text: string): void {
    this.#columns = null;
    if (this.#y - 90 < BOTTOM) this.#turn();
    this.#y -= 23;
    this.#mark("H2", {}, text, LEFT, this.#y, 12, BRAND);
    this.#y -= 7;
    this.#rule(BRAND, 0.75);
  }

  /** What stands above the rows that follow, here and on every further page, up to the next heading. */
  columns(cells: readonly Cell[]): void {
    this.#columns = null;
    this.row(cells);
    this.#columns = cells;
  }

  /** Text over the whole width. */
  paragraph(text: StyledText): void {
    this.#y -= 2;
    this.#lines([this.#broken({ width: SHEET_WIDTH, texts: [text] })], [0]);
  }

  /** Cells side by side, ruled below. A row goes to the next page whole, unless it is longer than a page. */
  row(cells: readonly Cell[]): void {
    const columns = cells.map((cell) => this.#broken(cell));
    const height = Math.max(...columns.map(heightOf)) + 2 * ROW_PADDING;
    if (this.#y - height < BOTTOM && height < TOP - BOTTOM - LEAST_ROOM) this.#turn();
    this.#y -= ROW_PADDING;
    this.#lines(
      columns,
      cells.map((_, index) => cells.slice(0, index).reduce((x, { width }) => x + width, 0)),
    );
    this.#y -= ROW_PADDING;
    this.#rule(RULE, 0.5);
  }

  /** Some room, in points. */
  gap(height: number): void {
    this.#y -= height;
  }

  /**
   * Writes the pages' feet, and from the second on their heads, and gives the finished file, as PDF/A-2u.
   */
  async finish(about: SheetTitle, foot: string): Promise<Uint8Array<ArrayBuffer>> {
    const pages = this.#document.getPages();
    const [line = ""] = breakLines(
      drawable(foot, this.#measure),
      (SHEET_WIDTH - 60) / MARGINAL,
      this.#measure,
    );
    for (const [index, page] of pages.entries()) {
      const number = `${index + 1} / ${pages.length}`;
      const right = LEFT + SHEET_WIDTH - this.#font.widthOfTextAtSize(number, MARGINAL);
      this.#structure.artifact(page, () => {
        if (index > 0) this.#put(page, line, LEFT, HEAD, MARGINAL, QUIET);
        this.#put(page, line, LEFT, FOOT, MARGINAL, QUIET);
        this.#put(page, number, right, FOOT, MARGINAL, QUIET);
      });
    }
    this.#structure.finish();
    nameDocument(this.#document, about.title, about.id);
    this.#document.setAuthor(about.author);
    // ISO 19005-2: readable for as long as it may be needed, with colours defined and text that can be searched.
    this.#document.convertToPDFA({ conformance: "2U" });
    return await documentBytes(this.#document);
  }

  #broken({ width, texts }: Cell): Line[] {
    return texts.flatMap((style) =>
      breakLines(drawable(style.text, this.#measure), (width - 8) / style.size, this.#measure)
        .map((text) => ({ text, style }))
    );
  }

  /** Draws columns of lines, over several pages where they are longer than what is left of one. */
  #lines(columns: readonly Line[][], offsets: readonly number[]): void {
    let left = columns;
    while (left.some((lines) => lines.length > 0)) {
      const top = this.#y;
      let lowest = top;
      left = left.map((lines, index) => {
        let y = top;
        let done = 0;
        for (const { text, style } of lines) {
          if (y - style.size * LEADING < BOTTOM) break;
          y -= style.size * LEADING;
          const colour = style.quiet ? QUIET : INK;
          const x = LEFT + offsets[index]!;
          this.#mark("P", style, text, x, y + style.size * 0.35, style.size, colour);
          done++;
        }
        lowest = Math.min(lowest, y);
        return lines.slice(done);
      });
      this.#y = lowest;
      if (left.some((lines) => lines.length > 0)) this.#turn();
    }
  }

  /** Draws a line of the element known by `key`. */
  #mark(role: StructureRole, key: object, text: string, x: number, y: number, size: number, colour: Colour) {
    if (text === "") return;
    this.#structure.mark(this.#page, role, key, () => this.#put(this.#page, text, x, y, size, colour));
  }

  #put(page: PDFPage, text: string, x: number, y: number, size: number, color: Colour): void {
    page.drawText(text, { x, y, size, font: this.#font, color });
  }

  #rule(color: Colour, thickness: number): void {
    const line = {
      start: { x: LEFT, y: this.#y },
      end: { x: LEFT + SHEET_WIDTH, y: this.#y },
      thickness,
      color,
    };
    this.#structure.artifact(this.#page, () => this.#page.drawLine(line));
  }

  #turn(): void {
    this.#page = this.#document.addPage([PAGE.width, PAGE.height]);
    this.#y = TOP;
    if (this.#columns) this.columns(this.#columns);
  }
}

/** Begins a document in one font (TrueType), of which only the glyphs that are used will be embedded. */
export async function startSheet(font: Uint8Array): Promise<Sheet> {
  const { document, embedded } = await beginDocument(font);
  return new Sheet(document, embedded);
}

function heightOf(lines: readonly Line[]): number {
  return lines.reduce((height, { style }) => height + style.size * LEADING, 0);
}
