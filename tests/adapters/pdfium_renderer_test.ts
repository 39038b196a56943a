import { ok, rejects, strictEqual as equal } from "node:assert/strict";
import { pdfiumRenderer, type RendererLimits } from "../../lib/adapters/pdfium_renderer.ts";
import { type PageRenderer, PortError } from "../../lib/ports.ts";
import {
  fixture,
  type Given,
  given,
  isFault,
  pageRendererConformance,
} from "../conformance/page_renderer.ts";
import { plainPdf } from "../support/plain_pdf.ts";

pageRendererConformance("PDFium", () => pdfiumRenderer());

/** So many fillings of the whole page take any machine far longer than a job may. */
const SLOW = plainPdf({ content: "0 0 595 842 re f\n".repeat(400_000) });

async function withRenderer(
  limits: Partial<RendererLimits>,
  use: (renderer: PageRenderer) => Promise<void>,
): Promise<void> {
  const renderer = pdfiumRenderer(limits);
  try {
    await use(renderer);
  } finally {
    await renderer.close();
  }
}

/** The same document, with a count of how often its content was asked for. */
function counted([name, content]: Given): { document: Given; reads: () => number } {
  let count = 0;
  const counting = () => {
    count++;
    return content();
  };
  return { document: [name, counting], reads: () => count };
}

Deno.test("PDFium: a page that takes too long is given up, and the next one is drawn", async () => {
  await withRenderer({ workers: 1, jobMs: 500 }, async (renderer) => {
    const slow = given(SLOW);
    await rejects(renderer.png(...slow, 1, 2_000), isFault("timeout", true));
    equal((await renderer.pages(...await fixture("pdf/libreoffice.pdf"))).length, 1);
  });
});

Deno.test("PDFium: a slow document does not hold up those of another worker", async () => {
  await withRenderer({ workers: 2, jobMs: 1_500 }, async (renderer) => {
    const [, content] = given(SLOW);
    const slow = rejects(renderer.png("0".repeat(64), content, 1, 2_000), isFault("timeout", true));
    let slowEnded = false;
    const ended = slow.then(() => slowEnded = true);
    const [, other] = await fixture("pdf/libreoffice.pdf");
    await renderer.pages(`${"0".repeat(7)}1${"0".repeat(56)}`, other);
    equal(slowEnded, false);
    await ended;
  });
});

Deno.test("PDFium: a document that wants more memory than it may have is given up", async () => {
  await withRenderer({ workers: 1, maxMemoryBytes: 40 * 1024 * 1024 }, async (renderer) => {
    await rejects(renderer.png(...await fixture("pdf/bomb-page.pdf"), 1, 3_000));
    equal((await renderer.pages(...await fixture("pdf/libreoffice.pdf"))).length, 1);
  });
});

Deno.test("PDFium: whatever is in a file, it is drawn or refused, and a good one is drawn after it", async () => {
  await withRenderer({ workers: 1, jobMs: 1_500, maxMemoryBytes: 128 * 1024 * 1024 }, async (renderer) => {
    const good = await fixture("pdf/libreoffice.pdf");
    for await (const { name } of Deno.readDir(new URL("../fixtures/pdf", import.meta.url))) {
      if (!name.endsWith(".pdf")) continue;
      const nasty = await fixture(`pdf/${name}`);
      const fates = await Promise.allSettled([
        renderer.pages(...nasty),
        renderer.image(...nasty, 1, 414),
        renderer.text(...nasty, 1),
      ]);
      for (const fate of fates) {
        if (fate.status === "rejected") ok(fate.reason instanceof PortError, `${name}: ${fate.reason}`);
      }
      if (fates.some(({ status }) => status === "rejected")) await renderer.pages(...good);
    }
  });
});

Deno.test("PDFium: a document is read once while it stays open", async () => {
  await withRenderer({ workers: 1 }, async (renderer) => {
    const { document, reads } = counted(await fixture("contracts/keiyakusho_itaku_6p.pdf"));
    await renderer.pages(...document);
    for (let page = 1; page <= 6; page++) await renderer.png(...document, page, 100);
    equal(reads(), 1);
  });
});

Deno.test("PDFium: the document unused for longest is closed when too many are open", async () => {
  await withRenderer({ workers: 1, openDocuments: { count: 2, bytes: 1e9 } }, async (renderer) => {
    const [a, b, c] = [100, 200, 300].map((width) => counted(given(plainPdf({ width }))));
    for (const each of [a, b, a, c, a, b]) await renderer.pages(...each!.document);
    equal(a!.reads(), 1);
    equal(b!.reads(), 2);
    equal(c!.reads(), 1);
  });
});

Deno.test("PDFium: documents are closed when they are too large together", async () => {
  await withRenderer({ workers: 1, openDocuments: { count: 9, bytes: 3_000_000 } }, async (renderer) => {
    const [a, b, c] = [100, 200, 300].map((width) =>
      counted(given(plainPdf({ width, ballast: width === 300 ? 9_000_000 : 1_000_000 })))
    );
    for (const each of [a, b, a, b, c, c, a]) await renderer.pages(...each!.document);
    equal(a!.reads(), 2);
    equal(b!.reads(), 1);
    equal(c!.reads(), 1);
  });
});

Deno.test("PDFium: the worker is replaced after its jobs, and when it rested", async () => {
  await withRenderer({ workers: 1, jobsPerWorker: 3, idleMs: 1 }, async (renderer) => {
    const { document, reads } = counted(await fixture("pdf/libreoffice.pdf"));
    await Promise.all(Array.from({ length: 7 }, () => renderer.pages(...document)));
    equal(reads(), 3);
    const before = reads();
    const deadline = performance.now() + 5_000;
    while (reads() === before && performance.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      await renderer.pages(...document);
    }
    ok(reads() > before);
  });
});

Deno.test("PDFium: documents above the limits are too large", async () => {
  await withRenderer({ workers: 1, maxDocumentBytes: 5_000, maxPages: 1 }, async (renderer) => {
    await rejects(renderer.pages(...given(plainPdf({ ballast: 5_000 }))), isFault("too_large"));
    await rejects(renderer.pages(...given(twoPages())), isFault("too_large"));
    equal((await renderer.pages(...given(plainPdf({})))).length, 1);
  });
});

Deno.test("PDFium: more waiting pages than allowed are turned away at once", async () => {
  await withRenderer({ workers: 1, maxWaiting: 2 }, async (renderer) => {
    const document = await fixture("pdf/libreoffice.pdf");
    const taken = [renderer.pages(...document), renderer.pages(...document)];
    await rejects(renderer.pages(...document), isFault("unavailable", true));
    await Promise.all(taken);
    equal((await renderer.pages(...document)).length, 1);
  });
});

function twoPages(): Uint8Array<ArrayBuffer> {
  const one = new TextDecoder("latin1").decode(plainPdf({}));
  return new TextEncoder().encode(one.replace("/Kids [3 0 R] /Count 1", "/Kids [3 0 R 3 0 R] /Count 2"));
}
