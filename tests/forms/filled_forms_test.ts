import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import fontkit from "@cantoo/fontkit";
import { PDFDocument } from "pdf-lib";
import { loadFont } from "../../lib/adapters/fonts.ts";
import { pdfiumRenderer } from "../../lib/adapters/pdfium_renderer.ts";
import { needsAnswer } from "../../lib/domain/consent_form.ts";
import { blankForm } from "../../lib/forms/blank_form.ts";
import { readConsent } from "../../lib/forms/read_consent.ts";
import { blankPdf } from "../../lib/pdf/blank_pdf.ts";
import { given } from "../conformance/page_renderer.ts";
import { type Area, inkIn, readPng } from "../support/png_image.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** The forms as real programs filled them in: `make.py` and `fill_pdfium.ts` in their folder. */
const FOLDER = new URL("../fixtures/forms/made/", import.meta.url);
const bytesOf = async (name: string): Promise<Bytes> => await Deno.readFile(new URL(name, FOLDER));
const VALUES: readonly string[] = JSON.parse(await Deno.readTextFile(new URL("values.json", FOLDER)));

const FILLED = [
  ["python-docx.docx", "cells set"],
  ["python-docx-runs.docx", "typed behind the content controls"],
  ["libreoffice.docx", "filled in by LibreOffice"],
  ["again-python-docx-runs.docx", "opened and saved again by LibreOffice"],
  ["printed-docx.pdf", "printed by LibreOffice"],
  ["openpyxl.xlsx", "cells set"],
  ["libreoffice.xlsx", "filled in by LibreOffice"],
  ["again-openpyxl.xlsx", "opened and saved again by LibreOffice"],
  ["printed-xlsx.pdf", "printed by LibreOffice"],
  ["pdfium.pdf", "typed in as in Chrome"],
  ["pypdf.pdf", "values, to be drawn by the viewer"],
  ["pypdf-drawn.pdf", "values, drawn by pypdf"],
  ["mutool.pdf", "values, drawn by MuPDF"],
  ["qpdf.pdf", "values alone"],
] as const;

async function read(name: string, content: Bytes) {
  const reading = await readConsent({ files: [{ filename: name, content }], text: "" });
  ok(reading.read);
  return reading.form;
}

const same = (text: string | undefined) => (text ?? "").normalize("NFKC").replaceAll(/\s/g, "");

for (const [name, how] of FILLED) {
  Deno.test(`${name} (${how}) is read, every field`, async () => {
    const form = await read(name, await bytesOf(name));
    equal(form.kind, "goods-services");
    equal(form.submittedOn, "2026-12-01");
    equal(form.vendors.length, 1);
    const [vendor] = form.vendors;
    const texts = [
      form.addressee,
      vendor?.postalAddress,
      vendor?.company,
      vendor?.representative,
      form.staff,
      form.phone,
      form.contractName,
      ...(vendor?.confirmers ?? []).flatMap(({ name, address }) => [name, address]),
    ];
    deepEqual(texts.map(same), VALUES.slice(1).map(same));
    ok(!needsAnswer(form));
  });
}

for (const name of ["blank-again.docx", "blank-again.xlsx"]) {
  Deno.test(`${name}: a blank form that LibreOffice opened and saved is blank`, async () => {
    const { vendors, kind, addressee, contractName, staff, phone } = await read(name, await bytesOf(name));
    equal(kind, "goods-services");
    deepEqual([addressee, contractName, staff, phone], ["", "", "", ""]);
    const confirmers = [{ name: "", address: "" }];
    deepEqual(vendors, [{ company: "", postalAddress: "", representative: "", confirmers }]);
  });
}

/** Where the fields are on the page, as fractions of it. */
async function areas(content: Bytes): Promise<Area[]> {
  const document = await PDFDocument.load(content);
  const { width, height } = document.getPage(0).getSize();
  return document.getForm().getFields().map((field) => {
    const box = field.acroField.getWidgets()[0]!.getRectangle();
    const top = 1 - (box.y + box.height) / height;
    const left = box.x / width;
    return { left, top, right: left + box.width / width, bottom: top + box.height / height };
  });
}

/** Dark pixels of each field, for each character in it, on a page 1,240 pixels wide. */
async function inkOfFields(content: Bytes): Promise<number[]> {
  const renderer = pdfiumRenderer();
  try {
    const image = readPng(await renderer.png(...given(content), 1, 1_240));
    return (await areas(content)).map((area, index) => {
      const pixels = (area.right - area.left) * (area.bottom - area.top) * image.width * image.height;
      return inkIn(image, area) * pixels / same(VALUES[index]).length;
    });
  } finally {
    await renderer.close();
  }
}

/** The form with the values written on the page itself, for comparison. */
async function written(): Promise<Bytes> {
  const form = blankForm("goods-services", { addressee: "見本県知事", mailTo: "keiyaku@bot.example.lg.jp" });
  const document = await PDFDocument.load(await blankPdf(form, await loadFont("sans"), ""));
  document.registerFontkit(fontkit);
  const font = await document.embedFont(await loadFont("sans"), { subset: true });
  const page = document.getPage(0);
  for (const [index, field] of document.getForm().getFields().entries()) {
    const { x, y } = field.acroField.getWidgets()[0]!.getRectangle();
    page.drawText(VALUES[index]!, { x: x + 2, y: y + 8, size: 10.5, font });
  }
  return new Uint8Array(await document.save({ updateFieldAppearances: false }));
}

Deno.test("what each program filled in is seen in a viewer, every character", async () => {
  const expected = await inkOfFields(await written());
  for (const name of ["pdfium.pdf", "pypdf.pdf", "pypdf-drawn.pdf", "mutool.pdf", "qpdf.pdf"]) {
    const ink = await inkOfFields(await bytesOf(name));
    // Question marks or empty boxes would be less than half of it.
    for (const [index, pixels] of ink.entries()) {
      const share = pixels / expected[index]!;
      ok(share > 0.75 && share < 1.4, `${name}: ${VALUES[index]}: ${share.toFixed(2)}`);
    }
  }
});

Deno.test("a blank form shows nothing where it is to be filled in", async () => {
  const form = blankForm("goods-services", { addressee: "見本県知事", mailTo: "keiyaku@bot.example.lg.jp" });
  const ink = await inkOfFields(await blankPdf(form, await loadFont("sans"), ""));
  deepEqual(ink, VALUES.map(() => 0));
});
