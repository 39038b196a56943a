/**
 * Compares values of two revisions of one file.
 *
 * @module
 */
import { isDict, type PdfValue } from "./values.ts";

/** Whether two values are the same; the order of a dictionary's entries does not matter. References are not followed. */
export function sameValue(a: PdfValue | undefined, b: PdfValue | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length &&
      a.every((item, index) => sameValue(item, b[index]));
  }
  if (isDict(a) || isDict(b)) {
    return isDict(a) && isDict(b) && a.size === b.size &&
      [...a].every(([key, item]) => b.has(key) && sameValue(item, b.get(key)));
  }
  switch (a.kind) {
    case "name":
      return b.kind === "name" && a.name === b.name;
    case "string":
      return b.kind === "string" && sameBytes(a.bytes, b.bytes);
    case "ref":
      return b.kind === "ref" && a.number === b.number && a.generation === b.generation;
    case "token":
      return b.kind === "token" && a.text === b.text;
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** Names of the entries in which two dictionaries differ. */
export function differingKeys(a: ReadonlyMap<string, PdfValue>, b: ReadonlyMap<string, PdfValue>): string[] {
  return [...new Set([...a.keys(), ...b.keys()])].filter((key) => !sameValue(a.get(key), b.get(key)));
}
