import { ok } from "node:assert/strict";
import fc from "fast-check";
import { zipSync } from "fflate";
import { readConsent } from "../../lib/forms/read_consent.ts";

const read = (content: Uint8Array<ArrayBuffer>) =>
  readConsent({ files: [{ filename: "form", content }], text: "" });
const bytesOf = (text: string) => new TextEncoder().encode(text);

for (const name of ["A1_goods_2conf.docx", "X4_works_houganshi.xlsx", "P_S1_rksj_nonembedded.pdf"]) {
  Deno.test(`damaged bytes never throw: ${name}`, async () => {
    const good = await Deno.readFile(new URL(`../fixtures/forms/${name}`, import.meta.url));
    const change = fc.tuple(fc.nat(good.length - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { minLength: 1, maxLength: 30 }),
        fc.nat(good.length),
        async (changes, end) => {
          const bad = good.slice(0, changes.length % 2 === 0 ? end : good.length);
          for (const [at, value] of changes) if (at < bad.length) bad[at] = value;
          ok(typeof (await read(bad)).read === "boolean");
        },
      ),
      { numRuns: 25 },
    );
  });
}

Deno.test("XML of any kind never throws and a document type is refused", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({
        unit: fc.constantFrom("<", ">", "/", "w:p", "w:t", "w:tbl", "w:tc", " ", '"', "&", "!", "確認者"),
      }),
      async (xml) => {
        ok(
          typeof (await read(new Uint8Array(zipSync({ "word/document.xml": bytesOf(xml) })))).read ===
            "boolean",
        );
      },
    ),
    { numRuns: 100 },
  );
  const reading = await read(
    new Uint8Array(zipSync({ "word/document.xml": bytesOf('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>') })),
  );
  ok(!reading.read && reading.why === "damaged");
});

Deno.test("a zip that unfolds to too much, or nests too deep, is damaged", async () => {
  const bomb = new Uint8Array(zipSync({ "word/document.xml": new Uint8Array(40 * 1024 * 1024) }));
  const deep = new Uint8Array(zipSync({ "word/document.xml": bytesOf("<a>".repeat(100_000)) }));
  for (const content of [bomb, deep]) {
    const reading = await read(content);
    ok(!reading.read && reading.why === "damaged");
  }
});
