import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import { type DiskShelf, diskShelf } from "../../lib/adapters/disk_shelf.ts";
import { keptRenderer } from "../../lib/adapters/kept_renderer.ts";
import { pdfiumRenderer } from "../../lib/adapters/pdfium_renderer.ts";
import { type PageRenderer, PortError } from "../../lib/ports.ts";
import { fixture, type Given, isFault, pageRendererConformance } from "../conformance/page_renderer.ts";
import { SILENT } from "../support/silent_log.ts";

const FOLDER = await Deno.makeTempDir({ prefix: "warifu-kept-" });
Deno.test.afterAll(() => Deno.remove(FOLDER, { recursive: true }));

const freshShelf = (): DiskShelf => diskShelf(`${FOLDER}/${crypto.randomUUID()}`, 1e9, SILENT);

pageRendererConformance("kept PDFium", () => keptRenderer(pdfiumRenderer({ workers: 1 }), freshShelf()));

/** A renderer that counts what is asked of it. */
function counting(): PageRenderer & { asked: string[] } {
  const asked: string[] = [];
  const answer = <T>(what: string, value: T) => {
    asked.push(what);
    return Promise.resolve(value);
  };
  return {
    asked,
    pages: () => answer("pages", [{ width: 595, height: 842 }]),
    png: (_pdf, _content, page, width) => answer(`png ${page} ${width}`, Uint8Array.of(0x89, page)),
    image: (_pdf, _content, page) =>
      answer("image", { type: "image/jpeg", bytes: Uint8Array.of(0xff, page) }),
    text: (_pdf, _content, page) => answer("text", `${page}ページ目`),
    close: () => Promise.resolve(),
  };
}

const all = (renderer: PageRenderer, document: Given) =>
  Promise.all([
    renderer.pages(...document),
    renderer.png(...document, 1, 828),
    renderer.image(...document, 2, 828),
    renderer.text(...document, 1),
  ]);

Deno.test("kept renderer: nothing is made twice, not even by the next process", async () => {
  const document = await fixture("contracts/keiyakusho_buppin.pdf");
  const shelf = freshShelf();
  const first = counting();
  const kept = keptRenderer(first, shelf);
  const answers = await all(kept, document);
  deepEqual(await all(kept, document), answers);
  const second = counting();
  deepEqual(await all(keptRenderer(second, shelf), document), answers);
  equal(first.asked.length, 4);
  deepEqual(second.asked, []);
});

Deno.test("kept renderer: who asks for what is being made waits for it", async () => {
  const document = await fixture("contracts/keiyakusho_buppin.pdf");
  const renderer = counting();
  const kept = keptRenderer(renderer, diskShelf("", 0, SILENT));
  const [one, other] = await Promise.all([kept.image(...document, 1, 828), kept.image(...document, 1, 828)]);
  equal(one, other);
  deepEqual(renderer.asked, ["image"]);
  await kept.image(...document, 1, 828);
  equal(renderer.asked.length, 2);
});

Deno.test("kept renderer: a failure is not kept", async () => {
  const document = await fixture("contracts/keiyakusho_buppin.pdf");
  const renderer = counting();
  const busy = new PortError("unavailable", "Cannot draw", { retryable: true });
  const kept = keptRenderer({ ...renderer, text: () => Promise.reject(busy) }, freshShelf());
  await rejects(kept.text(...document, 1), isFault("unavailable", true));
  await rejects(kept.text(...document, 1), isFault("unavailable", true));
});
