/**
 * PDFs through pdf.js: pages with their texts, form fields and ruling lines, all with `y` downwards.
 *
 * @module
 */
import { getDocumentProxy } from "unpdf";
import { holdsWideRange } from "../pdf/wide_ranges.ts";
import { pdfRulings, type Ruling, type ViewPoint } from "./pdf_rulings.ts";
import { damaged, UnreadableForm } from "./unreadable_form.ts";

/** The packed CMap of a name, such as `90ms-RKSJ-H`. */
export type CMapSource = (name: string) => Promise<Uint8Array<ArrayBuffer>>;

/** A text as one instruction drew it. */
export type PdfText = {
  readonly text: string;
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
};

/** A form field: what is filled in, empty when nothing is. */
export type PdfField = PdfText;

/** One page. */
export type PdfPage = {
  readonly number: number;
  readonly width: number;
  readonly height: number;
  readonly texts: readonly PdfText[];
  readonly fields: readonly PdfField[];
  readonly rulings: readonly Ruling[];
};

/** Forms have one page or two; what is behind is enclosures. */
const MAX_PAGES = 8;
const MAX_TEXTS = 20_000;

type Proxy = Awaited<ReturnType<typeof getDocumentProxy>>;
type Page = Awaited<ReturnType<Proxy["getPage"]>>;

/** Reads the first pages. Throws `UnreadableForm` `encrypted` or `damaged`. */
export async function pdfPages(
  bytes: Uint8Array<ArrayBuffer>,
  cMap: CMapSource | undefined,
): Promise<PdfPage[]> {
  if (holdsWideRange(bytes)) throw damaged("a font of the PDF has more characters than there can be");
  let document: Proxy;
  try {
    // pdf.js keeps the bytes, so it gets a copy.
    document = await getDocumentProxy(new Uint8Array(bytes), optionsFor(cMap));
  } catch (error) {
    if (error instanceof Error && error.name === "PasswordException") {
      throw new UnreadableForm("encrypted", "Cannot read the form: the PDF needs a password", error);
    }
    throw damaged("the PDF is broken", error);
  }
  try {
    const pages: PdfPage[] = [];
    for (let number = 1; number <= Math.min(document.numPages, MAX_PAGES); number++) {
      pages.push(await readPage(await document.getPage(number), number));
    }
    return pages;
  } catch (error) {
    throw error instanceof UnreadableForm ? error : damaged("a page of the PDF is broken", error);
  } finally {
    await document.loadingTask.destroy();
  }
}

/** No worker of its own, no fonts for a screen, no `eval`; CMaps come through `cMap` alone. */
function optionsFor(cMap: CMapSource | undefined) {
  class Files {
    /** Called by pdf.js for each CMap or standard font that a document wants. */
    async fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array<ArrayBuffer>> {
      const name = /^([A-Za-z0-9-]{1,40})\.bcmap$/.exec(filename)?.[1];
      if (kind !== "cMapUrl" || name === undefined || cMap === undefined) {
        throw new Error("Cannot give the file: it is no CMap");
      }
      return await cMap(name);
    }
  }
  return {
    BinaryDataFactory: Files,
    cMapUrl: "cmaps/",
    cMapPacked: true,
    useWorkerFetch: false,
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    verbosity: 0,
  } as Parameters<typeof getDocumentProxy>[1];
}

async function readPage(page: Page, number: number): Promise<PdfPage> {
  const viewport = page.getViewport({ scale: 1 });
  const see: ViewPoint = (x, y) => viewport.convertToViewportPoint(x, y) as [number, number];
  const { items } = await page.getTextContent();
  if (items.length > MAX_TEXTS) throw damaged("a page of the PDF has too many texts");
  const texts = items.flatMap((item): PdfText[] => {
    if (!("str" in item) || item.str.trim() === "") return [];
    const [a, b, c, d, e, f] = item.transform as number[] as [number, number, number, number, number, number];
    const size = Math.hypot(c, d) || item.height || 10;
    const along = Math.hypot(a, b) || 1;
    const end = see(e + item.width * a / along, f + item.width * b / along);
    const start = see(e, f);
    const top = see(e + size * c / (Math.hypot(c, d) || 1), f + size * d / (Math.hypot(c, d) || 1));
    return [{ text: item.str, ...around([start, end, top]) }];
  });
  return {
    number,
    width: viewport.width,
    height: viewport.height,
    ...await withFields(page, see, texts),
    rulings: pdfRulings(await page.getOperatorList({ annotationMode: 0 }), see),
  };
}

const around = (points: readonly (readonly [number, number])[]) => ({
  x0: Math.min(...points.map(([x]) => x)),
  x1: Math.max(...points.map(([x]) => x)),
  y0: Math.min(...points.map(([, y]) => y)),
  y1: Math.max(...points.map(([, y]) => y)),
});

/** What pdf.js tells of a widget (ISO 32000-2 §12.5.6.19), as far as it is used. */
type Widget = {
  readonly subtype?: unknown;
  readonly fieldType?: unknown;
  readonly fieldValue?: unknown;
  readonly buttonValue?: unknown;
  readonly exportValue?: unknown;
  readonly checkBox?: unknown;
  readonly radioButton?: unknown;
  readonly hidden?: unknown;
  readonly contentsObj?: unknown;
  readonly rect?: unknown;
};

/** Fields by their place, whatever their names; a tick becomes a text, so that it joins the words beside it. */
async function withFields(page: Page, see: ViewPoint, texts: PdfText[]) {
  const fields: PdfField[] = [];
  for (const widget of await page.getAnnotations() as readonly Widget[]) {
    const typed = widget.hidden === true ? null : typedText(widget);
    if (typed !== null) {
      const [x0, y0, x1, y1] = widget.rect as number[] as [number, number, number, number];
      fields.push({ text: typed, ...around([see(x0, y0), see(x1, y1)]) });
      continue;
    }
    if (widget.subtype !== "Widget" || widget.hidden === true || !Array.isArray(widget.rect)) continue;
    const [x0, y0, x1, y1] = widget.rect as number[] as [number, number, number, number];
    const place = around([see(x0, y0), see(x1, y1)]);
    if (widget.fieldType === "Btn") {
      if (widget.checkBox === true || widget.radioButton === true) {
        texts.push({ text: tick(widget), ...place });
      }
    } else if (widget.fieldType === "Tx" || widget.fieldType === "Ch") {
      fields.push({ text: fieldText(widget.fieldValue), ...place });
    }
  }
  return { texts, fields };
}

/** What someone typed onto the page of a flat form (FreeText, §12.5.6.6); notes that pop up are none. */
function typedText({ subtype, rect, contentsObj }: Widget): string | null {
  if (subtype !== "FreeText" || !Array.isArray(rect)) return null;
  const text = (contentsObj as { readonly str?: unknown } | undefined)?.str;
  return typeof text === "string" && text.trim() !== "" ? text.trim() : null;
}

function tick(widget: Widget): string {
  const value = widget.fieldValue;
  const on = widget.radioButton === true
    ? value === widget.buttonValue && value !== null
    : value === widget.exportValue || (typeof value === "string" && value !== "" && value !== "Off");
  return on ? "☑" : "□";
}

function fieldText(value: unknown): string {
  if (typeof value === "string") return value.trim();
  return Array.isArray(value) ? value.filter((each) => typeof each === "string").join(" ").trim() : "";
}
