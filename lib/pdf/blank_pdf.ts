/**
 * A blank form as PDF to fill in (ISO 32000-2 §12.7): text fields beside their labels. It prints well
 * too, and can be filled in by hand.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { type PDFDocument, type PDFFont, PDFName, type PDFPage, rgb } from "pdf-lib";
import {
  type BlankForm,
  type BlankPart,
  type BlankRow,
  fieldName,
  rowHint,
  rowTip,
} from "../forms/blank_form.ts";
import { breakLines, drawable, type FontMeasure, measureOf } from "./certificate_text.ts";
import { keyboardCharacters, takeCharacters } from "./form_font.ts";
import { beginDocument, documentBytes, nameDocument } from "./made_document.ts";
import { type StructureRole, StructureTree } from "./structure_tree.ts";
import { addTextField, beginForm } from "./text_field.ts";

/** All measures are points. */
const PAGE = { width: 595, height: 842 };
const TOP = PAGE.height - 46;
const LEFT = 52;
const WIDTH = PAGE.width - 2 * LEFT;
const LABEL_WIDTH = 172;
const PAD = 7;
const BODY = 10;
const SMALL = 7.5;
const FIELD = 10.5;
const LEADING = 1.6;
const ROW_HEIGHT = { 1: 32, 2: 44 } as const;

const INK = rgb(0.106, 0.153, 0.2);
const QUIET = rgb(0.33, 0.39, 0.44);
const BRAND = rgb(0.086, 0.275, 0.42);
const MUST = rgb(0.7, 0.11, 0.11);
const RULE = rgb(0.62, 0.67, 0.71);
const SHADE = rgb(0.945, 0.957, 0.969);

type Colour = typeof INK;
type Written = { readonly size: number; readonly colour?: Colour; readonly role?: StructureRole };

/** The page while it is drawn, from top to bottom. */
class FormPage {
  readonly #document: PDFDocument;
  #page: PDFPage;
  readonly #font: PDFFont;
  readonly #measure: FontMeasure;
  readonly #structure: StructureTree;
  #y = TOP;

  constructor(document: PDFDocument, font: PDFFont) {
    this.#document = document;
    this.#font = font;
    this.#measure = measureOf(font);
    this.#structure = new StructureTree(document);
    this.#page = this.#added();
  }

  /** Goes on on a new page. */
  turn(): void {
    this.#page = this.#added();
    this.#y = TOP;
  }

  title(text: string): void {
    const size = 17;
    this.#y -= size * 1.7;
    const left = (PAGE.width - this.#font.widthOfTextAtSize(text, size)) / 2;
    this.#write([text], left, this.#y, { size, colour: BRAND, role: "H1" });
    this.#y -= 16;
  }

  paragraph(text: string, written: Written): void {
    const lines = this.#broken(text, WIDTH, written.size);
    this.#write(lines, LEFT, this.#y - written.size, written);
    this.#y -= lines.length * written.size * LEADING;
  }

  part(part: BlankPart): void {
    this.#heading(part.heading);
    for (const row of part.rows) this.#row(part, row);
  }

  #heading(text: string): void {
    this.#y -= 22;
    this.#write([text], LEFT, this.#y, { size: BODY, colour: BRAND, role: "H2" });
    this.#y -= 6;
    this.#rule(BRAND, 1);
  }

  #row(part: BlankPart, row: BlankRow): void {
    const height = ROW_HEIGHT[row.lines];
    const bottom = this.#y - height;
    this.#structure.artifact(this.#page, () => {
      this.#page.drawRectangle({
        x: LEFT,
        y: bottom,
        width: LABEL_WIDTH,
        height: height - 0.5,
        color: SHADE,
      });
    });
    this.#label(row, bottom + height / 2);
    const box = {
      x: LEFT + LABEL_WIDTH + 3,
      y: bottom + 3,
      width: WIDTH - LABEL_WIDTH - 4,
      height: height - 6,
    };
    const { ref, dict } = addTextField(this.#document, this.#page, {
      name: fieldName(part, row),
      tip: rowTip(part, row),
      box,
      lines: row.lines,
      value: row.value,
    }, FIELD);
    this.#structure.field(this.#page, ref, dict);
    this.#y = bottom;
    this.#rule(RULE, 0.5);
  }

  #added(): PDFPage {
    const page = this.#document.addPage([PAGE.width, PAGE.height]);
    // The fields are gone through in the order of the structure.
    page.node.set(PDFName.of("Tabs"), PDFName.of("S"));
    return page;
  }

  /** The label around the height `middle`; below it, small, whether it is required and what to write. */
  #label(row: BlankRow, middle: number): void {
    const { must, help } = rowHint(row);
    const alone = must + help === "";
    const x = LEFT + PAD;
    this.#write([row.label], x, alone ? middle - BODY * 0.37 : middle + 2, { size: BODY });
    // Full-width brackets bring room of their own, which the label above has not.
    const small = x - SMALL / 2;
    const after = small + this.#font.widthOfTextAtSize(must, SMALL);
    this.#write([must], small, middle - 10, { size: SMALL, colour: MUST });
    this.#write([help], after, middle - 10, { size: SMALL, colour: QUIET });
  }

  gap(height: number): void {
    this.#y -= height;
  }

  finish(): void {
    this.#structure.finish();
  }

  #broken(text: string, width: number, size: number): string[] {
    return breakLines(drawable(text, this.#measure), width / size, this.#measure);
  }

  #write(lines: readonly string[], x: number, y: number, { size, colour = INK, role = "P" }: Written): void {
    const element = {};
    for (const [index, line] of lines.entries()) {
      if (line === "") continue;
      this.#structure.mark(this.#page, role, element, () => {
        this.#page.drawText(line, {
          x,
          y: y - index * size * LEADING,
          size,
          font: this.#font,
          color: colour,
        });
      });
    }
  }

  #rule(color: Colour, thickness: number): void {
    const line = { start: { x: LEFT, y: this.#y }, end: { x: LEFT + WIDTH, y: this.#y }, thickness, color };
    this.#structure.artifact(this.#page, () => this.#page.drawLine(line));
  }
}

/**
 * Makes the file (A4; one page, or two where there may be a 共同企業体; 1.5 MB). The same form gives the same bytes.
 * `font` is a TrueType font with all JIS kanji; what is typed can be drawn everywhere as far as it is of
 * `characters`.
 */
export async function blankPdf(
  form: BlankForm,
  font: Uint8Array,
  characters: string = keyboardCharacters(),
): Promise<Uint8Array<ArrayBuffer>> {
  const { document, embedded } = await beginDocument(font);
  takeCharacters(embedded, characters);
  beginForm(document, embedded, FIELD);
  const page = new FormPage(document, embedded);
  page.paragraph(form.mark, { size: 9, colour: QUIET });
  page.title(form.title);
  page.paragraph(form.consent, { size: BODY });
  for (const part of form.parts) page.part(part);
  page.gap(10);
  for (const note of form.notes) page.paragraph(`※ ${note}`, { size: 8.5 });
  if (form.members.length > 0) page.turn();
  for (const part of form.members) page.part(part);
  page.finish();
  const digest = createHash("sha256").update(JSON.stringify(form)).digest("hex");
  nameDocument(document, form.title, digest.slice(0, 32));
  return await documentBytes(document);
}
