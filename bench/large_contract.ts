/**
 * A contract as public works have them: some pages of text, and a long annex of scanned drawings and lists.
 *
 * @module
 */
import { PDFDocument } from "pdf-lib";
import { pdfiumRenderer } from "../lib/adapters/pdfium_renderer.ts";
import { readPng } from "../tests/support/png_image.ts";
import { PAPERS, scanner, scanOf } from "../tests/support/scanned_pdf.ts";

const TEXT = new URL("../tests/fixtures/contracts/keiyakusho_itaku_6p.pdf", import.meta.url);
/** Width of a scan of A4 at 150 dots an inch. */
const SCAN_WIDTH = 1_240;

/** Scans of the text's own pages, which differ from each other. */
async function scans(bytes: Uint8Array<ArrayBuffer>, pages: number): Promise<Uint8Array[]> {
  const renderer = pdfiumRenderer({ workers: 1 });
  const scan = await scanner();
  try {
    const made: Uint8Array[] = [];
    for (let page = 1; page <= pages; page++) {
      const content = () => Promise.resolve(new Uint8Array(bytes));
      const image = readPng(await renderer.png("0".repeat(64), content, page, SCAN_WIDTH));
      made.push(scan(scanOf(image, PAPERS.cream, page)).jpeg);
    }
    return made;
  } finally {
    await renderer.close();
  }
}

/** A PDF of `pages` pages, filled up to `bytes` with what scanners add for themselves. */
export async function largeContract(pages: number, bytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const text = await Deno.readFile(TEXT);
  const source = await PDFDocument.load(text);
  const whole = await PDFDocument.create();
  const own = source.getPageCount();
  for (const page of await whole.copyPages(source, source.getPageIndices())) whole.addPage(page);
  const jpegs = await scans(text, own);
  const shares = jpegs.reduce((sum, { length }) => sum + length, 0) / jpegs.length;
  const filling = new Uint8Array(Math.max(0, Math.floor((bytes - text.length) / (pages - own) - shares)));
  for (let page = own; page < pages; page++) {
    // Each page has an image of its own: the page's number stands in what follows its end.
    filling.fill(page % 256);
    const jpeg = new Uint8Array([...jpegs[page % own]!, ...filling]);
    const image = await whole.embedJpg(jpeg);
    whole.addPage([595, 842]).drawImage(image, { x: 0, y: 0, width: 595, height: 842 });
  }
  return new Uint8Array(await whole.save({ useObjectStreams: true }));
}
