/**
 * The worker that draws: it holds PDFium and the open documents, and may touch nothing of the machine.
 * Jobs come one at a time, each is answered once.
 *
 * @module
 */
import { PortError } from "../ports.ts";
import { openDocument, type PdfDocument } from "./pdfium_document.ts";
import { installFonts } from "./pdfium_fonts.ts";
import type { Question, WorkerAnswer, WorkerJob, WorkerStart } from "./pdfium_messages.ts";
import { type Pdfium, startPdfium } from "./pdfium_module.ts";
import { encodePng } from "./png.ts";

/** What a worker knows of itself and its page, as far as it is used here. */
type WorkerSelf = {
  onmessage: ((event: MessageEvent) => void) | null;
  postMessage(message: WorkerAnswer, transfer?: readonly ArrayBuffer[]): void;
};

const scope = self as unknown as WorkerSelf;
const open = new Map<string, PdfDocument>();

scope.onmessage = async (event: MessageEvent<WorkerStart>) => {
  const start = event.data;
  const pdfium = await startPdfium(start.pdfium, start.maxMemoryBytes);
  installFonts(pdfium, start.fonts);
  scope.onmessage = (next: MessageEvent<WorkerJob>) => answer(pdfium, start, next.data);
  scope.postMessage({ did: "ready" });
};

function answer(pdfium: Pdfium, limits: WorkerStart, job: WorkerJob): void {
  try {
    const value = work(pdfium, limits, job);
    const memoryBytes = pdfium.pdfium.HEAPU8.length;
    scope.postMessage(
      { did: "answer", value, memoryBytes },
      value instanceof Uint8Array ? [value.buffer] : [],
    );
  } catch (error) {
    const known = error instanceof PortError;
    scope.postMessage({
      did: "fault",
      code: known ? error.code : "corrupt",
      message: known ? error.message : "Cannot draw the PDF: PDFium broke off",
      broken: !known,
      memoryBytes: pdfium.pdfium.HEAPU8.length,
    });
  }
}

function work(pdfium: Pdfium, limits: WorkerStart, job: WorkerJob) {
  for (const name of job.close) {
    open.get(name)?.close();
    open.delete(name);
  }
  if (job.content !== undefined) open.set(job.document, openDocument(pdfium, job.content, limits.maxPages));
  const document = open.get(job.document);
  if (document === undefined) throw new Error("Cannot answer: the document was never opened");
  return look(document, job.question, limits.maxPixels);
}

function look(document: PdfDocument, question: Question, maxPixels: number) {
  switch (question.ask) {
    case "pages":
      return document.sizes();
    case "png":
      return encodePng(document.draw(question.page, question.width, maxPixels));
    case "text":
      return document.text(question.page);
  }
}
