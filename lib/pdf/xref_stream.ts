/**
 * Cross-reference streams (ISO 32000-2 §7.5.8).
 *
 * @module
 */
import { UnreadableError } from "../domain/unreadable.ts";
import type { ByteSource } from "../ports.ts";
import type { Budget } from "./budget.ts";
import { readObjectAt } from "./read_object.ts";
import { streamData } from "./stream_data.ts";
import { isDict, isRef, nameText, naturalNumber, type PdfDict, type PdfValue } from "./values.ts";
import type { XrefIndex } from "./xref_index.ts";
import type { ReadSection } from "./xref_table.ts";

type Widths = readonly [number, number, number];

/** Reads the stream at `offset`. Throws `bad_xref`, `malformed` or `bomb`. */
export function readXrefStream(
  source: ByteSource,
  offset: number,
  index: XrefIndex,
  budget: Budget,
): ReadSection {
  const { value: dict, dataAt } = readObjectAt(source, offset, budget);
  if (dataAt === null || !isDict(dict) || nameText(dict.get("Type")) !== "XRef") {
    throw new UnreadableError("bad_xref", "Cannot read cross-reference: none begins where one should", {
      where: `offset ${offset}`,
    });
  }
  const widths = widthsOf(dict);
  const runs: [number, number][] = [];
  const data = rowsOf(source, dict, dataAt, budget);
  const rowLength = widths[0] + widths[1] + widths[2];
  let rows = Math.floor(data.length / rowLength);
  let at = 0;
  for (const [first, count] of runsOf(dict)) {
    // Fewer rows than promised are met in old files; what is missing is unknown.
    const present = Math.min(count, rows);
    rows -= present;
    index.expect(first, present);
    runs.push([first, present]);
    for (let i = 0; i < present; i++, at += rowLength) enter(index, first + i, data, at, widths);
  }
  return { trailer: dict, runs };
}

/** §7.5.8.2: all values are direct, for without this stream nothing could be found. */
function rowsOf(source: ByteSource, dict: PdfDict, dataAt: number, budget: Budget): Uint8Array {
  try {
    return streamData(source, dict, dataAt, (value) => isRef(value) ? null : value ?? null, budget);
  } catch (cause) {
    if (!(cause instanceof UnreadableError) || cause.code !== "malformed") throw cause;
    throw new UnreadableError("bad_xref", "Cannot read cross-reference stream: its data is damaged", {
      cause,
    });
  }
}

function enter(index: XrefIndex, number: number, data: Uint8Array, at: number, widths: Widths): void {
  const [kindWidth, secondWidth, thirdWidth] = widths;
  const kind = kindWidth === 0 ? 1 : field(data, at, kindWidth);
  const second = field(data, at + kindWidth, secondWidth);
  const third = field(data, at + kindWidth + secondWidth, thirdWidth);
  if (kind === 0) index.free(number);
  else if (kind === 1) index.inFile(number, second, third);
  else if (kind === 2) index.inStream(number, second, third);
}

function field(data: Uint8Array, at: number, width: number): number {
  let value = 0;
  for (let i = 0; i < width; i++) value = value * 256 + data[at + i]!;
  return value;
}

function widthsOf(dict: PdfDict): Widths {
  const widths = numbersOf(dict.get("W"));
  const [kind, second, third] = widths;
  if (kind === undefined || second === undefined || third === undefined || second === 0) {
    throw damaged("/W");
  }
  if (widths.some((width) => width > 8)) throw damaged("/W");
  return [kind, second, third];
}

function runsOf(dict: PdfDict): [number, number][] {
  const size = naturalNumber(dict.get("Size"));
  if (size === undefined) throw damaged("/Size");
  const flat = dict.has("Index") ? numbersOf(dict.get("Index")) : [0, size];
  const runs: [number, number][] = [];
  for (let i = 0; i + 1 < flat.length; i += 2) runs.push([flat[i]!, flat[i + 1]!]);
  return runs;
}

function numbersOf(value: PdfValue | undefined): number[] {
  if (!Array.isArray(value)) throw damaged("an array");
  return value.map((item) => {
    const number = naturalNumber(item);
    if (number === undefined) throw damaged("a number");
    return number;
  });
}

function damaged(what: string): UnreadableError {
  return new UnreadableError("bad_xref", `Cannot read cross-reference stream: ${what} is wrong`);
}
