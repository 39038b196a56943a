/**
 * Cross-reference tables (ISO 32000-2 §7.5.4).
 *
 * @module
 */
import { UnreadableError } from "../domain/unreadable.ts";
import type { ByteSource } from "../ports.ts";
import type { Budget } from "./budget.ts";
import { ByteCursor } from "./byte_cursor.ts";
import { readValueAt } from "./read_object.ts";
import { isDict, type PdfDict } from "./values.ts";
import type { XrefIndex } from "./xref_index.ts";
import { PLAIN_ROW, readPlainRows } from "./xref_rows.ts";

/** The shortest entry that is met: 20 bytes by the standard, 19 with a lone line feed, 18 without a space. */
const MIN_ENTRY = 18;

/** What a section says of itself; its entries are in the index. */
export type ReadSection = {
  readonly trailer: PdfDict;
  readonly runs: readonly (readonly [first: number, count: number])[];
};

/** A table whose free entries wait, since a hybrid file's hidden objects are free in its table (§7.5.8.4). */
export type ReadTable = ReadSection & { readonly settleFree: () => void };

/** Reads the table at `offset`. Throws `bad_xref`. */
export function readXrefTable(
  source: ByteSource,
  offset: number,
  index: XrefIndex,
  budget: Budget,
): ReadTable {
  const cursor = new ByteCursor(source, offset);
  if (cursor.word() !== "xref") throw badTable(offset);
  const runs: [number, number][] = [];
  const free: number[] = [];
  for (;;) {
    cursor.skipSpace();
    const first = cursor.natural();
    if (first < 0) break;
    const count = cursor.natural();
    if (count < 0 || count * MIN_ENTRY > source.size) throw badTable(cursor.position);
    index.expect(first, count);
    runs.push([first, count]);
    cursor.skipSpace();
    let number = first;
    const plain = readPlainRows(source, cursor.position, count, (place, generation, inUse) => {
      placeEntry(number++, place, generation, inUse, index, free);
    });
    cursor.next(plain * PLAIN_ROW);
    while (number < first + count) readEntry(cursor, number++, index, free);
  }
  budget.spend(cursor.position - offset);
  if (cursor.word() !== "trailer") throw badTable(cursor.position);
  const trailer = readValueAt(source, cursor.position, budget);
  if (!isDict(trailer)) throw badTable(cursor.position);
  return { trailer, runs, settleFree: () => free.forEach((number) => index.free(number)) };
}

function readEntry(cursor: ByteCursor, number: number, index: XrefIndex, free: number[]): void {
  const place = cursor.natural();
  const generation = cursor.natural();
  cursor.skipSpace();
  const mark = cursor.peek();
  cursor.next();
  if (place < 0 || generation < 0) throw badTable(cursor.position);
  if (mark !== 0x66 && mark !== 0x6e) throw badTable(cursor.position);
  placeEntry(number, place, generation, mark === 0x6e, index, free);
}

/** Offset 0 is the header's: such an entry is free, whatever it says. */
function placeEntry(
  number: number,
  place: number,
  generation: number,
  inUse: boolean,
  index: XrefIndex,
  free: number[],
): void {
  if (inUse && place > 0) index.inFile(number, place, generation);
  else free.push(number);
}

function badTable(offset: number): UnreadableError {
  return new UnreadableError("bad_xref", "Cannot read cross-reference table: it is damaged", {
    where: `offset ${offset}`,
  });
}
