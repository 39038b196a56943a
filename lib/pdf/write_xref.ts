/**
 * Cross-reference sections as they are appended (ISO 32000-2 §7.5.4, §7.5.8).
 *
 * @module
 */
import { joinBytes } from "./byte_source.ts";
import { latin1Bytes } from "./characters.ts";
import { nameOf, type PdfDict, type PdfValue } from "./values.ts";
import { writeValue } from "./write_value.ts";

/** Where an object was written, counted from the file's beginning. */
export type PlacedObject = { readonly number: number; readonly generation: number; readonly offset: number };

/** Widths of a row: kind, offset (up to 2^40), generation. */
const WIDTHS = [1, 5, 2];
const ROW = 8;

/** The table, `trailer` and `startxref`. `offset` is where the table will begin. */
export function writeXrefTable(
  placed: readonly PlacedObject[],
  offset: number,
  trailer: PdfDict,
): Uint8Array<ArrayBuffer> {
  const sections = runsOf(placed).map((run) => {
    const entries = run.map((each) => `${digits(each.offset, 10)} ${digits(each.generation, 5)} n\r\n`);
    return `${run[0]?.number} ${run.length}\n${entries.join("")}`;
  });
  return latin1Bytes(`xref\n${sections.join("")}trailer\n${writeValue(trailer)}\n${ending(offset)}`);
}

/** The stream, which is the last of `placed`, and `startxref`. `offset` is where the stream will begin. */
export function writeXrefStream(
  placed: readonly PlacedObject[],
  offset: number,
  trailer: PdfDict,
): Uint8Array<ArrayBuffer> {
  const runs = runsOf(placed);
  const rows = new Uint8Array(placed.length * ROW);
  const view = new DataView(rows.buffer);
  runs.flat().forEach((each, row) => {
    view.setUint8(row * ROW, 1);
    view.setUint8(row * ROW + 1, Math.floor(each.offset / 2 ** 32));
    view.setUint32(row * ROW + 2, each.offset % 2 ** 32);
    view.setUint16(row * ROW + 6, each.generation);
  });
  const index = runs.flatMap((run) => [run[0]!.number, run.length]);
  const entries: [string, PdfValue][] = [
    ["Type", nameOf("XRef")],
    ["W", WIDTHS],
    ["Index", index],
    ["Length", rows.length],
    ...trailer,
  ];
  const own = placed.at(-1)?.number;
  return joinBytes([
    latin1Bytes(`${own} 0 obj\n${writeValue(new Map(entries))}\nstream\n`),
    rows,
    latin1Bytes(`\nendstream\nendobj\n${ending(offset)}`),
  ]);
}

/** Objects in order of their numbers, those with numbers next to each other together. */
function runsOf(placed: readonly PlacedObject[]): PlacedObject[][] {
  const runs: PlacedObject[][] = [];
  for (const each of placed.toSorted((a, b) => a.number - b.number)) {
    const run = runs.at(-1);
    if (run && run.at(-1)?.number === each.number - 1) run.push(each);
    else runs.push([each]);
  }
  return runs;
}

function digits(value: number, width: number): string {
  return String(value).padStart(width, "0");
}

function ending(offset: number): string {
  return `startxref\n${offset}\n%%EOF\n`;
}
