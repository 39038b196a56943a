import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { memorySource } from "../../lib/pdf/byte_source.ts";
import { latin1Bytes } from "../../lib/pdf/characters.ts";
import { openPdf } from "../../lib/pdf/pdf_file.ts";
import { readPlainRows } from "../../lib/pdf/xref_rows.ts";
import { XrefIndex } from "../../lib/pdf/xref_index.ts";
import { readXrefTable } from "../../lib/pdf/xref_table.ts";
import { Budget } from "../../lib/pdf/budget.ts";
import { manyPages } from "../../bench/sealing_input.ts";

const digits = (value: number, width: number) => String(value).padStart(width, "0");

/** The rows that are taken of a text, as `[place, generation, inUse]`. */
function rowsOf(text: string, count: number): [number, number, boolean][] {
  const rows: [number, number, boolean][] = [];
  const source = memorySource(latin1Bytes(text));
  equal(readPlainRows(source, 0, count, (...row) => rows.push(row)), rows.length);
  return rows;
}

Deno.test("rows of 20 bytes are taken, up to the first that is none", () => {
  const good = "0000000017 00000 n\r\n0000000081 00007 n \n0000000003 65535 f \r";
  deepEqual(rowsOf(good, 3), [[17, 0, true], [81, 7, true], [3, 65535, false]]);
  deepEqual(rowsOf(good, 2), [[17, 0, true], [81, 7, true]]);
  deepEqual(rowsOf(good, 9).length, 3);
  for (
    const bad of [
      "0000000017 00000 x\r\n",
      "000000001  00000 n\r\n",
      "0000000017 0000  n\r\n",
      "0000000017 00000 n\n0",
    ]
  ) {
    deepEqual(rowsOf(`0000000001 00000 n\r\n${bad}`, 2), [[1, 0, true]]);
  }
});

Deno.test("a table says the same in rows of any form", () => {
  const entry = fc.tuple(
    fc.nat(9_999_999),
    fc.nat(65535),
    fc.constantFrom("n", "f"),
    fc.constantFrom("\r\n", " \n", "\n", " \r\n", "\n\n\n"),
  );
  fc.assert(fc.property(fc.array(entry, { minLength: 1, maxLength: 9 }), (entries) => {
    const read = (rows: string[]) => {
      const index = new XrefIndex();
      const text = `xref\n0 ${rows.length}\n${rows.join("")}trailer\n<</Size 9>>\n${" ".repeat(200)}`;
      const table = readXrefTable(memorySource(latin1Bytes(text)), 0, index, new Budget(text.length));
      table.settleFree();
      return rows.map((_, number) => index.get(number));
    };
    const mixed = entries.map(([place, generation, mark, end]) =>
      `${digits(place, 10)} ${digits(generation, 5)} ${mark}${end}`
    );
    const words = entries.map(([place, generation, mark]) => `${place}  ${generation} ${mark}\n`);
    deepEqual(read(mixed), read(words));
  }));
});

Deno.test("a table longer than what is read at once is read whole", () => {
  const pdf = openPdf(memorySource(manyPages(4000)));
  equal([...pdf.numbers()].length, 8002);
  equal(pdf.object(8002)?.dataAt !== null, true);
});
