/**
 * The values of which a PDF is made (ISO 32000-2 §7.3). Numbers, booleans and null are JavaScript's own,
 * arrays are arrays and dictionaries are maps; what has no counterpart carries a `kind`.
 *
 * @module
 */

/** A name such as `/Type`, decoded: `#41` has become `A`. Each character stands for one byte. */
export type PdfName = { readonly kind: "name"; readonly name: string };
/** A string, literal or hexadecimal, as the bytes it stands for. */
export type PdfString = { readonly kind: "string"; readonly bytes: Uint8Array<ArrayBuffer> };
/** A reference to an indirect object. */
export type PdfRef = { readonly kind: "ref"; readonly number: number; readonly generation: number };
/** A token that is no value of the standard, kept as it stands so that rewriting a dictionary loses nothing. */
export type PdfToken = { readonly kind: "token"; readonly text: string };
/** A dictionary; keys are decoded names. */
export type PdfDict = Map<string, PdfValue>;
/** Any value. */
export type PdfValue =
  | null
  | boolean
  | number
  | PdfName
  | PdfString
  | PdfRef
  | PdfToken
  | PdfValue[]
  | PdfDict;

/** The name `/text`. */
export function nameOf(text: string): PdfName {
  return { kind: "name", name: text };
}

/** A reference to object `number`. */
export function refTo(number: number, generation = 0): PdfRef {
  return { kind: "ref", number, generation };
}

/** A string of these bytes. */
export function stringOf(bytes: Uint8Array<ArrayBuffer>): PdfString {
  return { kind: "string", bytes };
}

/** A dictionary of these entries, in this order. */
export function dictOf(entries: Readonly<Record<string, PdfValue>>): PdfDict {
  return new Map(Object.entries(entries));
}

/** Whether the value is a dictionary. */
export function isDict(value: PdfValue | undefined): value is PdfDict {
  return value instanceof Map;
}

/** Whether the value is a reference. */
export function isRef(value: PdfValue | undefined): value is PdfRef {
  return kindOf(value) === "ref";
}

/** Whether the value is a string. */
export function isString(value: PdfValue | undefined): value is PdfString {
  return kindOf(value) === "string";
}

/** Whether the value is a token that the standard does not know. */
export function isToken(value: PdfValue | undefined): value is PdfToken {
  return kindOf(value) === "token";
}

/** The text of a name, or undefined when the value is none. */
export function nameText(value: PdfValue | undefined): string | undefined {
  return kindOf(value) === "name" ? (value as PdfName).name : undefined;
}

/** A whole number ≥ 0, or undefined when the value is none. */
export function naturalNumber(value: PdfValue | undefined): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

function kindOf(value: PdfValue | undefined): string | undefined {
  return typeof value === "object" && value !== null && "kind" in value ? value.kind : undefined;
}
