/**
 * Fonts that pages are drawn with but that the file does not hold (R12): elsewhere the text may look different,
 * or be missing.
 *
 * @module
 */
import { fontNameOf } from "./font_name.ts";
import { inTurns } from "./in_turns.ts";
import { type Page, pagesOf } from "./page_tree.ts";
import type { PdfFile } from "./pdf_file.ts";
import { isDict, isRef, nameText, type PdfDict, type PdfValue } from "./values.ts";

/** A font that the file does not hold. */
export type ForeignFont = {
  /** Its name, as people know it. */
  readonly name: string;
  /** The pages that are drawn with it, from 1. */
  readonly pages: readonly number[];
};

/** ISO 32000-1 §9.6.2.2: every reader brings these along. */
const STANDARD_FONT =
  /^(Times-(Roman|Bold|Italic|BoldItalic)|(Helvetica|Courier)(-(Bold|Oblique|BoldOblique))?|Symbol|ZapfDingbats)$/;

const FONT_FILES = ["FontFile", "FontFile2", "FontFile3"];
/** How deep drawings within drawings are looked into. */
const MAX_DEPTH = 30;
/** Most fonts that are told of. */
const MAX_FONTS = 20;

/** The fonts of pages, and of annotations on them, that are neither in the file nor standard ones. */
export async function foreignFonts(pdf: PdfFile): Promise<ForeignFont[]> {
  const search = new FontSearch(pdf);
  const found = new Map<string, number[]>();
  let number = 0;
  await inTurns(pdf, pagesOf(pdf), (page) => {
    number++;
    for (const name of search.onPage(page)) {
      const pages = found.get(name);
      if (pages) pages.push(number);
      else if (found.size < MAX_FONTS) found.set(name, [number]);
    }
  });
  return Array.from(found, ([name, pages]) => ({ name, pages }));
}

type Names = ReadonlySet<string>;

const NONE: Names = new Set();

/** Looks through resources and what is drawn with them, each once. */
class FontSearch {
  readonly #pdf: PdfFile;
  /** What was found, by the number of an object or by a dictionary that is none. */
  readonly #known = new Map<number | PdfDict, Names>();

  constructor(pdf: PdfFile) {
    this.#pdf = pdf;
  }

  /** Names of foreign fonts of a page. */
  onPage(page: Page): Names {
    const names = new Set(this.#inResources(page.resources, 0));
    for (const annotation of this.#pdf.array(page.dict.get("Annots")) ?? []) {
      for (const drawn of this.#appearances(annotation)) addAll(names, this.#inDrawing(drawn, 0));
    }
    return names;
  }

  /** The appearances of an annotation: a stream each, or one for each state (ISO 32000-2 §12.5.5). */
  #appearances(annotation: PdfValue): PdfValue[] {
    const appearance = this.#pdf.dict(this.#pdf.dict(annotation)?.get("AP"));
    return [...appearance?.values() ?? []].flatMap((drawn) => {
      const dict = this.#pdf.dict(drawn);
      return !dict || dict.has("BBox") ? [drawn] : [...dict.values()];
    });
  }

  #inResources(value: PdfValue | undefined, depth: number): Names {
    return this.#once(value, depth, (resources) => {
      const names = new Set<string>();
      for (const font of this.#entriesOf(resources, "Font")) addAll(names, this.#inFont(font, depth + 1));
      for (const kind of ["XObject", "Pattern"]) {
        for (const drawn of this.#entriesOf(resources, kind)) {
          addAll(names, this.#inDrawing(drawn, depth + 1));
        }
      }
      return names;
    });
  }

  #inDrawing(value: PdfValue, depth: number): Names {
    return this.#once(value, depth, (drawn) => this.#inResources(drawn.get("Resources"), depth + 1));
  }

  #inFont(value: PdfValue, depth: number): Names {
    return this.#once(value, depth, (font) => {
      if (!isCarried(this.#pdf, font)) return new Set([fontNameOf(nameText(this.#baseFont(font)) ?? "")]);
      return this.#inResources(font.get("Resources"), depth + 1);
    });
  }

  #baseFont(font: PdfDict): PdfValue {
    return this.#pdf.resolve(font.get("BaseFont"));
  }

  #entriesOf(resources: PdfDict, kind: string): Iterable<PdfValue> {
    return this.#pdf.dict(resources.get(kind))?.values() ?? [];
  }

  /** What `look` finds in the dictionary; nothing while it is being looked into. */
  #once(value: PdfValue | undefined, depth: number, look: (dict: PdfDict) => Names): Names {
    const dict = this.#pdf.dict(value);
    if (!dict || depth > MAX_DEPTH) return NONE;
    const identity = isRef(value) ? value.number : dict;
    const known = this.#known.get(identity);
    if (known) return known;
    this.#known.set(identity, NONE);
    const names = look(dict);
    this.#known.set(identity, names);
    return names;
  }
}

function addAll(names: Set<string>, more: Names): void {
  for (const name of more) names.add(name);
}

/** Whether a font comes with the file, or with every reader. */
function isCarried(pdf: PdfFile, font: PdfDict): boolean {
  const subtype = nameText(pdf.resolve(font.get("Subtype")));
  if (subtype === "Type3") return true;
  const [descendant] = subtype === "Type0" ? pdf.array(font.get("DescendantFonts")) ?? [] : [font];
  const described = pdf.dict(descendant);
  const descriptor = pdf.dict(described?.get("FontDescriptor"));
  if (FONT_FILES.some((key) => isDict(pdf.resolve(descriptor?.get(key))))) return true;
  return subtype !== "Type0" && STANDARD_FONT.test(nameText(pdf.resolve(font.get("BaseFont"))) ?? "");
}
