import { ok, strictEqual as equal } from "node:assert/strict";
import { pdfiumRenderer } from "../../lib/adapters/pdfium_renderer.ts";
import type { PageRenderer } from "../../lib/ports.ts";
import { fixture, type Given, given } from "../conformance/page_renderer.ts";
import { readPng } from "../support/png_image.ts";
import { PAPERS, scannedPdf, scanner, scanOf } from "../support/scanned_pdf.ts";

const CONTRACT = "contracts/keiyakusho_buppin.pdf";

async function withRenderer(use: (renderer: PageRenderer) => Promise<void>): Promise<void> {
  const renderer = pdfiumRenderer({ workers: 1 });
  try {
    await use(renderer);
  } finally {
    await renderer.close();
  }
}

/** The two kinds of file for one page, and which of them is sent. */
async function both(renderer: PageRenderer, document: Given, width = 828) {
  const { type, bytes } = await renderer.image(...document, 1, width);
  return { type, size: bytes.length, bytes, png: (await renderer.png(...document, 1, width)).length };
}

Deno.test("page pictures: a scan is a JPEG, much smaller than the PNG; its page keeps its size", async () => {
  await withRenderer(async (renderer) => {
    const printed = readPng(await renderer.png(...await fixture(CONTRACT), 1, 828));
    const scan = await scanner();
    for (const [paper, times] of [["cream", 10], ["grey", 1.5]] as const) {
      const scanned = given(scannedPdf([scan(scanOf(printed, PAPERS[paper]))]));
      const { type, size, png, bytes } = await both(renderer, scanned);
      equal(type, "image/jpeg", paper);
      ok(size * times < png, `${paper}: ${size} beside ${png}`);
      equal(jpegWidth(bytes), 828);
    }
  });
});

Deno.test("page pictures: letters and lines are PNG, and what is sent is never the larger one", async () => {
  await withRenderer(async (renderer) => {
    const files = [CONTRACT, "contracts/fonts_not_embedded.pdf", "pdf/chromium.pdf", "pdf/reportlab.pdf"];
    for (const file of files) {
      const { type, size, png } = await both(renderer, await fixture(file));
      equal(type, "image/png", file);
      equal(size, png, file);
    }
  });
});

/** Width in the frame header (ITU-T T.81 §B.2.2). */
function jpegWidth(jpeg: Uint8Array): number {
  const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  equal(view.getUint16(0), 0xffd8);
  for (let at = 2;; at += 2 + view.getUint16(at + 2)) {
    const mark = view.getUint16(at);
    if (mark >= 0xffc0 && mark <= 0xffc2) return view.getUint16(at + 7);
    ok(mark > 0xff00);
  }
}
