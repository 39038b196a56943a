/**
 * Reads one indirect object in place (ISO 32000-2 §7.3.10), through a window that grows with the object.
 *
 * @module
 */
import { UnreadableError } from "../domain/unreadable.ts";
import type { ByteSource } from "../ports.ts";
import type { Budget } from "./budget.ts";
import { Lexer } from "./lexer.ts";
import { isToken, type PdfValue } from "./values.ts";

/** The most that an object may take without its stream's data, in bytes (8 MiB). */
const MAX_OBJECT = 8 << 20;

const FIRST_WINDOW = 4096;
const WINDOW_GROWTH = 8;
/** An `endobj` or `stream` with its line end, and some white space before. */
const AFTER_VALUE = 32;

/** An object as it stands in the file. */
export type ReadObject = {
  readonly number: number;
  readonly generation: number;
  /** The value; of a stream, its dictionary. */
  readonly value: PdfValue;
  /** Where a stream's raw data begins; null for what is no stream. */
  readonly dataAt: number | null;
  /** What its values cost to read. */
  readonly cost: number;
};

/** Reads `n g obj … endobj|stream` at `offset`. Throws `bad_xref` when none begins or ends there, or `malformed`. */
export function readObjectAt(source: ByteSource, offset: number, budget: Budget): ReadObject {
  return widening(source, offset, budget, (lexer, whole) => {
    const { number, generation } = header(lexer, offset);
    const value = valueBefore(lexer);
    lexer.skipSpace();
    if (!whole && lexer.position + AFTER_VALUE > lexer.bytes.length) return null;
    const dataAt = closing(lexer, number);
    const { cost } = lexer;
    return { number, generation, value, dataAt: dataAt === null ? null : offset + dataAt, cost };
  });
}

/** Reads the value at `offset`, such as a trailer dictionary. */
export function readValueAt(source: ByteSource, offset: number, budget: Budget): PdfValue {
  return widening(source, offset, budget, (lexer) => {
    const value = lexer.value();
    return { value };
  }).value;
}

/**
 * Calls `read` on wider and wider windows until it gives something. A fault met in a window that does not reach
 * the end may come from the cut, so it counts only when the window can't grow.
 */
function widening<T>(
  source: ByteSource,
  offset: number,
  budget: Budget,
  read: (lexer: Lexer, whole: boolean) => T | null,
): T {
  for (let width = FIRST_WINDOW;; width *= WINDOW_GROWTH) {
    const lexer = new Lexer(source.read(offset, Math.min(width, MAX_OBJECT)));
    const whole = offset + lexer.bytes.length >= source.size;
    const last = whole || width >= MAX_OBJECT;
    try {
      const result = read(lexer, last);
      if (result !== null) return result;
    } catch (error) {
      if (last || !(error instanceof UnreadableError) || error.code !== "malformed") throw error;
    } finally {
      budget.spend(lexer.position, lexer.cost);
    }
  }
}

function header(lexer: Lexer, offset: number): { number: number; generation: number } {
  const words = [lexer.word(), lexer.word(), lexer.word()];
  const [number, generation, keyword] = words;
  if (!/^\d{1,10} \d{1,5} obj$/.test(words.join(" "))) {
    // "obj" may be followed by a regular character: `1 0 obj42`.
    if (!keyword?.startsWith("obj") || !/^\d{1,10} \d{1,5}$/.test(`${number} ${generation}`)) {
      throw new UnreadableError("bad_xref", "Cannot read PDF object: none begins where one should", {
        where: `offset ${offset}`,
      });
    }
    lexer.position -= keyword.length - 3;
  }
  return { number: Number(number), generation: Number(generation) };
}

const END = "endobj";

/** The value, which may be missing (then it is null), or a number that touches its `endobj`: `17endobj`. */
function valueBefore(lexer: Lexer): PdfValue {
  const value = lexer.value();
  if (!isToken(value) || !value.text.endsWith(END)) return value;
  const text = value.text.slice(0, -END.length);
  if (!/^([+-]?(\d+(\.\d*)?|\.\d+))?$/.test(text)) return value;
  lexer.position -= END.length;
  return text === "" ? null : Number(text);
}

/** Where stream data begins in the window, or null after `endobj`. */
function closing(lexer: Lexer, number: number): number | null {
  const keyword = lexer.word();
  if (keyword.startsWith(END)) return null;
  if (keyword !== "stream") {
    throw new UnreadableError("bad_xref", "Cannot read PDF object: it does not end", {
      where: `object ${number}`,
    });
  }
  // ISO 32000-2 §7.3.8.1: CR LF or LF follows; a lone CR is met in old files.
  let at = lexer.position;
  if (lexer.bytes[at] === 13) at++;
  if (lexer.bytes[at] === 10) at++;
  return at;
}
