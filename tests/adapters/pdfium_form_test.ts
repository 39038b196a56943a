import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { pdfiumRenderer } from "../../lib/adapters/pdfium_renderer.ts";
import { given } from "../conformance/page_renderer.ts";
import { type HandmadePdf, handmadePdf, streamBody } from "../support/handmade_pdf.ts";
import { readPng } from "../support/png_image.ts";

/** Draws the page, 200 pixels wide: a pixel for each point. */
async function drawn(pdf: HandmadePdf) {
  const renderer = pdfiumRenderer();
  try {
    const { width, rgb } = readPng(await renderer.png(...given(handmadePdf(pdf)), 1, 200));
    equal(width, 200);
    return (x: number, y: number) => [...rgb.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)];
  } finally {
    await renderer.close();
  }
}

const FIELD = "/Type/Annot/Subtype/Widget/FT/Tx/T(a)/P 3 0 R/Rect[50 50 150 150]";
const WHITE = [255, 255, 255];
const form = (field: string, objects: Record<number, string>, more = ""): HandmadePdf => ({
  catalog: `/AcroForm<</Fields[4 0 R]${more}>>`,
  page: "/Annots[4 0 R]",
  objects: { 4: `<<${FIELD}${field}>>`, ...objects },
});

Deno.test("PDFium: a field is drawn as it looks, over the page", async () => {
  const look = streamBody("1 0 0 rg 0 0 100 100 re f", "/Type/XObject/Subtype/Form/BBox[0 0 100 100]");
  const pixel = await drawn(form("/AP<</N 5 0 R>>", { 5: look }));
  deepEqual(pixel(100, 100), [255, 0, 0]);
  deepEqual(pixel(20, 20), WHITE);
});

Deno.test("PDFium: a value without a look of its own is drawn too, when the form asks for it", async () => {
  const font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";
  const asks = "/NeedAppearances true/DR<</Font<</F 5 0 R>>>>";
  const blank = await drawn(form("/DA(/F 40 Tf 0 g)", { 5: font }, asks));
  const filled = await drawn(form("/DA(/F 40 Tf 0 g)/V(HHHH)", { 5: font }, asks));
  const ink = (pixel: typeof filled) =>
    Array.from({ length: 10_000 }, (_, at) => pixel(50 + at % 100, 50 + Math.floor(at / 100)))
      .filter(([red]) => red! < 128).length;
  equal(ink(blank), 0);
  ok(ink(filled) > 200);
});

Deno.test("PDFium: what is filled in follows the page's text, unless it is hidden", async () => {
  const textOf = async (pdf: HandmadePdf) => {
    const renderer = pdfiumRenderer();
    try {
      return await renderer.text(...given(handmadePdf(pdf)), 1);
    } finally {
      await renderer.close();
    }
  };
  const value = "/V<FEFF7532 4E59>";
  equal((await textOf(form(value, {}))).trim(), "甲乙");
  equal((await textOf(form(`${value}/F 2`, {}))).trim(), "");
  equal((await textOf(form("", {}))).trim(), "");
});
