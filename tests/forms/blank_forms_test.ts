import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { PDFArray, PDFDict, PDFDocument, type PDFField, PDFHexString, PDFName } from "pdf-lib";
import { loadFont } from "../../lib/adapters/fonts.ts";
import { FORM_KINDS, needsAnswer } from "../../lib/domain/consent_form.ts";
import { blankDocx } from "../../lib/forms/blank_docx.ts";
import { type BlankForm, blankForm, fieldName, rowTip } from "../../lib/forms/blank_form.ts";
import { blankXlsx } from "../../lib/forms/blank_xlsx.ts";
import { readConsent } from "../../lib/forms/read_consent.ts";
import { blankPdf } from "../../lib/pdf/blank_pdf.ts";
import { keyboardCharacters, takeCharacters } from "../../lib/pdf/form_font.ts";
import { beginDocument } from "../../lib/pdf/made_document.ts";

const RECEIVER = { addressee: "見本県知事 & <公所長>", mailTo: "keiyaku@bot.example.lg.jp" };

/** What is filled in, row by row. */
const VALUES = [
  "令和8年12月1日",
  "見本県知事",
  "見本県港市一丁目2番3号",
  "株式会社みなと文具",
  "代表取締役 港 太郎",
  "田中 花子",
  "03-0000-1234",
  "令和8年度 庁内事務用品単価契約",
  "港 太郎",
  "minato@minato-bungu.example.co.jp",
  "田中 花子",
  "tanaka@minato-bungu.example.co.jp",
];
const READ = {
  submittedOn: "2026-12-01",
  addressee: "見本県知事",
  contractName: VALUES[7],
  staff: "田中 花子",
  phone: "03-0000-1234",
  vendors: [{
    company: "株式会社みなと文具",
    postalAddress: "見本県港市一丁目2番3号",
    representative: "代表取締役 港 太郎",
    confirmers: [{ name: "港 太郎", address: VALUES[9] }, { name: "田中 花子", address: VALUES[11] }],
  }],
  cutOff: [],
};

/** What a further member of a 共同企業体 fills in. */
const MEMBERS = [
  [
    "見本県北市9番地",
    "北土木株式会社",
    "代表取締役 北 次郎",
    "北 次郎",
    "kita@kita.example.jp",
    "南 三郎",
    "minami@kita.example.jp",
  ],
  ["見本県東市1-1", "有限会社東組", "取締役 東 花", "東 花", "hana@higashi.example.jp", "", ""],
];

type Bytes = Uint8Array<ArrayBuffer>;

/** Puts a value in each empty place of one part of a zip. */
function filled(
  file: Bytes,
  part: string,
  place: RegExp,
  values: readonly string[],
  write: (value: string, place: string) => string,
): Bytes {
  const parts = unzipSync(file);
  let count = 0;
  const xml = strFromU8(parts[part]!).replace(place, (found) => {
    const value = values[count++] ?? "";
    return value === "" ? found : write(value, found);
  });
  ok(count >= values.length);
  return new Uint8Array(zipSync({ ...parts, [part]: strToU8(xml) }));
}

const FILLED: Readonly<
  Record<
    string,
    {
      blank: (form: BlankForm) => Promise<Bytes>;
      fill: (blank: Bytes, values: readonly string[]) => Promise<Bytes>;
    }
  >
> = {
  docx: {
    blank: (form) => Promise.resolve(blankDocx(form)),
    fill: (blank, values) =>
      Promise.resolve(
        filled(
          blank,
          "word/document.xml",
          /<w:showingPlcHdr\/>.*?<\/w:sdtContent>/gs,
          values,
          (value, place) =>
            place.replace("<w:showingPlcHdr/>", "").replace(/<w:t .*<\/w:t>/, `<w:t>${value}</w:t>`),
        ),
      ),
  },
  xlsx: {
    blank: (form) => Promise.resolve(blankXlsx(form)),
    fill: (blank, values) =>
      Promise.resolve(
        filled(blank, "xl/worksheets/sheet1.xml", /<c r="B\d+" s="4"\/>/g, values, (value, place) =>
          place.replace("/>", ` t="inlineStr"><is><t>${value}</t></is></c>`)),
      ),
  },
  pdf: {
    blank: async (form) => await blankPdf(form, await loadFont("sans"), ""),
    async fill(blank, values) {
      const document = await PDFDocument.load(blank);
      const form = document.getForm();
      form.getFields().forEach((field, index) => {
        if (values[index]) form.getTextField(field.getName()).setText(values[index]);
      });
      return new Uint8Array(await document.save({ updateFieldAppearances: false }));
    },
  },
};

const CASES = Object.entries(FILLED).flatMap(([ending, { blank, fill }]) =>
  FORM_KINDS.map((kind) => ({ ending, kind, fill, blank: () => blank(blankForm(kind, RECEIVER)) }))
);

for (const { ending, kind, blank, fill } of CASES) {
  const read = async (content: Bytes) =>
    await readConsent({ files: [{ filename: `同意書.${ending}`, content }], text: "" });

  Deno.test(`${kind}.${ending}: what is filled in is read back, every field`, async () => {
    const reading = await read(await fill(await blank(), VALUES));
    ok(reading.read);
    deepEqual(reading.form, { kind, ...READ });
    ok(!needsAnswer(reading.form));
  });

  Deno.test(`${kind}.${ending}: nothing that is printed on the form counts as filled in`, async () => {
    const reading = await read(await blank());
    ok(reading.read);
    const { kind: _, ...fields } = reading.form;
    const confirmers = [{ name: "", address: "" }];
    const vendors = [{ company: "", postalAddress: "", representative: "", confirmers }];
    const texts = { addressee: "", contractName: "", staff: "", phone: "" };
    deepEqual(fields, { submittedOn: null, ...texts, vendors, cutOff: [] });
  });

  Deno.test(`${kind}.${ending}: the same form gives the same bytes`, async () => {
    deepEqual(await blank(), await blank());
  });
}

for (const [ending, { blank, fill }] of Object.entries(FILLED)) {
  Deno.test(`construction.${ending}: the members of a 共同企業体 are read back, each with its confirmers`, async () => {
    const content = await fill(
      await blank(blankForm("construction", RECEIVER)),
      [...VALUES, ...MEMBERS.flat()],
    );
    const reading = await readConsent({ files: [{ filename: `同意書.${ending}`, content }], text: "" });
    ok(reading.read);
    const members = MEMBERS.map(([postalAddress, company, representative, ...confirmers]) => ({
      company,
      postalAddress,
      representative,
      confirmers: [confirmers.slice(0, 2), confirmers.slice(2)].filter(([name]) => name !== "")
        .map(([name, address]) => ({ name, address })),
    }));
    deepEqual(reading.form.vendors, [...READ.vendors, ...members]);
    ok(!needsAnswer(reading.form));
  });
}

/** Every field's name and tip, in order. */
const fieldsOf = (form: BlankForm) =>
  [...form.parts, ...form.members].flatMap((part) =>
    part.rows.map((row) => ({ name: fieldName(part, row), tip: rowTip(part, row) }))
  );

for (const [kind, pages] of [["goods-services", 1], ["construction", 2]] as const) {
  Deno.test(`${kind}.pdf: one named field a row, each told and reached in the order of the rows`, async () => {
    const blank = blankForm(kind, RECEIVER);
    const document = await PDFDocument.load(await FILLED["pdf"]!.blank(blank));
    equal(document.getPageCount(), pages);
    const fields = document.getForm().getFields();
    const tip = (field: PDFField) => field.acroField.dict.lookup(PDFName.of("TU"), PDFHexString).decodeText();
    deepEqual(fields.map((field) => ({ name: field.getName(), tip: tip(field) })), fieldsOf(blank));
    for (const page of document.getPages()) equal(page.node.get(PDFName.of("Tabs")), PDFName.of("S"));
    equal(document.catalog.get(PDFName.of("Metadata")), undefined);
  });
}

Deno.test("in the PDF's structure each field has its element, and finds it", async () => {
  const blank = blankForm("construction", RECEIVER);
  const { context, catalog } = await PDFDocument.load(await FILLED["pdf"]!.blank(blank));
  const name = PDFName.of.bind(PDFName);
  const root = catalog.lookup(name("StructTreeRoot"), PDFDict);
  const nums = root.lookup(name("ParentTree"), PDFDict).lookup(name("Nums"), PDFArray).asArray();
  const elements = context.enumerateIndirectObjects().flatMap(([ref, object]) =>
    object instanceof PDFDict && object.get(name("S")) === name("Form") ? [{ ref, object }] : []
  );
  equal(elements.length, fieldsOf(blank).length);
  for (const { ref, object } of elements) {
    const kid = object.lookup(name("K"), PDFArray).lookup(0, PDFDict);
    const widget = kid.lookup(name("Obj"), PDFDict);
    const key = nums.findIndex((each) => each.toString() === String(widget.get(name("StructParent"))));
    equal(nums[key + 1], ref);
  }
});

Deno.test("the PDF brings every character that may be typed, each with a glyph of its own", async () => {
  const characters = keyboardCharacters();
  for (const each of "Aｱあ亜腕弌熙髙﨑𠮷塚①㈱〒－＠") ok(characters.includes(each), each);
  const { embedded: font } = await beginDocument(await loadFont("sans"));
  takeCharacters(font, characters);
  const known = new Set(font.getCharacterSet());
  const drawn = [...characters].filter((each) => known.has(each.codePointAt(0)!));
  ok(drawn.length > 7_400);
  equal(new Set(drawn.map((each) => font.encodeText(each).toString())).size, drawn.length);
});
