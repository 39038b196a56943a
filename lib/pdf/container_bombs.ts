/**
 * Whether a damaged file hides a bomb where a rewriting would set it off: that inflates every object stream and
 * reads every object in it, and believes what cross-references promise, without bounds.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { UnreadableError } from "../domain/unreadable.ts";
import { Budget } from "./budget.ts";
import { inflate } from "./inflate.ts";
import { Lexer } from "./lexer.ts";
import { ObjectStream } from "./object_stream.ts";
import { UnexpectedEnd } from "./unexpected_end.ts";
import { isDict, isRef, nameText, naturalNumber, type PdfDict, type PdfValue } from "./values.ts";

/** What all of them together may inflate to, in bytes: the rewriting holds it several times. */
const MAX_INFLATED = 32 << 20;
/** What an entry that a cross-reference promises counts as, in bytes: whether there or not, it is made room for. */
const ENTRY_BYTES = 64;
/** Widest field of an entry, in bytes. */
const MAX_WIDTH = 8;

const LESS = 0x3c;

/** Looks at everything in the file that may be an object. */
export function holdsContainerBomb(bytes: Uint8Array<ArrayBuffer>): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const check = new ContainerCheck(bytes.length);
  try {
    for (let at = buffer.indexOf("obj"); at >= 0; at = buffer.indexOf("obj", at + 3)) {
      check.look(bytes, at + 3);
    }
    return false;
  } catch (error) {
    if (error instanceof UnreadableError) return true;
    throw error;
  }
}

/** The dictionary of an object or cross-reference stream that begins here, with the lexer after `stream`. */
function containerDict(lexer: Lexer): PdfDict | null {
  lexer.skipSpace();
  if (lexer.bytes[lexer.position] !== LESS || lexer.bytes[lexer.position + 1] !== LESS) return null;
  try {
    const value = lexer.value();
    if (!isDict(value)) return null;
    const type = value.get("Type");
    const mayBeOne = isRef(type) || ["ObjStm", "XRef"].includes(nameText(type) ?? "");
    return mayBeOne && lexer.word() === "stream" ? value : null;
  } catch (error) {
    // At the end of the file it is no container; elsewhere, others may read one where we do not.
    if (error instanceof UnexpectedEnd) return null;
    throw error;
  }
}

/** Goes through containers as the rewriting would, within bounds. Throws `UnreadableError` beyond them. */
class ContainerCheck {
  readonly #budget: Budget;
  #room = MAX_INFLATED;

  constructor(size: number) {
    this.#budget = new Budget(size);
  }

  /** Looks at what may be an object that begins at `at`. */
  look(bytes: Uint8Array<ArrayBuffer>, at: number): void {
    const lexer = new Lexer(bytes.subarray(at), 0, { lastCounts: true });
    const dict = containerDict(lexer);
    this.#budget.spend(lexer.position);
    if (!dict) return;
    if (isRef(dict.get("Type"))) throw unusual("what it is for stands elsewhere");
    const data = this.#dataOf(dict, bytes.subarray(at + lexer.position));
    if (nameText(dict.get("Type")) === "XRef") this.#countEntries(dict);
    else new ObjectStream(dict, data, this.#budget).readAll();
  }

  #dataOf(dict: PdfDict, after: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    const start = (after[0] === 13 ? 1 : 0) + (after[after[0] === 13 ? 1 : 0] === 10 ? 1 : 0);
    const filter = dict.get("Filter");
    const filters = Array.isArray(filter) ? filter : filter === undefined ? [] : [filter];
    if (filters.length === 0) return after.subarray(start);
    if (filters.length > 1 || nameText(filters[0]) !== "FlateDecode") throw unusual("its filter is another");
    const data = inflate(after.subarray(start), this.#room);
    this.#room -= data.length;
    return data;
  }

  /** Accounts for the entries that a cross-reference promises, whether it holds them or not. */
  #countEntries(dict: PdfDict): void {
    const widths = naturals(dict.get("W"));
    if (widths.some((width) => width > MAX_WIDTH)) throw unusual("its fields are too wide");
    const promised = naturals(dict.get("Index") ?? [0, dict.get("Size") ?? 0]);
    for (let place = 1; place < promised.length; place += 2) {
      this.#budget.spend(promised[place]! * ENTRY_BYTES);
    }
  }
}

function naturals(value: PdfValue | undefined): number[] {
  return (Array.isArray(value) ? value : [null]).map((each) => {
    const number = naturalNumber(each);
    if (number === undefined) throw unusual("a number is none");
    return number;
  });
}

function unusual(how: string): UnreadableError {
  return new UnreadableError("bomb", `Cannot mend PDF: a container of objects is unusual, ${how}`);
}
