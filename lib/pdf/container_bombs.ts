/**
 * Whether a damaged file hides a bomb where a rewriting would set it off: that inflates every object stream,
 * without bounds.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { UnreadableError } from "../domain/unreadable.ts";
import { Budget } from "./budget.ts";
import { Lexer } from "./lexer.ts";
import { isDict, isRef, nameText, naturalNumber, type PdfDict } from "./values.ts";

/** How far a dictionary before a stream is read. */
const WINDOW = 1 << 16;

/** Looks at everything in the file that may be an object. */
export function holdsContainerBomb(bytes: Uint8Array<ArrayBuffer>): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const budget = new Budget(bytes.length);
  try {
    for (let at = buffer.indexOf("obj"); at >= 0; at = buffer.indexOf("obj", at + 3)) {
      const lexer = new Lexer(bytes.subarray(at + 3, at + 3 + WINDOW));
      const dict = containerDict(lexer);
      budget.spend(lexer.position);
      if (dict) inflateContainer(dict, bytes.subarray(at + 3 + lexer.position), budget);
    }
    return false;
  } catch (error) {
    if (error instanceof UnreadableError) return true;
    throw error;
  }
}

/** The dictionary of an object or cross-reference stream that begins here, with the lexer after `stream`. */
function containerDict(lexer: Lexer): PdfDict | null {
  try {
    const value = lexer.value();
    if (!isDict(value)) return null;
    const type = value.get("Type");
    const mayBeOne = isRef(type) || ["ObjStm", "XRef"].includes(nameText(type) ?? "");
    return mayBeOne && lexer.word() === "stream" ? value : null;
  } catch (error) {
    if (error instanceof UnreadableError) return null;
    throw error;
  }
}

/** What an entry that a cross-reference promises counts as, in bytes: whether there or not, it is made room for. */
const ENTRY_BYTES = 64;

/** Accounts for the entries that a cross-reference stream promises. Throws `malformed` when they are too many. */
function countEntries(dict: PdfDict, budget: Budget): void {
  const promised = dict.get("Index") ?? [0, dict.get("Size") ?? 0];
  const numbers = Array.isArray(promised) ? promised.map(naturalNumber) : [undefined];
  for (const [place, number] of numbers.entries()) {
    if (number === undefined) throw new UnreadableError("malformed", "Cannot mend PDF: an /Index is wrong");
    if (place % 2 === 1) budget.spend(number * ENTRY_BYTES);
  }
}

function inflateContainer(dict: PdfDict, after: Uint8Array<ArrayBuffer>, budget: Budget): void {
  if (isRef(dict.get("Type"))) {
    throw new UnreadableError("bomb", "Cannot mend PDF: what a stream is for stands elsewhere");
  }
  if (nameText(dict.get("Type")) === "XRef") countEntries(dict, budget);
  const filter = dict.get("Filter");
  const filters = Array.isArray(filter) ? filter : filter === undefined ? [] : [filter];
  if (filters.length === 0) return;
  if (filters.length > 1 || nameText(filters[0]) !== "FlateDecode") {
    throw new UnreadableError("bomb", "Cannot mend PDF: an object stream is wrapped in an unusual way");
  }
  const start = (after[0] === 13 ? 1 : 0) + (after[after[0] === 13 ? 1 : 0] === 10 ? 1 : 0);
  try {
    budget.inflate(after.subarray(start));
  } catch (error) {
    if (!(error instanceof UnreadableError) || error.code !== "malformed") throw error;
  }
}
