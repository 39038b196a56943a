/**
 * The worker that draws, in a process of its own: it holds PDFium and the open documents, and may touch nothing of
 * the machine but read PDFium itself and its fonts. Jobs come one at a time, each is answered once.
 *
 * @module
 */
import { PortError } from "../ports.ts";
import { type FontStyle, fontUrl } from "./fonts.ts";
import { jpegWasm, type JpegWriter, startJpeg } from "./jpeg.ts";
import { encodePicture } from "./page_picture.ts";
import { openDocument, type PdfDocument } from "./pdfium_document.ts";
import { pdfiumWasm } from "./pdfium_files.ts";
import { installFonts } from "./pdfium_fonts.ts";
import type { Question, WorkerAnswer, WorkerJob, WorkerStart } from "./pdfium_messages.ts";
import { type Pdfium, startPdfium } from "./pdfium_module.ts";
import { encodePng } from "./png.ts";

/** What a worker knows of itself and its page, as far as it is used here. */
type WorkerSelf = {
  onmessage: ((event: MessageEvent) => void) | null;
  /** Collects what is no longer needed, now. */
  readonly gc?: (options: { readonly type: "minor" | "major" }) => void;
  postMessage(message: WorkerAnswer | "loaded", transfer?: readonly ArrayBuffer[]): void;
};

const scope = self as unknown as WorkerSelf;
/** What a running worker holds. */
type Tools = { readonly pdfium: Pdfium; readonly jpeg: JpegWriter; readonly limits: WorkerStart };

const memoryBytes = ({ pdfium, jpeg }: Tools): number => pdfium.pdfium.HEAPU8.length + jpeg.memoryBytes();

/** What may move to the asker instead of being copied. */
function movable(value: ReturnType<typeof work>): ArrayBuffer[] {
  if (value instanceof Uint8Array) return [value.buffer];
  return typeof value === "object" && "bytes" in value ? [value.bytes.buffer] : [];
}

const compiled = async (file: URL) => await WebAssembly.compile(await Deno.readFile(file));

/** Most documents bring their fonts: ten megabytes that need not lie here. */
function readAtNeed(style: FontStyle): () => Uint8Array {
  let font: Uint8Array | undefined;
  return () => font ??= Deno.readFileSync(fontUrl(style));
}

const open = new Map<string, PdfDocument>();

scope.onmessage = async (event: MessageEvent<WorkerStart>) => {
  const start = event.data;
  const pdfium = await startPdfium(await compiled(pdfiumWasm()), start.maxMemoryBytes);
  installFonts(pdfium, { sans: readAtNeed("sans"), serif: readAtNeed("serif") });
  const tools: Tools = { pdfium, jpeg: await startJpeg(await compiled(jpegWasm())), limits: start };
  scope.onmessage = (next: MessageEvent<WorkerJob>) => answer(tools, next.data);
  scope.postMessage({ did: "ready" });
};

function answer(tools: Tools, job: WorkerJob): void {
  try {
    const value = work(tools, job);
    scope.postMessage({ did: "answer", value, memoryBytes: memoryBytes(tools) }, movable(value));
    scope.gc?.({ type: "minor" });
  } catch (error) {
    const known = error instanceof PortError;
    scope.postMessage({
      did: "fault",
      code: known ? error.code : "corrupt",
      message: known ? error.message : "Cannot draw the PDF: PDFium broke off",
      broken: !known,
      memoryBytes: memoryBytes(tools),
    });
  }
}

function work(tools: Tools, job: WorkerJob) {
  const { pdfium, limits } = tools;
  for (const name of job.close) {
    open.get(name)?.close();
    open.delete(name);
  }
  if (job.content !== undefined) open.set(job.document, openDocument(pdfium, job.content, limits.maxPages));
  const document = open.get(job.document);
  if (document === undefined) throw new Error("Cannot answer: the document was never opened");
  return look(tools, document, job.question);
}

function look({ jpeg, limits: { maxPixels } }: Tools, document: PdfDocument, question: Question) {
  switch (question.ask) {
    case "pages":
      return document.sizes();
    case "png":
      return document.draw(question.page, question.width, maxPixels, encodePng);
    case "image":
      return document.draw(
        question.page,
        question.width,
        maxPixels,
        (drawing) => encodePicture(drawing, jpeg),
      );
    case "text":
      return document.text(question.page);
  }
}

// The time of a job begins when all of this has loaded.
scope.postMessage("loaded");
