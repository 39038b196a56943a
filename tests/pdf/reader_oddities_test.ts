import { deepStrictEqual as deepEqual, ok, strictEqual as equal, throws } from "node:assert/strict";
import { deflateSync } from "node:zlib";
import { memorySource } from "../../lib/pdf/byte_source.ts";
import { latin1, latin1Bytes } from "../../lib/pdf/characters.ts";
import { formFields } from "../../lib/pdf/form_fields.ts";
import { pagesOf } from "../../lib/pdf/page_tree.ts";
import { openPdf } from "../../lib/pdf/pdf_file.ts";
import { isRef, isString, refTo } from "../../lib/pdf/values.ts";
import { GrowingPdf, signaturesIn } from "../support/growing_pdf.ts";
import { handmadePdf, streamBody } from "../support/handmade_pdf.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const open = (bytes: Bytes) => openPdf(memorySource(bytes));

/** Opens, has one page, and two signatures can be put on that keep every byte before them. */
async function signsTwice(bytes: Bytes, why: string): Promise<void> {
  equal([...pagesOf(open(bytes))].length, 1, why);
  const grown = await (await new GrowingPdf(bytes).sign("A")).sign("B");
  const whole = grown.whole();
  deepEqual(whole.subarray(0, bytes.length), bytes, why);
  deepEqual(signaturesIn(whole).map(({ name, echoes }) => [name, echoes]), [["A", true], ["B", true]], why);
}

Deno.test("any line end is read, and every version", async () => {
  for (const eol of ["\n", "\r", "\r\n"]) await signsTwice(handmadePdf({ eol }), JSON.stringify(eol));
  for (const version of ["1.3", "1.4", "1.5", "1.6", "1.7", "2.0"]) {
    await signsTwice(handmadePdf({ version }), version);
  }
});

Deno.test("entries of 18, 19 and 20 bytes are read", async () => {
  for (const entryEnd of ["\n", " \n", "\r\n", " \r", "\r"]) {
    await signsTwice(handmadePdf({ entryEnd }), JSON.stringify(entryEnd));
  }
});

Deno.test("white space at a place pointed at is passed, before objects, table and stream", async () => {
  const text = latin1(handmadePdf());
  const early = text.replace(/\d{10}(?= 00000 n)/g, (place) => String(Number(place) - 1).padStart(10, "0"));
  await signsTwice(latin1Bytes(early), "objects");
  const xref = text.lastIndexOf("xref\n0 1");
  await signsTwice(latin1Bytes(text.replace(`startxref\n${xref}`, `startxref\n${xref - 1}`)), "table");
  const asStream = withXrefStream();
  await signsTwice(asStream, "stream");
  const at = /startxref\n(\d+)/.exec(latin1(asStream))![1]!;
  await signsTwice(
    latin1Bytes(latin1(asStream).replace(`startxref\n${at}`, `startxref\n${Number(at) - 1}`)),
    "before the stream",
  );
});

/** A one-page file found through an uncompressed cross-reference stream, which more entries may describe. */
function withXrefStream(entries = "", data: (plain: string) => string = (plain) => plain): Bytes {
  const text = latin1(handmadePdf()).split("xref\n0 1")[0]!;
  const rows = [1, 2, 3].map((number) => text.indexOf(`\n${number} 0 obj`) + 1);
  const plain = [...rows, text.length].map((at) => String.fromCharCode(1, at >> 8, at & 255, 0)).join("");
  const stream = streamBody(data(plain), `/Type/XRef/Size 5/Root 1 0 R/W[1 2 1]/Index[1 4]${entries}`);
  return latin1Bytes(`${text}4 0 obj\n${stream}\nendobj\nstartxref\n${text.length}\n%%EOF\n`);
}

Deno.test("generations above 0 are read, and kept by whoever changes the object", async () => {
  const bytes = handmadePdf({
    generations: { 1: 2, 3: 7 },
    objects: { 2: "<</Type/Pages/Kids[3 7 R]/Count 1>>" },
  });
  const whole = latin1Bytes(latin1(bytes).replace("/Root 1 0 R", "/Root 1 2 R"));
  await signsTwice(whole, "generations");
  const grown = latin1((await new GrowingPdf(whole).sign("A")).tails[0]!.bytes);
  ok(/^3 7 obj/m.test(grown) && /^1 2 obj/m.test(grown));
  ok(/^\d{10} 00007 n/m.test(grown) && /^\d{10} 00002 n/m.test(grown));
});

Deno.test("kids, annotations, fields and types may be objects of their own", async () => {
  const bytes = handmadePdf({
    catalog: "/AcroForm 7 0 R",
    page: "/Annots 5 0 R",
    objects: {
      2: "<</Type 10 0 R/Kids 4 0 R/Count 1>>",
      4: "[3 0 R]",
      5: "[6 0 R]",
      6: "<</Type/Annot/Subtype/Widget/FT/Tx/T(old)/Rect[0 0 1 1]>>",
      7: "<</Fields 8 0 R>>",
      8: "[6 0 R]",
      9: "(spare)",
      10: "/Pages",
    },
  });
  await signsTwice(latin1Bytes(latin1(bytes)), "indirect");
  const whole = (await new GrowingPdf(bytes).sign("A")).whole();
  deepEqual([...formFields(open(whole))].map(({ name }) => name), ["old", "A"]);
});

Deno.test("the first update turns dictionaries in /Annots and /Fields into objects, the second adds none", async () => {
  const bytes = handmadePdf({
    catalog: "/AcroForm<</Fields[<</FT/Tx/T(direct)>>]>>",
    page: "/Annots[null<</Type/Annot/Subtype/Text/Rect[0 0 1 1]/Contents(note)>>]",
    trailer: "/Info<</Title(direct)>>",
  });
  const once = await new GrowingPdf(bytes).sign("A");
  const pdf = open(once.whole());
  const page = [...pagesOf(pdf)][0]!;
  for (const list of [page.dict.get("Annots"), pdf.dict(pdf.catalog.get("AcroForm"))?.get("Fields")]) {
    const items = pdf.array(list)!;
    equal(items.length, 2);
    ok(items.every(isRef));
  }
  deepEqual([...formFields(pdf)].map(({ name }) => name), ["direct", "A"]);
  const info = pdf.trailer.get("Info");
  ok(isRef(info) && isString(pdf.dict(info)?.get("Title")));
  equal(latin1((await once.sign("B")).tails[1]!.bytes).includes("(note)"), false);
});

Deno.test("objects in streams of which one extends another are found", () => {
  const body = (inside: string, entries: string) => streamBody(inside, `/Type/ObjStm/N 1/First 4${entries}`);
  const text = latin1(handmadePdf({
    objects: { 4: body("6 0 (base)", ""), 5: body("7 0 [6 0 R]", "/Extends 4 0 R") },
  })).split("xref\n0 1")[0]!;
  const at = (number: number) => text.indexOf(`\n${number} 0 obj`) + 1;
  const row = (kind: number, second: number) => String.fromCharCode(kind, second >> 8, second & 255, 0);
  const rows = [1, 2, 3, 4, 5].map((number) => row(1, at(number))).join("");
  const data = `${rows}${row(2, 4)}${row(2, 5)}${row(1, text.length)}`;
  const xref = streamBody(data, "/Type/XRef/Size 9/Root 1 0 R/W[1 2 1]/Index[1 8]");
  const pdf = open(latin1Bytes(`${text}8 0 obj\n${xref}\nendobj\nstartxref\n${text.length}\n%%EOF\n`));
  const [item] = pdf.array(refTo(7))!;
  deepEqual(pdf.resolve(item), { kind: "string", bytes: latin1Bytes("base") });
});

Deno.test("a hybrid file as Word writes it: an empty second table that points at the stream", async () => {
  const objects = latin1(
    handmadePdf({ objects: { 4: streamBody("6 0 (hidden)", "/Type/ObjStm/N 1/First 4") } }),
  )
    .split("xref\n0 1")[0]!;
  const at = (number: number) => objects.indexOf(`\n${number} 0 obj`) + 1;
  const row = (kind: number, second: number) => String.fromCharCode(kind, second >> 8, second & 255, 0);
  const rows = `${[1, 2, 3, 4].map((number) => row(1, at(number))).join("")}${row(1, objects.length)}${
    row(2, 4)
  }`;
  const hidden = `5 0 obj\n${streamBody(rows, "/Type/XRef/Size 7/Root 1 0 R/W[1 2 1]/Index[1 6]")}\nendobj\n`;
  const table = objects.length + hidden.length;
  const entries = [1, 2, 3, 4].map((number) => `${String(at(number)).padStart(10, "0")} 00000 n\r\n`).join(
    "",
  );
  const first = `${objects}${hidden}xref\n0 7\n0000000005 65535 f\r\n${entries}` +
    "0000000006 65535 f\r\n0000000000 65535 f\r\n" +
    `trailer\n<</Size 7/Root 1 0 R>>\nstartxref\n${table}\n%%EOF\n`;
  const bytes = latin1Bytes(
    `${first}xref\n0 0\ntrailer\n<</Size 7/Root 1 0 R/Prev ${table}/XRefStm ${objects.length}>>\n` +
      `startxref\n${first.length}\n%%EOF`,
  );
  deepEqual(open(bytes).resolve(refTo(6)), { kind: "string", bytes: latin1Bytes("hidden") });
  await signsTwice(bytes, "Word");
});

Deno.test("an object that is larger than any need be, or holds more values, is refused", () => {
  const pdf = open(handmadePdf({
    objects: { 4: `(${"x".repeat(9 << 20)})`, 5: `(${"x".repeat(1 << 20)})`, 6: `[${"1 ".repeat(300_000)}]` },
  }));
  throws(() => pdf.object(4), { code: "malformed" });
  throws(() => pdf.object(6), { code: "bomb" });
  ok(isString(pdf.resolve(refTo(5))));
});

Deno.test("an old trailer that names an encryption is enough, one that names none is not", () => {
  const older = (entry: string) => {
    const first = latin1(handmadePdf({ trailer: entry }));
    const previous = first.lastIndexOf("xref\n0 1");
    return latin1Bytes(
      `${first}xref\n0 0\ntrailer<</Size 4/Root 1 0 R/Prev ${previous}>>\nstartxref\n${first.length}\n%%EOF\n`,
    );
  };
  throws(() => open(older("/Encrypt 2 0 R")), { code: "encrypted" });
  equal([...pagesOf(open(older("/Encrypt null")))].length, 1);
});

Deno.test("a /Prev of 0 ends the chain, and the highest /Size of all sections counts", async () => {
  await signsTwice(handmadePdf({ trailer: "/Prev 0" }), "Prev");
  const first = latin1(handmadePdf()).replace("/Size 4", "/Size 40");
  const previous = first.lastIndexOf("xref\n0 1");
  const later =
    `xref\n0 0\ntrailer<</Size 4/Root 1 0 R/Prev ${previous}>>\nstartxref\n${first.length}\n%%EOF\n`;
  const bytes = latin1Bytes(first + later);
  equal(open(bytes).nextNumber, 40);
  await signsTwice(bytes, "Size");
});

Deno.test("an object may be empty, and a number may touch its endobj", () => {
  const pdf = open(latin1Bytes(
    latin1(handmadePdf({ objects: { 4: "", 5: "17", 6: "-1.5", 7: "(last)" } }))
      .replace("17\nendobj", "17endobj\n").replace("-1.5\nendobj", "-1.5endobj\n"),
  ));
  deepEqual([4, 5, 6].map((number) => pdf.resolve(refTo(number))), [null, 17, -1.5]);
});

Deno.test("cross-reference streams are read with any predictor that the standard knows", async () => {
  const plain = (rows: string) => rows;
  await signsTwice(withXrefStream("/DecodeParms<</Predictor 1>>", plain), "none");
  const up = "/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 4>>";
  await signsTwice(withXrefStream(up, (rows) => packed(pngUp(rows, 4))), "PNG");
  const wide = "/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 2/Colors 2/BitsPerComponent 8>>";
  await signsTwice(withXrefStream(wide, (rows) => packed(pngSub(rows, 4, 2))), "PNG, two colours");
  const tiff = "/Filter/FlateDecode/DecodeParms<</Predictor 2/Columns 4>>";
  await signsTwice(withXrefStream(tiff, (rows) => packed(tiffRows(rows, 4))), "TIFF");
  throws(() => open(withXrefStream("/Filter/FlateDecode/DecodeParms<</Predictor 9>>", packed)), {
    code: "bad_xref",
  });
});

/** Bytes, one a character, through a function of bytes. */
function mapped(text: string, change: (bytes: Bytes) => Iterable<number>): string {
  return latin1(Uint8Array.from(change(latin1Bytes(text))));
}

const packed = (text: string) => mapped(text, (bytes) => deflateSync(bytes));

/** Rows of `width` bytes as PNG predicts them from the row above. */
function pngUp(text: string, width: number): string {
  return mapped(
    text,
    (bytes) =>
      Array.from({ length: bytes.length / width }, (_, row) => row * width).flatMap((start) => [
        2,
        ...Array.from(
          bytes.subarray(start, start + width),
          (byte, x) => byte - (bytes[start + x - width] ?? 0),
        ),
      ]),
  );
}

/** Rows as PNG predicts them from the pixel to the left, `step` bytes before. */
function pngSub(text: string, width: number, step: number): string {
  return mapped(
    text,
    (bytes) =>
      Array.from({ length: bytes.length / width }, (_, row) => row * width).flatMap((start) => [
        1,
        ...Array.from(
          bytes.subarray(start, start + width),
          (byte, x) => byte - (x < step ? 0 : bytes[start + x - step]!),
        ),
      ]),
  );
}

/** Rows as TIFF predicts them: each byte less the one before it. */
function tiffRows(text: string, width: number): string {
  return mapped(text, (bytes) => bytes.map((byte, x) => byte - (x % width === 0 ? 0 : bytes[x - 1]!)));
}
