/**
 * Text in ISO-2022-JP-3 and ISO-2022-JP-2004, which `TextDecoder` does not know: JIS X 0213 beside the older sets.
 *
 * @module
 */
import { JISX0213_ROWS } from "./jisx0213_cells.ts";

/** Escapes to JIS X 0213 (ISO-IR 228, 229, 233): plane 1 of 2000 and of 2004, and plane 2. */
// deno-lint-ignore no-control-regex
const TO_0213 = /\x1b\$\([OPQ]/;

/** Escapes to any set, with what follows each. */
// deno-lint-ignore no-control-regex
const SEGMENT = /\x1b(\$\([A-Z]|\$[@B]|\([BJI])([^\x1b]*)/g;

/** Whether a text, one byte a character, goes over to JIS X 0213. */
export function usesJisX0213(ascii: string): boolean {
  return TO_0213.test(ascii);
}

/** The text of it; `older` decodes what is in the older sets, and gives U+FFFD for what is not. */
export function decodeJisX0213(ascii: string, older: (ascii: string) => string): string {
  const beginning = ascii.slice(0, ascii.indexOf("\x1b"));
  let text = beginning;
  for (const [segment, designated = "", content = ""] of ascii.matchAll(SEGMENT)) {
    const set = /^\$\(([OPQ])$/.exec(designated)?.[1];
    text += set === undefined ? older(`${segment}\x1b(B`) : charactersOf(set === "P" ? 2 : 1, content, older);
  }
  return text;
}

function charactersOf(plane: 1 | 2, content: string, older: (ascii: string) => string): string {
  let text = "";
  for (let at = 0; at < content.length;) {
    const [row, cell] = [content.charCodeAt(at) - 0x20, content.charCodeAt(at + 1) - 0x20];
    if (row < 1) { // Line ends stay where they are.
      text += content[at++];
      continue;
    }
    text += characterOf(plane, row, cell) ??
      (plane === 1 ? older(`\x1b$B${content.slice(at, at + 2)}\x1b(B`) : "\ufffd");
    at += 2;
  }
  return text;
}

const rows = new Map<string, readonly string[]>();

function characterOf(plane: 1 | 2, row: number, cell: number): string | null {
  const name = `${plane}:${row}`;
  let characters = rows.get(name);
  if (characters === undefined) {
    characters = [...JISX0213_ROWS.get(name) ?? ""];
    rows.set(name, characters);
  }
  const found = characters[cell - 1];
  return found === undefined || found === " " ? null : found;
}
