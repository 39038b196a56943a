/**
 * Header fields of a message, as text: unfolded, with bytes that should not be there read as Japanese.
 *
 * @module
 */
import { bytesOfBinary, decodeText } from "./charsets.ts";

/** One header line as the parser gives it: the name in lower case; the line whole, one byte a character. */
export type HeaderLine = { readonly key: string; readonly line: string };

/** The values of each field, in order; encoded words (RFC 2047) are left as they are. */
export type Fields = ReadonlyMap<string, readonly string[]>;

/** The fields of header lines. */
export function fieldsOf(lines: readonly HeaderLine[]): Fields {
  const fields = new Map<string, string[]>();
  for (const { key, line } of lines) {
    const value = decodeText(bytesOfBinary(line.slice(line.indexOf(":") + 1)), null)
      .replace(/\r?\n(?=[ \t])/g, "").trim();
    add(fields, key, value);
  }
  return fields;
}

/** A field may come thousands of times, so its values are not copied for each. */
function add(fields: Map<string, string[]>, key: string, value: string): void {
  const values = fields.get(key);
  if (values === undefined) fields.set(key, [value]);
  else values.push(value);
}

/** The values of a field as one text in lower case; empty when it is absent. */
export function fieldText(fields: Fields, key: string): string {
  return (fields.get(key) ?? []).join(" ").toLowerCase();
}

/** Whether a line holds bytes that need repair: eight-bit ones, or ISO-2022-JP written without encoding. */
export function isRaw(line: string): boolean {
  // deno-lint-ignore no-control-regex
  return /[\x1b\x80-\xff]/.test(line);
}

/** The fields at the beginning of a text that is a message or only its header. */
export function headerOf(text: string): Fields {
  const block = text.replace(/^\s+/, "").split(/\r?\n\r?\n/, 1)[0] ?? "";
  const lines = block.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/);
  const fields = new Map<string, string[]>();
  for (const line of lines) {
    const found = /^([!-9;-~]+)[ \t]*:(.*)$/.exec(line); // RFC 5322 §3.6.8
    if (found === null) continue;
    add(fields, found[1]!.toLowerCase(), found[2]!.trim());
  }
  return fields;
}

/** Message identifiers in a text, without angle brackets, in order, without repeats. */
export function messageIds(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(/<([^<>\s]{1,900})>/g), (found) => found[1]!))];
}
