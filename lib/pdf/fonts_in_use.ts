/**
 * Fonts that pages are drawn with but that the file does not hold (R12): elsewhere the text may look different,
 * or be missing.
 *
 * @module
 */
import { pagesOf } from "./page_tree.ts";
import type { PdfFile } from "./pdf_file.ts";
import { isDict, isRef, nameText, type PdfDict, type PdfValue } from "./values.ts";

/** ISO 32000-1 §9.6.2.2: every reader brings these along. */
const STANDARD_FONT =
  /^(Times-(Roman|Bold|Italic|BoldItalic)|(Helvetica|Courier)(-(Bold|Oblique|BoldOblique))?|Symbol|ZapfDingbats)$/;

const FONT_FILES = ["FontFile", "FontFile2", "FontFile3"];

/** Whether a page, or an annotation on it, is drawn with a font that is neither in the file nor a standard one. */
export function hasForeignFonts(pdf: PdfFile): boolean {
  const walk = new ResourceWalk(pdf);
  for (const page of pagesOf(pdf)) {
    walk.enter(page.resources);
    for (const annotation of pdf.array(page.dict.get("Annots")) ?? []) {
      walk.enterAppearance(pdf.dict(annotation)?.get("AP"));
    }
    if (walk.foundForeign()) return true;
  }
  return false;
}

/** Goes through resources and what is drawn with them, each once. */
class ResourceWalk {
  readonly #pdf: PdfFile;
  readonly #seen = new Set<number>();
  readonly #waiting: PdfValue[] = [];

  constructor(pdf: PdfFile) {
    this.#pdf = pdf;
  }

  /** Resources to be looked through. */
  enter(resources: PdfValue | undefined): void {
    if (resources !== undefined) this.#waiting.push(resources);
  }

  /** The appearances of an annotation: a stream each, or one for each state (ISO 32000-2 §12.5.5). */
  enterAppearance(appearance: PdfValue | undefined): void {
    for (const drawn of this.#pdf.dict(appearance)?.values() ?? []) {
      const dict = this.#pdf.dict(drawn);
      if (!dict) continue;
      if (dict.has("BBox")) this.enter(dict.get("Resources"));
      else for (const state of dict.values()) this.enter(this.#pdf.dict(state)?.get("Resources"));
    }
  }

  /** Looks through all that was entered. */
  foundForeign(): boolean {
    for (let next = this.#waiting.pop(); next !== undefined; next = this.#waiting.pop()) {
      const resources = this.#first(next);
      if (!resources) continue;
      for (const font of this.#entriesOf(resources, "Font")) {
        if (!isCarried(this.#pdf, font)) return true;
        this.enter(font.get("Resources"));
      }
      for (const kind of ["XObject", "Pattern"]) {
        for (const drawn of this.#entriesOf(resources, kind)) this.enter(drawn.get("Resources"));
      }
    }
    return false;
  }

  /** The dictionaries under `/kind` of resources that were not met before. */
  #entriesOf(resources: PdfDict, kind: string): PdfDict[] {
    const entries = [...this.#pdf.dict(resources.get(kind))?.values() ?? []];
    return entries.map((entry) => this.#first(entry)).filter((dict) => dict !== null);
  }

  /** The dictionary, the first time that it is met. */
  #first(value: PdfValue): PdfDict | null {
    if (isRef(value)) {
      if (this.#seen.has(value.number)) return null;
      this.#seen.add(value.number);
    }
    return this.#pdf.dict(value);
  }
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
