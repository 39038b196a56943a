import { doesNotMatch, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { csvRecord } from "../../lib/exports/csv.ts";

/** Reads records as RFC 4180 §2 writes them. */
function readCsv(text: string): string[][] {
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  const records: string[][] = [];
  for (let record: string[] = []; cell.lastIndex < text.length;) {
    const [, quoted, plain = "", end] = cell.exec(text) ?? [];
    if (end === undefined) throw new SyntaxError("no CSV");
    record.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === ",") continue;
    records.push(record);
    record = [];
  }
  return records;
}

Deno.test("cells with commas, quotes and line ends stand within quotes", () => {
  equal(csvRecord(["a", 'b "c"', "d,e", "f\ng", ""]), 'a,"b ""c""","d,e","f\ng",\r\n');
});

Deno.test("no cell is a formula, in half or full width, whatever blanks stand before it", () => {
  for (
    const cell of [
      "=1+1",
      "+81 3",
      "-1",
      "@SUM(A1)",
      "＝1",
      "＋1",
      "－1",
      "−1",
      "＠a",
      " =1",
      "　=1",
      "\t=1",
      "\r\n=1",
    ]
  ) {
    equal(readCsv(csvRecord([cell]))[0]?.[0], `'${cell}`, cell);
  }
  equal(csvRecord(["1200000", "R8-000123", "2026-12-01"]), "1200000,R8-000123,2026-12-01\r\n");
});

Deno.test("what is written is read back, but for the apostrophe that makes it text", () => {
  fc.assert(fc.property(fc.array(fc.array(fc.string(), { minLength: 1 }), { minLength: 1 }), (table) => {
    const read = readCsv(table.map((record) => csvRecord(record)).join(""));
    equal(read.length, table.length);
    table.forEach((record, row) =>
      record.forEach((cell, column) => {
        const found = read[row]?.[column] ?? "";
        equal(found === cell || found === `'${cell}`, true);
        doesNotMatch(found, /^\s*[=+\-@]/);
      })
    );
  }));
});
