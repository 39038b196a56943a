/**
 * What every `PageRenderer` must do. Run by the test of each adapter.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import { createHash } from "node:crypto";
import { type PageRenderer, PortError, type PortFault } from "../../lib/ports.ts";
import { plainPdf } from "../support/plain_pdf.ts";
import { inkIn, readPng } from "../support/png_image.ts";

const FIXTURES = new URL("../fixtures/", import.meta.url);

/** A document as the port takes it: its name, and its content when asked for. */
export type Given = readonly [string, () => Promise<Uint8Array<ArrayBuffer>>];

/** Bytes as the port takes them. */
export function given(bytes: Uint8Array<ArrayBuffer>): Given {
  return [createHash("sha256").update(bytes).digest("hex"), () => Promise.resolve(new Uint8Array(bytes))];
}

/** A file under `tests/fixtures/` as the port takes it. */
export async function fixture(path: string): Promise<Given> {
  return given(await Deno.readFile(new URL(path, FIXTURES)));
}

/** Whether an error is the port's, of this code, and whether another try may help. */
export function isFault(code: PortFault, retryable = false): (error: unknown) => boolean {
  return (error) => error instanceof PortError && error.code === code && error.retryable === retryable;
}

// By LibreOffice, Chromium, ReportLab, pdf-lib; with object streams, linearized, signed, and with rows appended.
const CONTRACTS: readonly (readonly [file: string, pages: number, words: string])[] = [
  ["contracts/keiyakusho_buppin.pdf", 2, "物品購入（単価）契約書"],
  ["contracts/keiyakusho_kouji.pdf", 2, "契約書"],
  ["contracts/keiyakusho_itaku_6p.pdf", 6, "業務委託契約書"],
  ["contracts/fonts_not_embedded.pdf", 1, "業務委託契約書"],
  ["pdf/chromium.pdf", 1, "物品購入契約書"],
  ["pdf/libreoffice-pdfa2.pdf", 1, "これは契約書です。"],
  ["pdf/linearized.pdf", 1, "これは契約書です。"],
  ["pdf/reportlab.pdf", 2, "物品購入契約書"],
  ["pdf/pdf-lib-objstm.pdf", 1, "Contract page 1"],
  ["pdf/signed-lta-renewed.pdf", 1, "Contract page 1"],
];

/** Registers the suite for one adapter; `open` starts a new one each time. */
export function pageRendererConformance(adapter: string, open: () => PageRenderer): void {
  const test = (behaviour: string, body: (renderer: PageRenderer) => Promise<void>) =>
    Deno.test(`${adapter}: ${behaviour}`, async () => {
      const renderer = open();
      try {
        await body(renderer);
      } finally {
        await renderer.close();
      }
    });

  test("contracts of many producers have pages, ink and text", async (renderer) => {
    for (const [file, pages, words] of CONTRACTS) {
      const document = await fixture(file);
      equal((await renderer.pages(...document)).length, pages, file);
      ok(inkIn(readPng(await renderer.png(...document, 1, 620))) > 0.0005, file);
      ok((await renderer.text(...document, 1)).includes(words), file);
    }
  });

  test("an image is as wide as asked for, in the page's proportions", async (renderer) => {
    const document = given(plainPdf({ width: 842, height: 595 }));
    deepEqual(await renderer.pages(...document), [{ width: 842, height: 595 }]);
    const { width, height } = readPng(await renderer.png(...document, 1, 1240));
    deepEqual({ width, height }, { width: 1240, height: 876 });
  });

  test("Japanese text is drawn though its fonts are not in the file", async (renderer) => {
    const image = readPng(await renderer.png(...await fixture("contracts/fonts_not_embedded.pdf"), 1, 1240));
    const mincho = { left: 0.17, top: 0.098, right: 0.4, bottom: 0.11 };
    const gothic = { left: 0.17, top: 0.514, right: 0.4, bottom: 0.527 };
    for (const area of [mincho, gothic]) ok(inkIn(image, area) > 0.08, JSON.stringify(area));
  });

  test("lines of text are apart and hold no control characters", async (renderer) => {
    const text = await renderer.text(...await fixture("contracts/keiyakusho_itaku_6p.pdf"), 1);
    ok(text.split("\n").length > 10);
    // deno-lint-ignore no-control-regex
    ok(!/[\u0000-\u0009\u000b-\u001f\ufffe]/.test(text));
  });

  test("what can't be drawn is corrupt, and the next document is drawn", async (renderer) => {
    const good = await fixture("pdf/libreoffice.pdf");
    for (
      const name of ["empty", "not-a-pdf", "no-pages", "no-root", "pages-cycle", "truncated-body", "no-xref"]
    ) {
      await rejects(renderer.pages(...await fixture(`pdf/${name}.pdf`)), isFault("corrupt"), name);
      equal((await renderer.pages(...good)).length, 1);
    }
    await rejects(renderer.pages(...await fixture("pdf/encrypted-user-aes256.pdf")), isFault("corrupt"));
  });

  test("a page that isn't there is not found", async (renderer) => {
    const document = await fixture("pdf/libreoffice.pdf");
    await rejects(renderer.png(...document, 2, 100), isFault("not_found"));
    await rejects(renderer.text(...document, 2), isFault("not_found"));
    for (const page of [0, -1, 1.5, NaN]) await rejects(renderer.png(...document, page, 100), RangeError);
    for (const width of [0, -5, 0.5, Infinity]) {
      await rejects(renderer.png(...document, 1, width), RangeError);
    }
  });

  test("a page of absurd proportions is made small enough", async (renderer) => {
    for (const [width, height] of [[10, 14_400], [14_400, 10], [14_400, 14_400], [0.01, 14_400]] as const) {
      const image = readPng(await renderer.png(...given(plainPdf({ width, height })), 1, 20_000));
      ok(image.width * image.height <= 12_000_000 && image.width >= 1 && image.height >= 1);
    }
  });

  test("a file of fifty megabytes is drawn", async (renderer) => {
    const large = given(
      plainPdf({ content: "BT /F1 90 Tf 20 400 Td (Contract) Tj ET", ballast: 50_000_000 }),
    );
    ok(inkIn(readPng(await renderer.png(...large, 1, 400))) > 0.005);
    equal(await renderer.text(...large, 1), "Contract");
  });

  test("colour stays colour", async (renderer) => {
    const page = plainPdf({ width: 100, height: 100, content: "0.8 0.1 0.1 rg 25 25 50 50 re f" });
    const { rgb, width } = readPng(await renderer.png(...given(page), 1, 100));
    deepEqual([...rgb.subarray((50 * width + 50) * 3, (50 * width + 50) * 3 + 3)], [204, 26, 26]);
    deepEqual([...rgb.subarray(0, 3)], [255, 255, 255]);
  });

  test("many questions at once are all answered", async (renderer) => {
    const documents = await Promise.all(CONTRACTS.map(([file]) => fixture(file)));
    const wanted = [...documents, ...documents, ...documents];
    const images = await Promise.all(wanted.map((document) => renderer.png(...document, 1, 200)));
    for (const image of images) equal(readPng(image).width, 200);
  });

  test("when the content can't be had, that error comes through", async (renderer) => {
    const [name] = await fixture("pdf/libreoffice.pdf");
    const gone = () => Promise.reject(new PortError("not_found", "Cannot read", { retryable: false }));
    await rejects(renderer.pages(name, gone), isFault("not_found"));
  });

  test("a closed renderer answers no more", async (renderer) => {
    const document = await fixture("contracts/keiyakusho_itaku_6p.pdf");
    await renderer.pages(...document);
    const refused = rejects(renderer.png(...document, 1, 3_000), isFault("unavailable", true));
    await new Promise((resolve) => setTimeout(resolve));
    await renderer.close();
    await refused;
    await rejects(renderer.pages(...document), isFault("unavailable", true));
  });
}
