/**
 * Draws pages with PDFium, in processes that may touch nothing of the machine.
 *
 * @module
 */
import { type PageRenderer, PortError } from "../ports.ts";
import { type LaneLimits, PdfiumLane } from "./pdfium_lane.ts";
import type { WorkerStart } from "./pdfium_messages.ts";

/** What a renderer allows. */
export type RendererLimits = LaneLimits & {
  /** How many processes draw side by side; a document always goes to the same one. */
  readonly workers: number;
  /** The most pixels of one image; larger ones are made narrower. */
  readonly maxPixels: number;
  /** The most memory that PDFium may take in one process, in bytes, beside the document itself. */
  readonly maxMemoryBytes: number;
  /** The largest document, in bytes. */
  readonly maxDocumentBytes: number;
  /** The most pages of a document. */
  readonly maxPages: number;
};

const MIB = 1024 * 1024;
const DEFAULTS: RendererLimits = {
  // Each takes some 100 MB under load; where there is one core for it, a second one only waits beside it.
  workers: navigator.hardwareConcurrency > 2 ? 2 : 1,
  jobMs: 10_000,
  idleMs: 60_000,
  jobsPerWorker: 60,
  keepBelowBytes: 128 * MIB,
  maxWaiting: 200,
  openDocuments: { count: 2, bytes: 64 * MIB },
  maxPixels: 12_000_000,
  maxMemoryBytes: 512 * MIB,
  maxDocumentBytes: 64 * MIB,
  maxPages: 5_000,
};

/**
 * A renderer. Its processes start with the first question and end when they rest. Throws `PortError` beyond the
 * port's contract: `timeout`, `too_large`, `not_found` for a page that isn't there, `unavailable` (retryable)
 * when too many wait; `RangeError` for a page or width that is no whole number from 1.
 */
export function pdfiumRenderer(options: Partial<RendererLimits> = {}): PageRenderer {
  const limits: RendererLimits = { ...DEFAULTS, ...options };
  const { maxMemoryBytes, maxPixels, maxPages } = limits;
  const start: WorkerStart = { maxMemoryBytes, maxPixels, maxPages };
  const lanes = Array.from({ length: limits.workers }, () => new PdfiumLane(limits, start));
  const laneOf = (sha256: string) => lanes[(Number.parseInt(sha256.slice(0, 8), 16) || 0) % lanes.length]!;
  const bounded = (content: () => Promise<Uint8Array<ArrayBuffer>>) => async () => {
    const bytes = await content();
    if (bytes.length <= limits.maxDocumentBytes) return bytes;
    throw new PortError("too_large", "Cannot draw the PDF: it is too large", { retryable: false });
  };
  async function draw<Ask extends "png" | "image">(
    ask: Ask,
    pdf: string,
    content: () => Promise<Uint8Array<ArrayBuffer>>,
    page: number,
    width: number,
  ) {
    assertCount("page", page);
    assertCount("width", width);
    return await laneOf(pdf).run(pdf, bounded(content), { ask, page, width });
  }
  return {
    pages: (pdf, content) => laneOf(pdf).run(pdf, bounded(content), { ask: "pages" }),
    png: async (pdf, content, page, width) => await draw("png", pdf, content, page, width),
    image: async (pdf, content, page, width) => await draw("image", pdf, content, page, width),
    async text(pdf, content, page) {
      assertCount("page", page);
      return await laneOf(pdf).run(pdf, bounded(content), { ask: "text", page });
    },
    async close() {
      await Promise.all(lanes.map((lane) => lane.close()));
    },
  };
}

function assertCount(what: string, count: number): void {
  if (!Number.isSafeInteger(count) || count < 1) throw new RangeError(`Cannot draw: ${what} is "${count}"`);
}
