/**
 * Page contents that inflate beyond all measure. Who draws the page has bounds of its own; here the clerk learns
 * it at once.
 *
 * @module
 */
import { UnreadableError } from "../domain/unreadable.ts";
import { inflate, MAX_INFLATED } from "./inflate.ts";
import type { Page } from "./page_tree.ts";
import type { PdfFile } from "./pdf_file.ts";
import { isDict, isRef, nameText, naturalNumber, type PdfValue } from "./values.ts";

/** The most that DEFLATE makes of a byte. */
const MAX_RATIO = 1032;
/** How much is inflated for this check in all; what comes after is left to the renderer. */
const MAX_CHECKED = 256 << 20;

/** Looks at the contents of pages, one after the other. */
export class ContentBombs {
  readonly #pdf: PdfFile;
  readonly #seen = new Set<number>();
  #checked = 0;

  /** Of this document. */
  constructor(pdf: PdfFile) {
    this.#pdf = pdf;
  }

  /** Throws `bomb` when a content stream of the page grows too far. */
  check(page: Page): void {
    const contents = page.dict.get("Contents");
    for (const part of this.#pdf.array(contents) ?? [contents]) this.#checkStream(part);
  }

  #checkStream(value: PdfValue | undefined): void {
    if (!isRef(value) || this.#seen.has(value.number)) return;
    this.#seen.add(value.number);
    const object = this.#pdf.object(value.number);
    if (!object || object.dataAt === null || !isDict(object.value)) return;
    const length = naturalNumber(this.#pdf.resolve(object.value.get("Length"))) ?? 0;
    if (length * MAX_RATIO <= MAX_INFLATED || this.#checked > MAX_CHECKED) return;
    const filter = this.#pdf.resolve(object.value.get("Filter"));
    const [first] = Array.isArray(filter) ? filter : [filter];
    if (nameText(this.#pdf.resolve(first)) !== "FlateDecode") return;
    this.#checked += sizeInflated(this.#pdf.source.read(object.dataAt, length));
  }
}

/** A stream that is broken is no bomb. */
function sizeInflated(raw: Uint8Array): number {
  try {
    return inflate(raw).length;
  } catch (error) {
    if (error instanceof UnreadableError && error.code === "bomb") throw error;
    return 0;
  }
}
