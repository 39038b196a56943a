import { deepStrictEqual as deepEqual, ok, strictEqual as equal, throws } from "node:assert/strict";
import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { UnreadableError } from "../../lib/domain/unreadable.ts";
import { memorySource, prefixOf } from "../../lib/pdf/byte_source.ts";
import { latin1, latin1Bytes } from "../../lib/pdf/characters.ts";
import { checkUpload } from "../../lib/pdf/check_upload.ts";
import { pagesOf } from "../../lib/pdf/page_tree.ts";
import { openPdf } from "../../lib/pdf/pdf_file.ts";
import { refTo } from "../../lib/pdf/values.ts";
import type { ByteSource } from "../../lib/ports.ts";
import { handmadePdf, streamBody } from "../support/handmade_pdf.ts";
import { pdfFixture, pdfPolicies, sealablePdfs } from "../support/pdf_fixtures.ts";

const open = (bytes: Uint8Array<ArrayBuffer>) => openPdf(memorySource(bytes));
const refuses = (bytes: Uint8Array<ArrayBuffer>, code: string) =>
  throws(() => open(bytes), { name: "UnreadableError", code });

Deno.test("every kind of cross-reference leads to the pages", () => {
  const pages = Object.fromEntries(
    sealablePdfs().map((file) => [file, [...pagesOf(open(pdfFixture(file)))].length]),
  );
  for (const file of ["pdf-lib.pdf", "object-streams.pdf", "hybrid.pdf", "linearized.pdf", "pdf20.pdf"]) {
    equal(pages[file], 1, file);
  }
  equal(pages["reportlab.pdf"], 2);
  equal(pages["many-pages.pdf"], 1500);
});

Deno.test("a hybrid file shows its hidden objects", () => {
  const pdf = open(pdfFixture("hybrid.pdf"));
  equal(pdf.sections.length, 1);
  ok([...pdf.numbers()].some((number) => pdf.entry(number)?.in === "stream"));
});

Deno.test("sections are those of the revisions, newest first, and an earlier revision opens alone", () => {
  const bytes = pdfFixture("three-revisions.pdf");
  const pdf = open(bytes);
  deepEqual(pdf.sections.map(({ kind }) => kind), ["table", "table", "table"]);
  equal(pdf.sections[0]?.offset, pdf.startxref);
  const ends = [...latin1(bytes).matchAll(/%%EOF\n/g)].map((match) => match.index + match[0].length);
  equal(ends.length, 3);
  ends.forEach((end, index) => {
    const earlier = openPdf(prefixOf(memorySource(bytes), end));
    deepEqual(earlier.sections, pdf.sections.slice(2 - index));
  });
});

Deno.test("the newest version of an object counts, and a freed one is gone", () => {
  const first = latin1(handmadePdf({ objects: { 4: "(old)", 5: "(gone)" } }));
  const previous = first.lastIndexOf("xref\n0 1");
  const object = first.length;
  const update = "4 0 obj (new) endobj\n";
  const xref = object + update.length;
  const table = `xref\n4 2\n${String(object).padStart(10, "0")} 00000 n \n0000000000 00001 f \n`;
  const pdf = open(
    latin1Bytes(
      `${first}${update}${table}trailer<</Size 6/Root 1 0 R/Prev ${previous}>>\nstartxref\n${xref}\n%%EOF\n`,
    ),
  );
  deepEqual(pdf.resolve(refTo(4)), { kind: "string", bytes: latin1Bytes("new") });
  equal(pdf.resolve(refTo(5)), null);
  equal(pdf.object(5), null);
});

Deno.test("what stands in a stream is decoded, also through a PNG predictor and an indirect length", () => {
  const rows = Uint8Array.of(1, 10, 1, 1, 2, 1, 1, 1, 3, 2, 2, 2, 4, 1, 0, 0);
  const packed = latin1(new Uint8Array(deflateSync(rows)));
  const parms = "/Filter[/FlateDecode]/DecodeParms[<</Predictor 15/Columns 3>>]";
  const pdf = open(handmadePdf({
    objects: { 4: `<<${parms}/Length 5 0 R>>\nstream\r\n${packed}\nendstream`, 5: String(packed.length) },
  }));
  deepEqual(pdf.streamBytes(refTo(4)), Uint8Array.of(10, 11, 12, 11, 12, 13, 7, 11, 14, 8, 11, 14));
  equal(pdf.streamBytes(refTo(1)), null);
  equal(pdf.streamBytes(undefined), null);
});

Deno.test("an object longer than the first window is read whole", () => {
  const pdf = open(
    handmadePdf({ objects: { 4: `[${"/Name ".repeat(20_000)}]`, 5: `(${"x".repeat(4080)})` } }),
  );
  equal(pdf.array(refTo(4))?.length, 20_000);
  for (let pad = 4040; pad < 4100; pad++) {
    const value = open(handmadePdf({ objects: { 4: `${" ".repeat(pad)}12345678` } })).resolve(refTo(4));
    equal(value, 12345678);
  }
  const longKeys = open(handmadePdf({ objects: { 4: `<</A 1${" ".repeat(4072)}/AB 2>>` } }));
  deepEqual(longKeys.dict(refTo(4)), new Map([["A", 1], ["AB", 2]]));
});

Deno.test("what leads nowhere or in circles is named", () => {
  const at = (text: string, from: string, to: string) => latin1Bytes(text.replace(from, to));
  const good = latin1(handmadePdf());
  refuses(at(good, "%PDF", "%PDX"), "not_pdf");
  refuses(at(good, "%%EOF", "%%EOX"), "truncated");
  refuses(at(good, "/Root 1 0 R", "/Root 2 0 R"), "bad_xref");
  refuses(at(good, "/Root 1 0 R", "/Raat 1 0 R"), "malformed");
  refuses(at(good, "/Root 1 0 R", "/Root 1 0 R/Prev 99999"), "bad_xref");
  refuses(at(good, "/Root 1 0 R", "/Root 1 0 R/Encrypt 2 0 R"), "encrypted");
  refuses(at(good, "/Root 1 0 R", `/Root 1 0 R/Prev ${good.lastIndexOf("xref\n0 1")}`), "malformed");
  refuses(at(good, "xref\n0 1\n", "xref\n0 9\n"), "bad_xref");
  refuses(at(good, "xref\n0 1\n", "xref\n9000000 1\n"), "malformed");
  const circle = open(handmadePdf({ objects: { 4: "5 0 R", 5: "4 0 R" } }));
  throws(() => circle.resolve(refTo(4)), { code: "malformed" });
});

Deno.test("objects that overlap a million times are given up", () => {
  const nested = Array.from({ length: 3000 }, (_, i) => `${i + 4} 0 obj [`).join(" ");
  const body = `${nested} (${"x".repeat(400_000)}) ${"] endobj ".repeat(3000)}`;
  const head = latin1(handmadePdf()).split("xref\n")[0]!;
  const entries = [...(head + body).matchAll(/(\d+) 0 obj/g)];
  const lines = entries.map((match) => `${match[1]} 1\n${String(match.index).padStart(10, "0")} 00000 n \n`);
  const xref = head.length + body.length;
  const pdf = open(latin1Bytes(
    `${head}${body}xref\n${lines.join("")}trailer<</Size 4000/Root 1 0 R>>\nstartxref\n${xref}\n%%EOF\n`,
  ));
  throws(() => {
    for (const number of pdf.numbers()) {
      try {
        pdf.object(number);
      } catch (error) {
        if (!String((error as Error).message).includes("nested too deep")) throw error;
      }
    }
  }, { code: "malformed", message: /overlap/ });
});

/** A source that counts what is read of it. */
function counting(
  bytes: Uint8Array<ArrayBuffer>,
): ByteSource & { read: ByteSource["read"]; total: () => number } {
  const inner = memorySource(bytes);
  let total = 0;
  return {
    size: inner.size,
    read(offset, length) {
      const part = inner.read(offset, length);
      total += part.length;
      return part;
    },
    close: () => inner.close(),
    total: () => total,
  };
}

Deno.test("little of a large file is read", () => {
  const ballast = streamBody("x".repeat(8_000_000));
  const source = counting(handmadePdf({ objects: { 4: ballast } }));
  equal([...pagesOf(openPdf(source))].length, 1);
  ok(source.total() < 100_000, `${source.total()} bytes were read`);
});

const fixtures = pdfPolicies().map(({ file }) => pdfFixture(file)).filter((bytes) => bytes.length < 90_000);

/** Goes through all that a file holds; any fault must be a named one. */
async function readsOrRefuses(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  await checkUpload(memorySource(bytes), { maxPdfBytes: 1e8, maxPages: 5000 });
  try {
    const pdf = open(bytes);
    for (const number of pdf.numbers()) {
      try {
        pdf.streamBytes(refTo(number));
      } catch (error) {
        if (!(error instanceof UnreadableError)) throw error;
      }
    }
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
  }
}

Deno.test("a file cut anywhere is read or refused, never a crash", async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...fixtures), fc.nat(), async (bytes, cut) => {
      await readsOrRefuses(bytes.slice(0, cut % (bytes.length + 1)));
    }),
    { numRuns: 500 },
  );
});

Deno.test("a file with bytes changed is read or refused, never a crash", async () => {
  const change = fc.tuple(fc.nat(), fc.nat(255));
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...fixtures),
      fc.array(change, { minLength: 1, maxLength: 20 }),
      async (bytes, changes) => {
        const changed = bytes.slice();
        for (const [at, value] of changes) if (changed.length > 0) changed[at % changed.length] = value;
        await readsOrRefuses(changed);
      },
    ),
    { numRuns: 1000 },
  );
});

Deno.test("a file with digits changed is read or refused, never a crash", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...fixtures),
      fc.array(fc.tuple(fc.nat(), fc.nat(9)), { minLength: 1, maxLength: 10 }),
      async (bytes, changes) => {
        const text = latin1(bytes);
        const digits = [...text.matchAll(/\d/g)].map((match) => match.index);
        const changed = bytes.slice();
        for (const [at, digit] of changes) {
          const place = digits[at % Math.max(1, digits.length)];
          if (place !== undefined) changed[place] = 0x30 + digit;
        }
        await readsOrRefuses(changed);
      },
    ),
    { numRuns: 1000 },
  );
});
