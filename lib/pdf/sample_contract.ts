/**
 * A short contract between fictional parties, to be sent round where there is no real one.
 *
 * @module
 */
import fontkit from "@cantoo/fontkit";
import { PDFDocument, type PDFFont, type PDFPage, rgb } from "pdf-lib";
import { breakLines, drawable, measureOf } from "./certificate_text.ts";

/** What stands in it, from top to bottom. */
export type SampleContract = {
  readonly title: string;
  readonly articles: readonly string[];
  /** Date and parties, at the end. */
  readonly closing: readonly string[];
};

/** All measures are points. */
const PAGE = { width: 595, height: 842 };
const EDGE = 72;
const SIZE = 11;
const LEADING = 20;
const INK = rgb(0.1, 0.1, 0.1);

/** The page while it is drawn. */
class ContractPage {
  readonly #page: PDFPage;
  readonly #font: PDFFont;
  #y = PAGE.height - EDGE;

  constructor(page: PDFPage, font: PDFFont) {
    this.#page = page;
    this.#font = font;
  }

  title(text: string): void {
    const size = 18;
    const x = (PAGE.width - this.#font.widthOfTextAtSize(text, size)) / 2;
    this.#page.drawText(text, { x, y: this.#y - size, size, font: this.#font, color: INK });
    this.#y -= size * 3;
  }

  paragraph(text: string): void {
    const measure = measureOf(this.#font);
    for (const line of breakLines(drawable(text, measure), (PAGE.width - 2 * EDGE) / SIZE, measure)) {
      this.#page.drawText(line, { x: EDGE, y: this.#y - SIZE, size: SIZE, font: this.#font, color: INK });
      this.#y -= LEADING;
    }
    this.#y -= LEADING / 2;
  }
}

/** Makes the file: one page of A4. The same words give the same pages. `font` is a TrueType font with their kanji. */
export async function sampleContract(
  { title, articles, closing }: SampleContract,
  font: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const document = await PDFDocument.create({ updateMetadata: false });
  document.registerFontkit(fontkit);
  const embedded = await document.embedFont(font, { subset: true, features: { liga: false } });
  const page = new ContractPage(document.addPage([PAGE.width, PAGE.height]), embedded);
  page.title(title);
  for (const text of [...articles, ...closing]) page.paragraph(text);
  document.setTitle(title, { showInWindowTitleBar: true });
  document.setLanguage("ja-JP");
  return new Uint8Array(await document.save({ useObjectStreams: false }));
}
