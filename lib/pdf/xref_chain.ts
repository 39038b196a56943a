/**
 * All cross-reference sections of a file, from the newest back to the first (ISO 32000-2 §7.5.6, §7.5.8.4).
 *
 * @module
 */
import { UnreadableError } from "../domain/unreadable.ts";
import type { ByteSource } from "../ports.ts";
import type { Budget } from "./budget.ts";
import { ByteCursor } from "./byte_cursor.ts";
import { naturalNumber, type PdfDict } from "./values.ts";
import { XrefIndex } from "./xref_index.ts";
import { readXrefStream } from "./xref_stream.ts";
import { type ReadSection, readXrefTable } from "./xref_table.ts";

/** One cross-reference section: what one revision changed. */
export type XrefSection = {
  /** Where it begins. */
  readonly offset: number;
  readonly kind: "table" | "stream";
  /** Its trailer dictionary. */
  readonly trailer: PdfDict;
  /** Runs of object numbers that it lists, those of a hybrid table's stream included: the first and how many. */
  readonly runs: readonly (readonly [first: number, count: number])[];
};

/** Every update adds a section; real files have some dozens. */
const MAX_SECTIONS = 2000;

/** Reads the chain that begins at `startxref`. Throws `bad_xref`, `malformed` or `bomb`. */
export function readXrefChain(
  source: ByteSource,
  startxref: number,
  budget: Budget,
): { readonly sections: readonly XrefSection[]; readonly index: XrefIndex } {
  const index = new XrefIndex();
  const sections: XrefSection[] = [];
  const seen = new Set<number>();
  let offset: number | null = startxref;
  while (offset !== null) {
    if (offset >= source.size) {
      throw new UnreadableError("bad_xref", "Cannot read PDF: /Prev is beyond its end");
    }
    if (seen.has(offset) || seen.size > MAX_SECTIONS) {
      throw new UnreadableError("malformed", "Cannot read PDF: its cross-reference runs in a circle");
    }
    seen.add(offset);
    const section: XrefSection = readSection(source, offset, index, budget);
    sections.push(section);
    offset = previousOf(section.trailer);
  }
  return { sections, index };
}

function readSection(source: ByteSource, offset: number, index: XrefIndex, budget: Budget): XrefSection {
  const cursor = new ByteCursor(source, offset);
  cursor.skipSpace();
  if (cursor.peek() !== 0x78) {
    return { offset, kind: "stream", ...readXrefStream(source, offset, index, budget) };
  }
  const { settleFree, ...table } = readXrefTable(source, offset, index, budget);
  const hidden = hiddenSection(source, table, index, budget);
  settleFree();
  return { offset, kind: "table", trailer: table.trailer, runs: [...table.runs, ...hidden] };
}

/** The entries of a hybrid file that old readers do not see. */
function hiddenSection(
  source: ByteSource,
  table: ReadSection,
  index: XrefIndex,
  budget: Budget,
): ReadSection["runs"] {
  const at = naturalNumber(table.trailer.get("XRefStm"));
  return at === undefined ? [] : readXrefStream(source, at, index, budget).runs;
}

function previousOf(trailer: PdfDict): number | null {
  const previous = trailer.get("Prev");
  if (previous === undefined || previous === null) return null;
  const offset = naturalNumber(previous);
  if (offset === undefined) throw new UnreadableError("bad_xref", "Cannot read PDF: /Prev is no offset");
  // No section can stand where the header does: other readers take 0 for none as well.
  return offset === 0 ? null : offset;
}
