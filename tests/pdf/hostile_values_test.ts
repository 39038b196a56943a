/**
 * Values that no program writes: each was found by damaging PDFs at random (`tests/fuzz`), and once cost a reader
 * minutes or its life.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal, throws } from "node:assert/strict";
import { sealSignature } from "../../lib/pades/seal.ts";
import { joinBytes, memorySource } from "../../lib/pdf/byte_source.ts";
import { Budget } from "../../lib/pdf/budget.ts";
import { checkUpload } from "../../lib/pdf/check_upload.ts";
import { latin1, latin1Bytes } from "../../lib/pdf/characters.ts";
import { Lexer } from "../../lib/pdf/lexer.ts";
import { ObjectStream } from "../../lib/pdf/object_stream.ts";
import { openPdf } from "../../lib/pdf/pdf_file.ts";
import { handmadePdf, streamBody } from "../support/handmade_pdf.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const read = (text: string) => new Lexer(latin1Bytes(text)).value();

async function sealed(base: Bytes): Promise<Bytes> {
  const request = {
    field: "Sender",
    reason: "試験",
    at: "2026-11-24T01:00:00.000Z",
    signerName: "見本",
    reserveBytes: 64,
  };
  const made = () => Promise.resolve(Uint8Array.of(4, 1, 0));
  return joinBytes([base, (await sealSignature(memorySource(base), request, made)).bytes]);
}

Deno.test("a long run of digits that ends in a letter is read once, not once for each digit", () => {
  // A million digits took 20 minutes when each was looked at again for every other.
  const text = `${"1".repeat(1_000_000)}x`;
  deepEqual(read(`${text} `), { kind: "token", text });
});

Deno.test("a number that no double holds is kept as it stands and sealed along", async () => {
  const number = "9".repeat(400);
  deepEqual(read(`${number} `), { kind: "token", text: number });
  const file = await sealed(handmadePdf({ catalog: `/Huge ${number}` }));
  equal(latin1(file).split(`/Huge ${number}`).length, 3);
  openPdf(memorySource(file));
});

Deno.test("a number too large for a reference is none", () => {
  equal(read("99999999999999999999 0 R"), 99999999999999999999);
});

Deno.test("a text as long as a book in the catalog is sealed along", async () => {
  const text = "a".repeat(300_000);
  const file = await sealed(handmadePdf({ catalog: `/Book(${text})` }));
  equal(latin1(file).split(text).length, 3);
});

Deno.test("a cross-reference stream that promises more than it holds promises nothing", () => {
  const row = "\x01\x00\x00\x00";
  const base = handmadePdf();
  const start = base.length;
  const dict = `/Type/XRef/W[1 2 1]/Index[9 1 20 9007199254740991]/Size 30/Root 1 0 R/Prev ${xrefOf(base)}`;
  const more = `9 0 obj\n${streamBody(row, dict)}\nendobj\nstartxref\n${start}\n%%EOF\n`;
  const pdf = openPdf(memorySource(joinBytes([base, latin1Bytes(more)])));
  deepEqual(pdf.sections[0]?.runs, [[9, 1], [20, 0]]);
});

function xrefOf(bytes: Bytes): number {
  return Number(/startxref\n(\d+)/.exec(latin1(bytes))?.[1]);
}

const LIMITS = { maxPdfBytes: 50 << 20, maxPages: 100 };

/** A file whose cross-reference leads astray, with something between two objects. */
function shifted(between: string): Bytes {
  const text = latin1(handmadePdf({ objects: { 4: "(x)" } }));
  return latin1Bytes(text.replace("4 0 obj", `${between}\n4 0 obj`));
}

const mended = async (bytes: Bytes) => (await checkUpload(memorySource(bytes), LIMITS)).ok;

Deno.test("what is between objects is mended while it is short, and refused when it would take minutes", async () => {
  ok(await mended(shifted("% a note")));
  for (const run of ["1", " ", "%\n", "%"]) {
    ok(await mended(shifted(`x ${run.repeat(100)}`)), run);
    // Each of these kept the rewriting busy for minutes.
    ok(!await mended(shifted(`x ${run.repeat(200_000)}`)), run);
  }
});

/** A file whose cross-reference leads astray, with a stream in it. */
function shiftedWith(body: string): Bytes {
  const text = latin1(handmadePdf({ objects: { 4: body, 5: "/XRef" } }));
  return latin1Bytes(text.replace("5 0 obj", "% moved\n5 0 obj"));
}

Deno.test("a cross-reference stream that promises millions is no file to mend", async () => {
  const withEntries = (entries: string) => mended(shiftedWith(streamBody("\x01\x00\x00", entries)));
  ok(await withEntries("/Type/XRef/Size 4/W[1 1 1]"));
  ok(!await withEntries("/Type/XRef/Index[0 9 5 8388000]/Size 4/W[1 1 1]"));
  ok(!await withEntries("/Type/XRef/Size 8388000/W[1 1 1]"));
  ok(!await withEntries("/Type/XRef/Size 4/W[4294967296 1 1]"));
  ok(!await withEntries("/Type 5 0 R/Size 4/W[1 1 1]"));
});

Deno.test("an object stream whose objects lie upon each other is no file to mend", async () => {
  const overlapping = (count: number) => {
    const directory = Array.from({ length: count }, (_, place) => `${place + 10} ${place} `).join("");
    const data = `${directory}${"(".repeat(count)}${")".repeat(count)}`;
    return mended(shiftedWith(streamBody(data, `/Type/ObjStm/N ${count}/First ${directory.length}`)));
  };
  ok(await overlapping(30));
  ok(!await overlapping(30_000));
});

Deno.test("a wrong place in an object stream is found again at once, however often it is asked for", () => {
  const count = 60_000;
  const numbers = Array.from({ length: count }, (_, place) => place);
  const directory = numbers.map((number) => `${number} ${number * 2} `).join("");
  const dict = new Map([["N", count], ["First", directory.length]]);
  const stream = new ObjectStream(dict, latin1Bytes(directory + "1 ".repeat(count)), new Budget(count * 20));
  equal(numbers.every((number) => stream.object(number, count).value === 1), true);
  throws(() => stream.object(count, 0), { code: "bad_xref" });
});

Deno.test("a page that is a stream as well is none: an update would lose its data", async () => {
  const page = streamBody("BT ET", "/Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 3 0 R");
  const base = handmadePdf({ objects: { 3: page } });
  deepEqual(await checkUpload(memorySource(base), LIMITS), { ok: false, fault: "malformed" });
  await rejects(sealed(base), { code: "malformed" });
});

Deno.test("a catalog that is a stream as well is not written over", async () => {
  const base = handmadePdf({ objects: { 1: streamBody("BT ET", "/Type/Catalog/Pages 2 0 R") } });
  await rejects(sealed(base), { code: "malformed" });
});
